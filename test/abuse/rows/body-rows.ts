/** Bodies that are no JSON, or another JSON than the route asks for. */
import type { EndpointName } from '../../../shared/contract/endpoints.ts';
import type { Row, Wants } from '../row.ts';
import { USUAL } from '../usual.ts';

const WITH_BODY = ['put-subscription', 'send-inmail', 'respond-to-inmail'] as const satisfies readonly EndpointName[];

const malformed: Wants = [400, 'malformed-json'];
const tooLarge: Wants = [413, 'payload-too-large'];
const wrongType: Wants = [415, 'unsupported-media-type'];
const invalid = (pointer: string): Wants => [400, 'invalid-request', pointer];
const wholly = invalid('');

const nested = (depth: number) => `{"x":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
const manyKeys = (count: number) => `{${Array.from({ length: count }, (_, n) => `"k${n}":0`).join()}}`;

/** `usual` is a right body, as text. */
const documents = (usual: string): readonly (readonly [shows: string, body: string | Buffer, wants: Wants])[] => [
  ['nothing', '', malformed],
  ['blanks', ' \n\t ', malformed],
  ['null', 'null', wholly],
  ['true', 'true', wholly],
  ['a number', '1', wholly],
  ['a text', '"text"', wholly],
  ['a list', `[${usual}]`, wholly],
  ['a byte order mark', `\ufeff${usual}`, malformed],
  ['two documents', `${usual}${usual}`, malformed],
  ['two documents on two lines', `${usual}\n${usual}`, malformed],
  ['half a document', usual.slice(0, -1), malformed],
  ['a comment', `/* */${usual}`, malformed],
  ['a comma at the end', usual.replace(/}$/, ',}'), malformed],
  ['single quotes', usual.replaceAll('"', "'"), malformed],
  ['a bare key', '{plan:1}', malformed],
  ['NaN', '{"x":NaN}', malformed],
  ['Infinity', '{"x":-Infinity}', malformed],
  ['a number in hex', '{"x":0x1}', malformed],
  ['a number with a zero ahead', '{"x":01}', malformed],
  ['a line end in a text', '{"x":"\n"}', malformed],
  ['an invalid escape', '{"x":"\\x41"}', malformed],
  ['a form', 'plan=premium-career', malformed],
  ['an unknown field', usual.replace(/}$/, ',"x":1}'), invalid('/x')],
  ['an unknown field of 1e400', usual.replace(/}$/, ',"x":1e400}'), invalid('/x')],
  ['an unknown field of -0', usual.replace(/}$/, ',"x":-0}'), invalid('/x')],
  ['__proto__', usual.replace(/}$/, ',"__proto__":{"plan":"x"}}'), invalid('/__proto__')],
  ['__proto__, escaped', usual.replace(/}$/, ',"__pr\\u006fto__":{}}'), invalid('/__proto__')],
  ['constructor', usual.replace(/}$/, ',"constructor":{"prototype":{}}}'), invalid('/constructor')],
  ['a key with a slash and a tilde', usual.replace(/}$/, ',"a/b~c":1}'), invalid('/a~1b~0c')],
  ['nesting 17 deep', nested(17), wholly],
  ['nesting 5,000 deep', nested(5_000), wholly],
  ['nesting 5,000 deep, never closed', '['.repeat(5_000), wholly],
  ['1,500 keys', manyKeys(1_500), [400, 'invalid-request']],
  ['10,000 keys', manyKeys(10_000), tooLarge],
  ['16 kB and a byte', usual.padEnd(16 * 1_024 + 1), tooLarge],
  ['a megabyte', Buffer.alloc(1_048_576, ' '), tooLarge],
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), malformed],
  ['an overlong slash', Buffer.from([0x22, 0xc0, 0xaf, 0x22]), malformed],
  ['half a character in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), malformed],
  ['Latin-1', Buffer.from(usual.replace('a', 'é'), 'latin1'), malformed],
  ['UTF-16 without a byte order mark', Buffer.from(usual, 'utf16le'), malformed],
  ['UTF-16', Buffer.from(`\ufeff${usual}`, 'utf16le'), malformed],
  ['base64', Buffer.from(Buffer.from(usual).toString('base64')), malformed],
  ['NUL at the end', `${usual}\0`, malformed],
];

const CONTENT_TYPES = [
  'text/plain',
  'text/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json5',
  'application/jsonp',
  'application/problem+json',
  'application/merge-patch+json',
  'application/json, text/plain',
  'json',
  '*/*',
  '',
];

/** Each value replaces a field's right value. The API never turns a text into a number, or a number into a text. */
const VALUES = ['null', '1', '-1', '0.5', '1e400', '-0', 'true', '[]', '{}', '["premium"]', '""', '" "'] as const;

function fieldsOf(route: EndpointName): Row[] {
  const right: Readonly<Record<string, unknown>> = USUAL[route]?.body ?? {};
  return Object.keys(right).flatMap((field) => {
    const spoilt = (value: string) =>
      `{${Object.entries(right).map(([name, own]) => `"${name}":${name === field ? value : JSON.stringify(own)}`)}}`;
    const missing = JSON.stringify(Object.fromEntries(Object.entries(right).filter(([name]) => name !== field)));
    const twice = `{"${field}":${JSON.stringify(right[field])},${JSON.stringify(right).slice(1)}`;
    return [
      ...VALUES.map((value) => [`${field} ${value}`, spoilt(value)]),
      [`${field} missing`, missing],
      [`${field} twice`, twice],
    ].map(([shows = '', body = '']): Row => ({ route, abuse: 'body', shows, body, wants: invalid(`/${field}`) }));
  });
}

function rowsOf(route: EndpointName): Row[] {
  const usual = JSON.stringify(USUAL[route].body);
  return [
    ...documents(usual).map(([shows, body, wants]): Row => ({ route, abuse: 'body', shows, body, wants })),
    ...CONTENT_TYPES.map((type): Row => {
      return { route, abuse: 'body', shows: `as ${type}`, headers: [['content-type', type]], wants: wrongType };
    }),
    ...fieldsOf(route),
  ];
}

/** Faults that only one route's values can have. */
const OWN: readonly Row[] = [
  {
    route: 'put-subscription',
    abuse: 'body',
    shows: 'a plan of another product',
    body: '{"plan":"premium-career"}',
    wants: invalid('/plan'),
  },
  {
    route: 'put-subscription',
    abuse: 'body',
    shows: 'an unknown plan',
    body: '{"plan":"toString"}',
    wants: invalid('/plan'),
  },
  {
    route: 'put-subscription',
    abuse: 'body',
    shows: 'a plan by an inherited name',
    body: '{"plan":"constructor"}',
    wants: invalid('/plan'),
  },
  {
    route: 'respond-to-inmail',
    abuse: 'body',
    shows: 'a type in capitals',
    body: '{"type":"ACCEPT"}',
    wants: invalid('/type'),
  },
  {
    route: 'respond-to-inmail',
    abuse: 'body',
    shows: 'a text with what has none',
    body: '{"type":"accept","text":"x"}',
    wants: invalid('/text'),
  },
  {
    route: 'respond-to-inmail',
    abuse: 'body',
    shows: 'a quick reply in own words',
    body: '{"type":"quick-reply","text":"no"}',
    wants: invalid('/text'),
  },
];

/** No InMail can go to these ids, because no member can sign in with one. */
const NO_MEMBERS = ['.', '..', '.'.repeat(128), '__proto__', 'a b', 'a/b', 'a#premium', 'a~b', 'é', 'x'.repeat(129)];

const RECIPIENTS = NO_MEMBERS.map((recipientId): Row => {
  const body = JSON.stringify({ ...USUAL['send-inmail'].body, recipientId });
  const shows = `to ${recipientId.slice(0, 40)}`;
  return { route: 'send-inmail', abuse: 'body', shows, body, wants: invalid('/recipientId') };
});

export const BODY_ROWS: readonly Row[] = [...WITH_BODY.flatMap(rowsOf), ...OWN, ...RECIPIENTS];
