/** The kept definitions are those of the data stack, as its sources are now. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { synthesizeTables } from '../../infra/data-template.ts';
import { tableDefinitions } from '../../local/dynamodb/table-definitions.ts';

const folder = mkdtempSync(join(tmpdir(), 'inmail-credits-definitions-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the definitions of the tables', () => {
  it('the definitions are those of the data stack, made or kept', async () => {
    const made = await tableDefinitions(folder);
    expect(made).toEqual(synthesizeTables());
    const [file = '', ...others] = readdirSync(folder);
    expect(others).toEqual([]);
    expect(await tableDefinitions(folder)).toEqual(made);
    writeFileSync(join(folder, file), JSON.stringify({ ...made, ledger: made.inmails }));
    expect((await tableDefinitions(folder)).ledger).toEqual(made.inmails);
  });

  it.each(['', '{"subscriptions":'])('the definitions are made again if the kept text is %j', async (text) => {
    const made = await tableDefinitions(folder);
    const file = join(folder, readdirSync(folder)[0] ?? '');
    writeFileSync(file, text);
    expect(await tableDefinitions(folder)).toEqual(synthesizeTables());
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(synthesizeTables());
    expect(Object.keys(made)).toHaveLength(4);
  });

  it('the definitions are made if they cannot be kept', async () => {
    expect(await tableDefinitions('/proc/nothing/here')).toEqual(synthesizeTables());
  });

  it('the definitions are made of exactly the files that their fingerprint covers', async () => {
    const { metafile } = await build({
      ...{ entryPoints: ['infra/data-template.ts'], bundle: true, packages: 'external', platform: 'node' },
      ...{ format: 'esm', write: false, metafile: true, logLevel: 'silent' },
    });
    const files = Object.keys(metafile.inputs);
    expect(files).toContain('infra/tables.ts');
    expect(files.filter((file) => !/^(infra\/[^/]+\.ts|shared\/contract\/tables\.ts|cdk\.json)$/.test(file))).toEqual(
      [],
    );
  });
});
