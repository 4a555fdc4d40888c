/** Stack traces of a minified bundle, printed with the places of their sources. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundlesIn, openBundle, plainNameOf } from '../../tools/decode/bundle.ts';
import { decodeText } from '../../tools/decode/stack.ts';

const SOURCE = `import { refuseEverything } from '../shared/refuse.ts';
export const handler = (text: string): string => {
  return refuseEverything(text) + refuseEverything('again');
};
`;
const REFUSE = `export function refuseEverything(text: string): string {
  if (text.length > 1) throw new RangeError('refused', { cause: new Error('a cause') });
  return text;
}
`;

let folder: string;
let stack: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'decode-'));
  await bundle('asset.right', REFUSE);
  await bundle('asset.other', REFUSE.replace('text.length > 1', 'text.length > 1 && text.trim() !== ""'));
  stack = await stackOf('asset.right');
  const resource = (path: string, asset: string) => ({ Metadata: { 'aws:cdk:path': path, 'aws:asset:path': asset } });
  const Resources = {
    Send: resource('inmail-credits-dev-service/SendInmail/Resource', 'asset.right'),
    Get: resource('inmail-credits-dev-service/GetCredits/Resource', 'asset.other'),
    List: resource('inmail-credits-dev-service/ListDue/Resource', 'asset.none'),
  };
  writeFileSync(join(folder, 'service.template.json'), JSON.stringify({ Resources }));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Bundles as the service stack does. */
async function bundle(asset: string, refuse: string): Promise<void> {
  for (const [file, text] of [
    ['functions/fail.ts', SOURCE],
    ['shared/refuse.ts', refuse],
  ] as const) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  await build({
    entryPoints: [join(folder, 'functions/fail.ts')],
    outfile: join(folder, asset, 'index.js'),
    ...{
      bundle: true,
      minify: true,
      format: 'cjs',
      platform: 'node',
      target: 'node24',
      sourcemap: 'external',
      sourcesContent: false,
    },
  });
}

/** As Lambda tells it. */
async function stackOf(asset: string): Promise<string> {
  const { handler } = await import(pathToFileURL(join(folder, asset, 'index.js')).href);
  try {
    return handler('too long');
  } catch (error) {
    return String((error as Error).stack).replaceAll(/[^\s(]*\/asset\.right\//g, '/var/task/');
  }
}

const find = () => bundlesIn(folder);
const FRAMES = ['    at refuseEverything (shared/refuse.ts:2:30)', '(functions/fail.ts:3:10)'];

describe('a stack trace', () => {
  it('a minified stack is told with the files, lines and names of its sources', () => {
    expect(stack).toMatch(/^RangeError: refused\n {4}at \w \(\/var\/task\/index\.js:1:\d+\)\n/);
    const decoded = decodeText(stack, { functionName: 'send-inmail', find: find() });
    expect(decoded.split('\n').slice(0, 2)).toEqual(['RangeError: refused', FRAMES[0]]);
    expect(decoded.split('\n')[2]).toContain(FRAMES[1]);
    expect(decoded).not.toContain('/var/task/');
  });

  it('a log line names its function, and its causes are decoded as well', () => {
    const cause = { message: 'a cause', stack: stack.replace('RangeError: refused', 'Error: a cause') };
    const fields = { timestamp: '2026-11-27T19:00:00Z', level: 'ERROR', message: 'unexpected', requestId: 'r-1' };
    const entry = { ...fields, function_name: 'inmail-credits-dev-send-inmail', error: { stack, cause } };
    const lines = decodeText(`2026-11-27 log-stream ${JSON.stringify(entry)}\n`, { find: find() }).split('\n');
    expect(lines[0]).toBe('2026-11-27T19:00:00Z ERROR inmail-credits-dev-send-inmail unexpected r-1');
    expect(lines.filter((line) => line === FRAMES[0])).toHaveLength(2);
    expect(lines).toContain('Error: a cause');
  });

  it('a line of Lambda itself, with the stack as a list, is decoded', () => {
    const line = `2026-11-27\tid\tERROR\tInvoke Error\t${JSON.stringify({ errorType: 'RangeError', stack: stack.split('\n') })}`;
    expect(decodeText(line, { functionName: 'send-inmail', find: find() })).toContain(FRAMES[0]);
  });

  it('text without a stack stays as it is, and needs no bundle', () => {
    const text = 'START RequestId: 1\nat noon we rest\n{"level":"INFO","message":"access"}\n{ no json';
    expect(decodeText(text, { find: find() })).toBe('START RequestId: 1\nat noon we rest\nINFO access\n{ no json');
  });

  it('a stack of nobody asks for the name of its function', () => {
    expect(() => decodeText(stack, { find: find() })).toThrow('add --function NAME');
  });

  it('a stack of another build is refused', () => {
    expect(() => decodeText(stack, { functionName: 'get-credits', find: find() })).toThrow(
      /the stack is of another bundle than .*asset\.other: \d of \d places fit/,
    );
  });
});

describe('a bundle', () => {
  it.each([
    ['list-due', 'asset.none/index.js is missing'],
    ['renew-wallets', 'has no bundle of renew-wallets: check out the commit that is deployed'],
    ['send-mail', 'send-mail is no function of ours'],
  ])('the bundle of %s is missing, and the error says so', (name, message) => {
    expect(() => find()(name)).toThrow(message);
  });

  it('a folder without a source map is named', () => {
    const bare = join(folder, 'bare');
    mkdirSync(bare);
    writeFileSync(join(bare, 'index.js'), '');
    expect(() => openBundle(bare)).toThrow('index.js.map is missing');
  });

  it('an output that is not there is named', () => {
    expect(() => bundlesIn(join(folder, 'nowhere'))('send-inmail')).toThrow('nowhere has no bundle');
  });

  it.each(['send-inmail', 'inmail-credits-dev-send-inmail', 'inmail-credits-prod-send-inmail'])(
    'the function %s is send-inmail',
    (name) => {
      expect(plainNameOf(name)).toBe('send-inmail');
    },
  );
});
