/** The report of renewals on DynamoDB: that of a state folder, and that which an environment names. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putSubscription } from '../../functions/put-subscription.ts';
import { accessKeyOf } from '../../local/dynamodb/access-key.ts';
import { localClient } from '../../local/dynamodb/dynamodb-local.ts';
import { createTables } from '../../local/dynamodb/tables.ts';
import { endpointIn, lockStateFolder } from '../../local/state-folder.ts';
import { type LocalSystem, startLocalSystem } from '../../local/system.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import { LocalClient } from '../local/local-client.ts';
import { JAN_31 } from '../support/books.ts';
import { killCommands, runCommand } from '../support/command.ts';
import { requestOf } from '../support/explore.ts';
import { HAS_JAVA, NEEDS_JAVA } from '../support/java.ts';

const report = (env: Record<string, string>, ...args: string[]) => runCommand('report/main', args, env).ended;

describe.skipIf(!HAS_JAVA)(`npm run report:renewals on DynamoDB Local ${NEEDS_JAVA}`, () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'inmail-credits-report-'));
  const inFolder = { DATA_DIR: dataDir, ENGINE: 'dynamodb' };
  let system: LocalSystem | undefined;
  beforeAll(async () => {
    system = await startLocalSystem({ engine: 'dynamodb', dataDir });
    await new LocalClient(system).subscribe('ada', 'premium', 'premium-career');
  });
  afterAll(async () => {
    killCommands();
    await system?.stop();
    rmSync(dataDir, { recursive: true });
  });

  it('the report with --stage reads the tables of that stage', async () => {
    const env = {
      ...{ AWS_ENDPOINT_URL_DYNAMODB: endpointIn(dataDir) ?? '', AWS_REGION: 'local', DATA_DIR: join(dataDir, 'none') },
      ...{ AWS_ACCESS_KEY_ID: accessKeyOf(dataDir), AWS_SECRET_ACCESS_KEY: 'local' },
    };
    const client = localClient({ endpoint: endpointIn(dataDir) ?? '', accessKeyId: accessKeyOf(dataDir) });
    const tables = await createTables(client, 'inmail-credits-dev-');
    const store = dynamoStore({ client, tables });
    await requestOf(putSubscription, { memberId: 'ada', product: 'premium', plan: 'premium-career' }, JAN_31)(store);
    client.destroy();
    const { code, out, err } = await report(env, '--stage', 'dev', '--json');
    expect([err, code, JSON.parse(out || '{}').wallets]).toEqual(['', 1, 1]);
    const missing = await report(env, '--stage', 'prod');
    expect(missing).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(
        /^report: AWS: ResourceNotFoundException: .+ \(is stage prod in this account and region\?\)\n$/,
      ),
    });
  });

  it('the report reads the tables of a folder beside the system, after it, and not while another process starts', async () => {
    const beside = await report(inFolder, '--json');
    await system?.stop();
    system = undefined;
    const after = await report(inFolder, '--json');
    for (const { code, out } of [beside, after]) expect([code, JSON.parse(out).wallets]).toEqual([0, 1]);
    const release = lockStateFolder(dataDir);
    const refused = await report(inFolder);
    release();
    expect(refused).toEqual({
      ...{ code: 2, out: '' },
      err: `report: another process is just starting, stopping or reading on ${dataDir}: try again\n`,
    });
  });
});
