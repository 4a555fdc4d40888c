import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TestSystem } from '../support/system.ts';

const RIGHT = { product: 'premium', recipientId: 'bob', subject: 'Hello', body: 'Talk?' };
const TEXT = JSON.stringify(RIGHT);

async function withCareer(): Promise<TestSystem> {
  const system = new TestSystem('2024-03-01T12:00:00Z');
  await system.subscribe('ada', 'premium-career');
  return system;
}

const send = (system: TestSystem, body: unknown, headers: Record<string, string> = {}) =>
  system.call('send-inmail', { as: 'ada', headers: { 'idempotency-key': 'k', ...headers }, body });

const bytes = (text: string) => new TextEncoder().encode(text);
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('a body as such', () => {
  it.each<[string, unknown]>([
    ['as text', TEXT],
    ['as bytes', bytes(TEXT)],
    ['with spaces and line ends around it', `\r\n\t ${TEXT} \n`],
    ['with its letters escaped', TEXT.replace('Hello', '\\u0048\\u0065llo')],
    ['with brackets in its strings', JSON.stringify({ ...RIGHT, subject: `"${nested(40)}\\` })],
    ['of 16,384 bytes', TEXT.padEnd(16_384)],
  ])('a body %s is taken', async (_, body) => {
    expect((await send(await withCareer(), body)).status).toBe(201);
  });

  it.each<[string, unknown, number, string]>([
    ['of 16,385 bytes', TEXT.padEnd(16_385), 413, 'payload-too-large'],
    ['of 16,385 bytes, in base64', bytes(TEXT.padEnd(16_385)), 413, 'payload-too-large'],
    [
      'of 5,500 characters of three bytes',
      JSON.stringify({ ...RIGHT, body: '€'.repeat(5_500) }),
      413,
      'payload-too-large',
    ],
    ['that is empty', '', 400, 'malformed-json'],
    ['that is not there', undefined, 400, 'malformed-json'],
    ['of spaces', '  ', 400, 'malformed-json'],
    ['of half a document', TEXT.slice(0, -1), 400, 'malformed-json'],
    ['of two documents', `${TEXT}${TEXT}`, 400, 'malformed-json'],
    ['of two documents, a line each', `${TEXT}\n${TEXT}`, 400, 'malformed-json'],
    ['with a byte order mark', `\ufeff${TEXT}`, 400, 'malformed-json'],
    ['with a byte order mark, as bytes', bytes(`\ufeff${TEXT}`), 400, 'malformed-json'],
    ['with a comment', `${TEXT} // there`, 400, 'malformed-json'],
    ['with a comma at its end', TEXT.replace('}', ',}'), 400, 'malformed-json'],
    ['with single quotes', TEXT.replaceAll('"', "'"), 400, 'malformed-json'],
    ['with NaN', '{"product":NaN}', 400, 'malformed-json'],
    ['with a number that begins with 0', '{"product":01}', 400, 'malformed-json'],
    ['with an escape that JSON lacks', '{"product":"\\x41"}', 400, 'malformed-json'],
    ['with a line end in a string', TEXT.replace('Hello', 'Hel\nlo'), 400, 'malformed-json'],
    ['that is not UTF-8', Buffer.from([...bytes(TEXT).slice(0, -1), 0xff, 0x7d]), 400, 'malformed-json'],
    ['that ends within a character', bytes('"é').slice(0, -1), 400, 'malformed-json'],
    ['with a surrogate as bytes', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 400, 'malformed-json'],
    ['with half a character', TEXT.replace('Hello', '\ud83d'), 400, 'malformed-json'],
  ])('a body %s is refused', async (_, body, status, slug) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await send(await withCareer(), body, headers);
    expect([answer.status, answer.json.type, answer.json.status]).toEqual([status, `/problems/${slug}`, status]);
  });

  it.each<[string, unknown]>([
    ['in Latin-1', Buffer.from(TEXT.replace('Hello', 'Olé'), 'latin1')],
    ['in UTF-16', Buffer.from(TEXT, 'utf16le')],
    ['in UTF-16, the other way round', Buffer.from(TEXT, 'utf16le').swap16()],
    ['in UTF-16, with its byte order mark', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
    ['in UTF-32', Buffer.from([...TEXT].flatMap((character) => [character.charCodeAt(0), 0, 0, 0]))],
    ['in UTF-16, taken for text', Buffer.from(TEXT, 'utf16le').toString()],
    ['with a byte order mark', `\ufeff${TEXT}`],
  ])('a body that is not UTF-8 is refused for that reason: %s', async (_, body) => {
    const { status, json } = await send(await withCareer(), body);
    expect([status, json.type]).toEqual([400, '/problems/malformed-json']);
    expect(json.detail).toMatch(/^The body is not UTF-8\./);
  });

  it.each<[string, unknown]>([
    ['of half a document', TEXT.slice(0, -1)],
    ['that is empty', ''],
    ['with a NUL in the midst', TEXT.replace('Hello', 'Hel\0lo')],
    ['with a NUL at its end', `${TEXT}\0`],
  ])('a body in UTF-8 is refused for another reason: %s', async (_, body) => {
    const { status, json } = await send(await withCareer(), body, { 'content-type': 'application/json' });
    expect([status, json.type, json.detail]).toEqual([400, '/problems/malformed-json', undefined]);
  });

  it.each(['e30', 'e30=x', 'e3 0=', 'e30=\n', '====', '{}'])('a body is refused as the base64 %j', async (body) => {
    const { handler } = await import('../../functions/send-inmail.ts');
    await withCareer();
    const claims = { sub: 'ada', token_use: 'access' };
    const event = {
      headers: { 'content-type': 'application/json' },
      requestContext: { authorizer: { jwt: { claims } } },
      body,
      isBase64Encoded: true,
    };
    const { CONTEXT } = await import('../support/context.ts');
    const answer = await handler(event as never, CONTEXT);
    expect([answer.statusCode, JSON.parse(answer.body ?? '').type]).toEqual([400, '/problems/malformed-json']);
  });
});

describe('a content type', () => {
  it.each([
    'application/json',
    'Application/JSON',
    'application/json; charset=utf-8',
    'application/json ;charset="utf-8"',
  ])('a content type may be %j', async (type) => {
    expect((await send(await withCareer(), TEXT, { 'content-type': type })).status).toBe(201);
  });

  it.each([
    '',
    'text/plain',
    'text/json',
    'application/jsonp',
    'application/vnd.api+json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json, text/plain',
    'text/plain, application/json',
  ])('a content type may not be %j', async (type) => {
    const { status, json } = await send(await withCareer(), TEXT, { 'content-type': type });
    expect([status, json.type]).toEqual([415, '/problems/unsupported-media-type']);
  });
});

describe('nesting', () => {
  const faultOf = async (body: string) => {
    const { status, json } = await send(await withCareer(), body);
    return [status, json.type, json.errors?.[0]?.detail];
  };
  const tooDeep = [400, '/problems/invalid-request', 'nested deeper than 16'];

  it.each<[string, string]>([
    ['17 lists', nested(17)],
    ['17 objects', `${'{"a":'.repeat(17)}1${'}'.repeat(17)}`],
    ['lists and objects by turns', `${'[{"a":'.repeat(9)}1${'}]'.repeat(9)}`],
    ['10 kB, 5,000 deep', nested(5_000)],
    ['10 kB that never close', '['.repeat(10_000)],
    ['10 kB behind a right beginning', `${TEXT.slice(0, -1)},"more":${nested(5_000)}}`],
  ])('a body of %s is too deep', async (_, body) => {
    expect(await faultOf(body)).toEqual(tooDeep);
  });

  it('a body nested 16 deep is left to the schema', async () => {
    expect(await faultOf(nested(16))).not.toEqual(tooDeep);
    expect(await faultOf(`{"more":${nested(15)}}`)).toContain('/problems/invalid-request');
  });

  it('a body that only a careless reader takes for a string ends as a fault as well', async () => {
    expect(await faultOf(`["\n${'['.repeat(10_000)}`)).toEqual([400, '/problems/malformed-json', undefined]);
  });
});

describe('keys', () => {
  it.each<[string, string, string, string]>([
    ['twice', `{"subject":"a",${TEXT.slice(1)}`, '/subject', 'given twice'],
    ['twice, once escaped', `{"\\u0073ubject":"a",${TEXT.slice(1)}`, '/subject', 'given twice'],
    ['twice within a field', '{"a":{"b":1,"c":[{"d/e":1,"d/e":1}]}}', '/a/c/0/d~1e', 'given twice'],
    ['__proto__', `{"__proto__":{"product":"premium"},${TEXT.slice(1)}`, '/__proto__', 'unknown field'],
    ['__proto__, escaped', `{"__pr\\u006fto__":1,${TEXT.slice(1)}`, '/__proto__', 'unknown field'],
    ['__proto__ within', '{"body":{"__proto__":1}}', '/body/__proto__', 'unknown field'],
    ['constructor', `{"constructor":{"prototype":{"a":1}},${TEXT.slice(1)}`, '/constructor', 'unknown field'],
    ['prototype', `{"prototype":{},${TEXT.slice(1)}`, '/prototype', 'unknown field'],
    ['toString', `{"toString":1,${TEXT.slice(1)}`, '/toString', 'unknown field'],
  ])('a key is refused: %s', async (_, body, pointer, detail) => {
    const system = await withCareer();
    const { status, json } = await send(system, body);
    expect([status, json.type]).toEqual([400, '/problems/invalid-request']);
    expect(json.errors).toContainEqual({ in: 'body', pointer, detail });
    expect(({} as Record<string, unknown>).product).toBeUndefined();
    expect(system.books.books().inmails).toEqual([]);
  });

  it('a key may be the same in two objects', async () => {
    const { json } = await send(await withCareer(), '{"a":{"x":1},"b":{"x":1},"c":[{"x":1},{"x":1}]}');
    expect(json.errors.map(({ detail }: { detail: string }) => detail)).not.toContain('given twice');
  });

  it('a thousand faulty keys get a response with a few faults, and long keys get a short pointer', async () => {
    const keys = Array.from({ length: 1_500 }, (_, index) => `"${index}":1`);
    const many = await send(await withCareer(), `{${keys}}`);
    expect([many.status, many.json.errors.length]).toEqual([400, 20]);
    const long = await send(await withCareer(), `{"${'k'.repeat(10_000)}":1}`);
    expect(long.json.errors).toContainEqual({ in: 'body', pointer: '', detail: 'unknown field' });
    expect(long.text.length).toBeLessThan(1_000);
  });
});

describe('values', () => {
  const WRONG = ['null', '-1', '0.5', '1e400', '-0', '1', 'true', '[]', '{}', '["premium"]', '{"length":3}'];
  const fields = Object.keys(RIGHT);
  it.each(fields.flatMap((field) => WRONG.map((value) => [field, value])))(
    'the value of %s stays %s and is not coerced',
    async (field, value) => {
      const { [field as keyof typeof RIGHT]: _, ...others } = RIGHT;
      const system = await withCareer();
      const { status, json } = await send(system, `${JSON.stringify(others).slice(0, -1)},"${field}":${value}}`);
      expect([status, json.errors]).toEqual([400, [expect.objectContaining({ in: 'body', pointer: `/${field}` })]]);
      expect(system.books.books().inmails).toEqual([]);
    },
  );

  it.each(['null', '[]', '"text"', '7', 'true', `[${TEXT}]`])('the value %s is no body', async (body) => {
    const { status, json } = await send(await withCareer(), body);
    expect([status, json.errors[0]]).toEqual([400, expect.objectContaining({ in: 'body', pointer: '' })]);
  });
});

it('every JSON text passes the guard, and the schema judges it', async () => {
  const system = await withCareer();
  const json = fc.json({ maxDepth: 5 }).filter((text) => !/__proto__|constructor/.test(text));
  await fc.assert(
    fc.asyncProperty(json, async (text) => {
      const { json } = await send(system, text);
      expect(json.type).toBe('/problems/invalid-request');
      expect(json.errors.map(({ detail }: { detail: string }) => detail)).not.toContain('given twice');
    }),
  );
});

it('every other text ends in a clean 400', async () => {
  const system = await withCareer();
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    ',',
    ':',
    '\\',
    'a',
    '"a"',
    '1',
    'null',
    '\n',
    '\\u0061',
    '\ufeff',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(pieces, { maxLength: 60 }), async (parts) => {
      expect((await send(system, parts.join(''))).status).toBe(400);
    }),
  );
});
