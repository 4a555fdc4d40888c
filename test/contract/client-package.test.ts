/** The package of the client, packed and used as in a project of its own. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, TestSystem } from '../support/system.ts';

const run = promisify(execFile);
const NAME = '@inmail-credits/client';
const manifestOf = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** The first sample of the README. */
const SAMPLE = /```ts\n(.*?)```/s.exec(readFileSync('client/README.md', 'utf8'))?.[1] ?? '';

/** Gives the sample the response of the variable, and notes its request. */
const FETCH = `
globalThis.fetch = async (request) => {
  const headers = Object.fromEntries(request.headers);
  console.log(JSON.stringify({ call: request.method + ' ' + request.url, headers, body: await request.text() }));
  const { status, headers: answered, text } = JSON.parse(process.env.ANSWER);
  return new Response(text, { status, headers: answered });
};`;

const project = mkdtempSync(join(tmpdir(), 'inmail-credits-client-'));
const installed = join(project, 'node_modules', NAME);
const sample = join(project, 'sample.ts');

beforeAll(async () => {
  await run('npm', ['pack', '--silent', '--pack-destination', project], { cwd: 'client' });
  const [archive = ''] = readdirSync(project).filter((name) => name.endsWith('.tgz'));
  await run('tar', ['-xzf', archive], { cwd: project });
  cpSync(join(project, 'package'), installed, { recursive: true });
  // The dependency that npm would fetch.
  for (const name of ['openapi-fetch', 'openapi-typescript-helpers', '@types/node', 'undici-types']) {
    mkdirSync(join(project, 'node_modules', '@types'), { recursive: true });
    symlinkSync(resolve('node_modules', name), join(project, 'node_modules', name));
  }
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module', dependencies: { [NAME]: '*' } }));
  writeFileSync(sample, SAMPLE);
  writeFileSync(join(project, 'fetch.mjs'), FETCH);
});
afterAll(() => rmSync(project, { recursive: true }));

/** The output of the sample, if the system gives it this response. */
async function printed({ status, headers, text }: Answer) {
  const env = { ...process.env, NODE_OPTIONS: '', TOKEN: 'secret', ANSWER: JSON.stringify({ status, headers, text }) };
  const { stdout, stderr } = await run(process.execPath, ['--import', './fetch.mjs', sample], { cwd: project, env });
  const [asked = '', ...out] = stdout.trim().split('\n');
  return { asked: JSON.parse(asked), out, err: stderr.trim().split('\n') };
}

describe('the package of the client', () => {
  it('the package holds its code, types, README and license, and no source', () => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.|LICENSE/.test(name),
    );
    expect(files.sort()).toEqual(
      [
        'README.md',
        'package.json',
        ...['LICENSE', 'api.d.ts', 'api.js', 'client.d.ts', 'client.js'].map(inDist),
      ].sort(),
    );
  });

  it('the package has the version of the contract, and the dependency of its tests', () => {
    const [own, root] = [manifestOf(installed), manifestOf('.')];
    expect([own.version, own.license]).toEqual([root.version, root.license]);
    expect(own.dependencies).toEqual({ 'openapi-fetch': root.devDependencies['openapi-fetch'] });
    expect(readFileSync('client/README.md', 'utf8')).toContain(`inmail-credits-client-${own.version}.tgz`);
  });

  it.each([
    // This checks the declarations of the package as well, which takes longer.
    { module: 'nodenext', moduleResolution: 'nodenext', skipLibCheck: false },
    { module: 'preserve', moduleResolution: 'bundler', skipLibCheck: true },
  ])('the package types the sample of its README, and no other plan, under $moduleResolution', async (how) => {
    const more = { target: 'es2022', lib: ['es2022', 'dom'], strict: true, noEmit: true, types: ['node'] };
    writeFileSync(join(project, 'wrong.ts'), SAMPLE.replace("'premium'", "'gold'"));
    const config = join(project, `${how.moduleResolution}.json`);
    const files = ['sample.ts', 'wrong.ts'];
    writeFileSync(config, JSON.stringify({ compilerOptions: { ...how, ...more }, files }));
    const failure = await run(resolve('node_modules/.bin/tsc'), ['-p', config], { cwd: project }).catch(
      (error) => error,
    );
    expect(failure.stdout).toMatch(/^wrong\.ts\(\d+,\d+\): error TS2322: Type '"gold"' is not assignable [^\n]+\n$/);
  });

  it('the package sends the InMail of the sample, and tells a refusal from it', async () => {
    const system = new TestSystem('2026-11-27T12:00:00Z');
    await system.subscribe('ada', 'premium-career');
    const sent = await printed(await system.send('ada', 'bob'));
    expect(sent.asked).toMatchObject({
      call: 'POST https://credits.example.org/v1/inmails',
      headers: { authorization: 'Bearer secret', 'idempotency-key': expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    expect(JSON.parse(sent.asked.body)).toMatchObject({ product: 'premium', recipientId: 'bob' });
    expect(sent.out).toEqual(['Sent ada~bob~000001. Credits left: 4']);
    const refused = await printed(await system.send('ada', 'bob', { key: 'another' }));
    expect(refused.out).toEqual([]);
    expect(refused.err.join('\n')).toContain('(/problems/response-pending)');
  });

  it('the package goes into the bundle of a page, and stays small', async () => {
    const { outputFiles } = await build({
      ...{ entryPoints: [sample], bundle: true, minify: true, write: false, logLevel: 'silent' },
      ...{ platform: 'browser', format: 'esm', define: { 'process.env.TOKEN': '"secret"' } },
    });
    expect(outputFiles[0]?.contents.byteLength).toBeLessThan(10_000);
  });
});

function inDist(name: string): string {
  return join('dist', name);
}
