/** Paths, queries and keys. */
import { ENDPOINTS, type EndpointName } from '../../../shared/contract/endpoints.ts';
import { withPathOf, withQueryOf } from '../parts.ts';
import { ABSENT, type Row, type Wants } from '../row.ts';
import { USUAL } from '../usual.ts';

const invalid = (pointer: string): Wants => [400, 'invalid-request', pointer];

/** The value as a path encodes it. A value that does not decode at all has no pointer. */
const MEMBER_IDS = [
  '...',
  '%2E%2E',
  '%20',
  'a%23premium',
  'a%2F..%2Fb',
  '%00',
  'a%0A',
  '%C3%A9',
  'x'.repeat(129),
  'a~b',
  '%2A',
  '__proto__',
  '%5F_proto_%5F',
];
const PRODUCTS = ['gold', 'Premium', 'premium%20', '__proto__', 'constructor', '0', 'premium,recruiter'];

const desk = { as: 'desk', scopes: ['billing'] } as const;

function pathsOf(route: EndpointName, name: string, values: readonly string[]): Row[] {
  return values.map((value) => {
    const path = { ...USUAL[route].path, [name]: value };
    return { route, abuse: 'path', shows: `${name} ${value.slice(0, 40)}`, ...desk, path, wants: invalid(`/${name}`) };
  });
}

const WITH_MEMBER = withPathOf('memberId');
const WITH_PRODUCT = withPathOf('product');
const WITH_OTHER = withPathOf('otherId');
const WITH_INMAIL = withPathOf('inmailId');

/** There is no such InMail, whether the id is well made or not. */
const INMAIL_IDS = [
  'ada~bob',
  'ada~bob~1',
  'ada~bob~0000001',
  'ada~bob~000000',
  'ada~bob~999999',
  'ada~bob~00000١',
  'ADA~BOB~000001',
  '~~',
  '__proto__',
  'ada~bob~000001%00',
  'ada%2Fbob',
  '..%2Fplans',
  "'%20OR%201=1--",
].map(encodeURI);

const paths: readonly Row[] = [
  ...WITH_MEMBER.flatMap((route) => pathsOf(route, 'memberId', MEMBER_IDS)),
  ...WITH_PRODUCT.flatMap((route) => pathsOf(route, 'product', PRODUCTS)),
  ...WITH_OTHER.flatMap((route) => pathsOf(route, 'otherId', [...MEMBER_IDS, 'ada'])),
  ...WITH_INMAIL.flatMap((route): Row[] => [
    ...INMAIL_IDS.map((id): Row => {
      const inmailId = id.replaceAll('%25', '%');
      return { route, abuse: 'path', shows: `inmailId ${id}`, path: { inmailId }, wants: [404, 'not-found'] };
    }),
    {
      route,
      abuse: 'path',
      shows: 'inmailId of 265',
      path: { inmailId: 'x'.repeat(265) },
      wants: invalid('/inmailId'),
    },
  ]),
  ...[...WITH_MEMBER, ...WITH_INMAIL].flatMap((route): Row[] =>
    ['%zz', '%', '%ff', '%c0%af'].map((value) => {
      const path = Object.fromEntries(Object.keys(USUAL[route].path ?? {}).map((name) => [name, value]));
      return { route, abuse: 'path', shows: `undecodable ${value}`, ...desk, path, wants: [400, 'invalid-request'] };
    }),
  ),
];

const asked = (route: EndpointName, more: string) => [USUAL[route].query, more].filter(Boolean).join('&');

const queries: readonly Row[] = [
  ...ENDPOINTS.flatMap(({ name: route }) =>
    (
      [
        ['when=now', '/when'],
        ['_method=DELETE', '/_method'],
        ['__proto__=1', '/__proto__'],
        ['constructor=1', '/constructor'],
        ['limit[]=1', '/limit[]'],
        ['dryRun=true', '/dryRun'],
      ] as const
    ).map(([query, pointer]): Row => {
      return { route, abuse: 'query', shows: query, query: asked(route, query), wants: invalid(pointer) };
    }),
  ),
  ...['box=', 'box=Inbox', 'box=inbox&box=sent', 'box=all', ''].map((query): Row => {
    return {
      route: 'list-inmails',
      abuse: 'query',
      shows: `box of ${query}`,
      query: query || 'limit=1',
      wants: invalid('/box'),
    };
  }),
  ...['format=', 'format=xml', 'format=csv&format=csv', 'format=CSV'].map((query): Row => {
    return { route: 'list-ledger', abuse: 'query', shows: query, query, wants: invalid('/format') };
  }),
];

const LIMITS = [
  '0',
  '-1',
  '101',
  '10%3B',
  '1.5',
  '1e1',
  '0x10',
  '+10',
  '%2010',
  '',
  '%D9%A1',
  'NaN',
  '1,2',
  '01',
  '1&limit=2',
];
const limits: readonly Row[] = withQueryOf('limit').flatMap((route) =>
  LIMITS.map((value): Row => {
    return {
      route,
      abuse: 'limit',
      shows: `limit ${value}`,
      query: asked(route, `limit=${value}`),
      wants: invalid('/limit'),
    };
  }),
);

const INSTANTS = [
  '2026-02-30T00:00:00Z',
  '2026-02-28T24:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-02-28T00:00:60Z',
  '2026-02-28T00:00:00',
  '2026-02-28',
  '2026-02-28%2000:00:00Z',
  '0',
  '1700000000',
  '1700000000000',
  'now',
  '',
  '3000-01-01T00:00:00Z',
  '2999-12-31T23:59:59-12:00',
  '0000-01-01T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  '+012026-01-01T00:00:00Z',
  '2026-02-28T00:00:00%2B25:00',
  '2026-02-28T00:00:00%2B04',
  `2026-02-28T00:00:00.${'0'.repeat(30)}Z`,
  '2026-02-28T00:00:00Z&at=2026-02-28T00:00:00Z',
];
const instants: readonly Row[] = withQueryOf('at').flatMap((route) =>
  INSTANTS.map(
    (value): Row => ({ route, abuse: 'at', shows: `at ${value}`, query: `at=${value}`, wants: invalid('/at') }),
  ),
);

const unsealed: Wants = [400, 'invalid-cursor'];
const forgedPosition = Buffer.from(`${'x'.repeat(32)}{"fromSeq":1}`).toString('base64url');

const cursors: readonly Row[] = (['list-ledger', 'list-inmails'] as const).flatMap((route) => {
  const own = route === 'list-ledger' ? '{ada-premium}' : '{ada-sent}';
  const rows: readonly (readonly [shows: string, query: string, wants: Wants])[] = [
    ['empty', 'cursor=', invalid('/cursor')],
    ['with a sign outside base64url', 'cursor=a%2Bb', invalid('/cursor')],
    ['of 501', `cursor=${'x'.repeat(501)}`, invalid('/cursor')],
    ['given twice', `cursor=${own}&cursor=${own}`, invalid('/cursor')],
    ["of one's own making", `cursor=${forgedPosition}`, unsealed],
    ['a number', 'cursor=1', unsealed],
    ['one character longer', `cursor=${own}A`, unsealed],
    ['with one ahead', `cursor=A${own}`, unsealed],
    ['twice in a row', `cursor=${own}${own}`, unsealed],
    ['of the other list', `cursor=${route === 'list-ledger' ? '{ada-sent}' : '{ada-premium}'}`, unsealed],
    ["of eve's", `cursor=${route === 'list-ledger' ? '{eve-premium}' : '{eve-sent}'}`, unsealed],
    ['with its last character changed', `cursor=${own.replace('}', '-changed}')}`, unsealed],
    ['cut short', `cursor=${own.replace('}', '-cut}')}`, unsealed],
  ];
  return rows.map(([shows, query, wants]): Row => {
    return { route, abuse: 'cursor', shows: `a cursor ${shows}`, query: asked(route, query), wants };
  });
});

const elsewhere: readonly Row[] = [
  {
    route: 'list-inmails',
    abuse: 'cursor',
    shows: 'a cursor of the other box',
    query: 'box=inbox&cursor={ada-sent}',
    wants: unsealed,
  },
  {
    route: 'list-ledger',
    abuse: 'cursor',
    shows: 'a cursor of another wallet',
    path: { memberId: 'ada', product: 'sales-navigator' },
    query: 'cursor={ada-premium}',
    wants: unsealed,
  },
  {
    route: 'list-ledger',
    abuse: 'cursor',
    shows: "the member's, shown by support",
    as: 'sam',
    scopes: ['support'],
    query: 'cursor={ada-premium}',
    wants: unsealed,
  },
];

const noKey: Wants = [400, 'idempotency-key-invalid'];
const key = (shows: string, values: readonly string[], wants: Wants): Row => ({
  route: 'send-inmail',
  abuse: 'key',
  shows: `a key ${shows}`,
  headers: values.map((value) => ['idempotency-key', value]),
  wants,
});

const keys: readonly Row[] = [
  key('missing', [ABSENT], [400, 'idempotency-key-required']),
  key('empty', [''], [400, 'idempotency-key-required']),
  key('of blanks', ['  '], [400, 'idempotency-key-required']),
  key('of nothing in quotes', ['""'], noKey),
  key('of 256 characters', ['x'.repeat(256)], noKey),
  key('of 256 characters in quotes', [`"${'x'.repeat(256)}"`], noKey),
  key('in two headers', ['a', 'b'], noKey),
  key('in two headers, the same', ['a', 'a'], noKey),
  key('and another after a comma', ['"a", "b"'], noKey),
  key('with a blank', ['a b'], noKey),
  key('half in quotes', ['"a'], noKey),
  key('in single quotes', ["'a'"], noKey),
  key('with a parameter', ['"a";b=1'], noKey),
  key('with a quote in it', ['"a"b"'], noKey),
  key('with an escape that is none', ['"a\\b"'], noKey),
  key('with a letter that is not of ASCII', ['é'], noKey),
];

export const ASKING_ROWS: readonly Row[] = [
  ...paths,
  ...queries,
  ...limits,
  ...instants,
  ...cursors,
  ...elsewhere,
  ...keys,
];
