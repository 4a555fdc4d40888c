/** Another member's things are not found. No body, query or header can say who calls. */
import type { EndpointName } from '../../../shared/contract/endpoints.ts';
import { PERSONAL } from '../parts.ts';
import type { Row } from '../row.ts';

const absent = [404, 'not-found'] as const;
const eve = { as: 'eve' } as const;

const others: readonly Row[] = [
  { route: 'list-credits', abuse: 'others', shows: "ada's credits", ...eve, wants: absent },
  {
    route: 'list-credits',
    abuse: 'others',
    shows: 'credits of an unknown member',
    ...eve,
    path: { memberId: 'nobody' },
    wants: absent,
  },
  { route: 'get-credits', abuse: 'others', shows: "ada's credits", ...eve, wants: absent },
  {
    route: 'get-credits',
    abuse: 'others',
    shows: 'credits of an unknown member',
    ...eve,
    path: { memberId: 'nobody' },
    wants: absent,
  },
  { route: 'get-credits', abuse: 'others', shows: "ada's, wrongly asked", ...eve, query: 'at=now&x=1', wants: absent },
  { route: 'list-ledger', abuse: 'others', shows: "ada's ledger", ...eve, wants: absent },
  {
    route: 'list-ledger',
    abuse: 'others',
    shows: "ada's, with her cursor",
    ...eve,
    query: 'cursor={ada-premium}',
    wants: absent,
  },
  { route: 'list-ledger', abuse: 'others', shows: "ada's, as CSV", ...eve, query: 'format=csv', wants: absent },
  { route: 'get-inmail', abuse: 'others', shows: "ada's InMail to bob", ...eve, wants: absent },
  {
    route: 'get-inmail',
    abuse: 'others',
    shows: 'of all scopes',
    as: 'eve',
    scopes: ['billing', 'support'],
    wants: absent,
  },
  { route: 'respond-to-inmail', abuse: 'others', shows: "ada's InMail to bob", ...eve, wants: absent },
  { route: 'respond-to-inmail', abuse: 'others', shows: "the sender's own", as: 'ada', wants: absent },
  { route: 'hide-inmail', abuse: 'others', shows: "ada's InMail to carol", ...eve, wants: absent },
  {
    route: 'list-inmails',
    abuse: 'others',
    shows: "ada's cursor",
    ...eve,
    query: 'box=sent&cursor={ada-sent}',
    wants: [400, 'invalid-cursor'],
  },
  {
    route: 'send-inmail',
    abuse: 'others',
    shows: "in ada's name",
    ...eve,
    body: '{"senderId":"ada","product":"premium","recipientId":"frank","subject":"Hello","body":"Talk?"}',
    wants: [400, 'invalid-request', '/senderId'],
  },
];

/** Names that proxies and frameworks elsewhere take for the caller. */
const NAMES = ['x-member-id', 'x-user-id', 'x-forwarded-user', 'x-amzn-oidc-identity', 'x-amz-security-token', 'from'];
const inHeaders = (route: EndpointName): Row[] =>
  NAMES.map((name) => ({
    route,
    abuse: 'identity',
    shows: `${name}: ada`,
    ...eve,
    headers: [[name, 'ada']],
    wants: absent,
  }));

const inQueries = (route: EndpointName, query = ''): Row[] =>
  ['memberId', 'senderId', 'sub', 'as'].map((name) => ({
    route,
    abuse: 'identity',
    shows: `?${name}=ada`,
    query: `${query}${name}=ada`,
    wants: [400, 'invalid-request', `/${name}`],
  }));

export const OTHERS_ROWS: readonly Row[] = [
  ...others,
  ...PERSONAL.map((route): Row => ({ route, abuse: 'others', shows: "another's", ...eve, wants: absent })),
  ...PERSONAL.flatMap(inHeaders),
  ...inQueries('list-inmails', 'box=inbox&'),
  ...inQueries('send-inmail'),
  ...['senderId', 'memberId', 'callerId', 'sub'].map(
    (name): Row => ({
      route: 'send-inmail',
      abuse: 'identity',
      shows: `${name} in the body`,
      body: `{"product":"premium","recipientId":"frank","subject":"Hello","body":"Talk?","${name}":"eve"}`,
      wants: [400, 'invalid-request', `/${name}`],
    }),
  ),
];
