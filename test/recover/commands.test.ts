/** The commands of docs/recovery.md as people run them: on a folder, beside a running system, and on queues of a stage. */
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import { startSqsServer } from '../../local/queues/sqs-server.ts';
import { type LocalSystem, startLocalSystem } from '../../local/system.ts';
import { domainEvent } from '../../shared/contract/events.ts';
import { countOf, queueUrlIn } from '../../tools/aws/queues.ts';
import { FAILURE_QUEUES } from '../../tools/redrive/failures.ts';
import { LocalClient } from '../local/local-client.ts';
import { killCommands, runCommand } from '../support/command.ts';

const scratch = mkdtempSync(join(tmpdir(), 'inmail-credits-recover-'));
afterAll(() => {
  killCommands();
  rmSync(scratch, { recursive: true });
});

const dataDir = join(scratch, 'books');
const restoredDir = join(scratch, 'restored');
/** Snapshots are of SQLite's one file, whatever engine the other tests run on. */
const run = (file: string, env: Record<string, string>, ...args: string[]) =>
  runCommand(file, args, { ENGINE: 'sqlite', ...env }).ended;

async function during<T>(
  folder: string,
  use: (client: LocalClient, system: LocalSystem, env: Record<string, string>) => Promise<T>,
) {
  const system = await startLocalSystem({ engine: 'sqlite', dataDir: folder });
  try {
    return await use(new LocalClient(system), system, { DATA_DIR: folder, PORT: new URL(system.baseUrl).port });
  } finally {
    await system.stop();
  }
}

describe('the books of a folder', () => {
  it('books are copied, damaged, restored, audited and used again, each by its command', async () => {
    const here = { DATA_DIR: dataDir };
    await during(dataDir, async (client, { client: tables, tables: names }) => {
      await client.subscribe('ada', 'premium', 'premium-career');
      expect((await client.send('ada', 'bob', 'premium', 'first')).status).toBe(201);
      expect(await run('snapshot', here)).toMatchObject({ code: 0, err: '' });
      expect((await client.send('ada', 'cyd', 'premium', 'second')).status).toBe(201);
      await tables.send(new DeleteCommand({ TableName: names.ledger, Key: { walletId: 'ada#premium', seq: 2 } }));
      const damaged = await run('audit/main', here);
      expect([damaged.code, damaged.err]).toEqual([1, '']);
      expect(damaged.out).toMatch(/\nviolations +\d+\n[\s\S]*\nI6 ada~bob~000001: paid 0 times/);
      const wallet = await run('audit/main', here, '--wallet', 'ada#premium');
      expect(wallet.code).toBe(1);
      expect(wallet.out).toMatch(/^ada#premium\nseq +at[\s\S]*\n3 +\S+ +sent .*ada~cyd~000001\n\nwallets +1\n/);
    });
    const to = new Date().toISOString();
    const asked = await run('restore/main', here, '--to', to, '--out', restoredDir);
    expect(asked).toMatchObject({ code: 0, out: expect.stringMatching(/Nothing was done. Add --yes to do it.\n$/) });
    expect(existsSync(restoredDir)).toBe(false);
    const restored = await run('restore/main', here, '--to', to, '--out', restoredDir, '--yes');
    expect(restored).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining(`DATA_DIR='${restoredDir}' npm start`),
    });
    expect(readdirSync(restoredDir).sort()).toEqual(['books.db', 'clock.json', 'issuer.json']);
    expect(await run('audit/main', { DATA_DIR: restoredDir })).toMatchObject({ code: 0, err: '' });
    await during(restoredDir, async (client) => {
      for (const key of ['first', 'second', 'first', 'second']) {
        expect((await client.send('ada', key === 'first' ? 'bob' : 'cyd', 'premium', key)).status).toBe(201);
      }
    });
    const clean = await run('audit/main', { DATA_DIR: restoredDir }, '--json');
    expect(JSON.parse(clean.out)).toEqual({ wallets: 1, entries: 3, inmails: 2, violations: [] });
  });

  it('a restore says why there is nothing to restore, and leaves a folder that holds anything', async () => {
    const here = { DATA_DIR: dataDir };
    const to = new Date().toISOString();
    const cases: [Record<string, string>, string[], RegExp][] = [
      [
        { DATA_DIR: join(scratch, 'none') },
        ['--to', to],
        /none is of .* or earlier, and there is none: npm run snapshot makes one/,
      ],
      [here, ['--to', '2001-01-01T00:00:00Z'], /is of 2001-01-01T00:00:00.000Z or earlier, and the first is of 20/],
      [
        here,
        ['--to', to, '--out', restoredDir, '--yes'],
        /restored holds something already: name another folder with --out/,
      ],
      [here, ['--to', to, '--stage', 'dev', '--out', restoredDir], /--out is for this machine/],
      [here, ['--to', '2026-11-27'], /--to wants an instant with a zone/],
    ];
    for (const [env, args, message] of cases) {
      expect(await run('restore/main', env, ...args)).toMatchObject({ code: 2, err: expect.stringMatching(message) });
    }
    expect(await run('snapshot', { DATA_DIR: join(scratch, 'none') })).toMatchObject({
      ...{ code: 2, out: '' },
      err: expect.stringMatching(/^snapshot: .*none holds no books of the engine sqlite/),
    });
  });

  it('the events of a folder are lines of JSON, the same at each call', async () => {
    const range = ['--from', '2000-01-01T00:00:00Z', '--to', '2900-01-01T00:00:00Z'];
    const first = await run('republish/main', { DATA_DIR: restoredDir }, ...range);
    expect([first.code, first.err]).toEqual([
      0,
      expect.stringMatching(/^3 events\n {2}InMailSent +2\n {2}SubscriptionStarted +1\n$/),
    ]);
    const events = first.out
      .trimEnd()
      .split('\n')
      .map((line) => domainEvent.parse(JSON.parse(line)));
    expect(events.map(({ eventId }) => eventId)).toEqual(['ada#premium#1', 'ada#premium#2', 'ada#premium#3']);
    expect((await run('republish/main', { DATA_DIR: restoredDir }, ...range)).out).toBe(first.out);
    const turned = ['--from', '2900-01-01T00:00:00Z', '--to', '2000-01-01T00:00:00Z'];
    expect(await run('republish/main', { DATA_DIR: restoredDir }, ...turned)).toMatchObject({
      err: expect.stringMatching(/^republish: --from is after --to: /),
    });
  });
});

describe('a system that runs on this machine', () => {
  it('a missed month is made up for by a command, and so is failed work', async () => {
    await during(join(scratch, 'running'), async (client, _, env) => {
      await client.subscribe('ada', 'premium', 'premium-career');
      await client.call('PUT', '/local/schedules/renew-wallets', { json: { enabled: false } });
      await client.move({ advance: 'P40D' });
      const { now } = (await client.call('GET', '/local/clock')).body;
      const sweep = ['--sweep', 'renew-wallets', '--scheduled-at', now, '--look-back-hours', '744'];
      const asked = await run('sweep/main', env, ...sweep);
      expect(asked).toMatchObject({ code: 0, out: expect.stringContaining('Nothing was done') });
      const done = await run('sweep/main', env, ...sweep, '--yes');
      expect(done).toMatchObject({ code: 0, err: '' });
      expect(done.out).toMatch(/"written":1\b[\s\S]*npm run report:renewals -- --month \d{4}-\d\d\n$/);
      const again = await run('sweep/main', env, ...sweep, '--yes');
      expect(again.out).toContain('"written":0');
      const failures = await run('redrive/main', env);
      expect(failures).toMatchObject({ code: 0, err: '' });
      expect(failures.out.replaceAll(/ +/g, ' ').split('\n')).toContain('renew-wallets-failures 0');
    });
  });

  it('a command that finds no system says where it looked', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    taken.close();
    const url = `http://127.0.0.1:${port}/local/queues`;
    expect(await run('redrive/main', { PORT: String(port) })).toEqual({
      ...{ code: 2, out: '' },
      err: `redrive: no local system answers at ${url} (ECONNREFUSED): npm start runs one, and PORT says where\n`,
    });
  });
});

describe('the queues of a stage', () => {
  it('failed work is shown, sent again after a yes, and a missed sweep is queued', async () => {
    const { endpoint, accessKeyId, stop } = await startSqsServer();
    const credentials = { accessKeyId, secretAccessKey: 'local' };
    const sqs = new SQSClient({ endpoint, region: 'us-east-1', credentials });
    const shell = {
      AWS_ENDPOINT_URL_SQS: endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: 'local',
    };
    for (const queue of FAILURE_QUEUES.flatMap((name) => [name, `${name}-failures`])) {
      await sqs.send(new CreateQueueCommand({ QueueName: `inmail-credits-dev-${queue}` }));
    }
    const depthOf = async (part: string) => countOf(sqs, await queueUrlIn(sqs, { name: 'dev' }, part));
    const QueueUrl = await queueUrlIn(sqs, { name: 'dev' }, 'listings-failures');
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"sweep":"renew-wallets"}' }));
    const shown = await run('redrive/main', shell, '--stage', 'dev');
    expect(shown).toMatchObject({ code: 0, err: '' });
    expect(shown.out).toMatch(
      /^listings-failures +1 {2}such as: \{"sweep":"renew-wallets"\}\nrenew-wallets-failures +0\n/,
    );
    expect(await depthOf('listings')).toBe(0);
    const sent = await run('redrive/main', shell, '--stage', 'dev', '--queue', 'listings', '--yes');
    expect(sent.out).toMatch(
      /\n1 messages wait in listings\. One that fails \d more times is back in listings-failures\n$/,
    );
    expect([await depthOf('listings'), await depthOf('listings-failures')]).toEqual([1, 0]);
    const sweep = ['--sweep', 'expire-inmails', '--scheduled-at', '2026-12-01T00:35:00Z', '--stage', 'dev', '--yes'];
    expect((await run('sweep/main', shell, ...sweep)).out).toMatch(/\n4 listings are in the queue\n$/);
    expect(await depthOf('listings')).toBe(5);
    const elsewhere = await run('redrive/main', shell, '--stage', 'prod');
    expect(elsewhere).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/^redrive: AWS: .* \(is stage prod in this account and region\?\)\n$/),
    });
    sqs.destroy();
    await stop();
  });
});
