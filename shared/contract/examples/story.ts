/**
 * The contract's examples are one story, and each exchange follows from those before. The document shows them. A test
 * plays them to the system, so the examples are true.
 */
import { DONE, type Exchange, ok, problem, refused } from './exchange.ts';
import * as values from './values.ts';

const { INMAIL_ID: inmailId, LETTER, WALLET } = values;
const [ada, bob, desk] = [{ as: 'ada' }, { as: 'bob' }, { as: 'desk', scopes: ['billing'] }] as const;
const pair = { memberId: 'ada', otherId: 'bob' };
const key = (value: string) => ({ 'idempotency-key': value });

const subscribing: readonly Exchange[] = [
  { endpoint: 'list-plans', shows: 'The catalogue', ...ada, response: ok({ plans: values.PLANS }) },
  { endpoint: 'list-plans', shows: 'Without a token', response: problem({ slug: 'unauthenticated' }) },
  {
    endpoint: 'put-subscription',
    shows: 'Subscribing brings the first credits',
    ...desk,
    path: WALLET,
    body: { plan: 'premium-career' },
    response: ok(values.credits(values.STORY_STARTS_AT, 5)),
  },
  {
    endpoint: 'put-subscription',
    shows: 'Members cannot give themselves a plan',
    ...ada,
    path: WALLET,
    body: { plan: 'premium-business' },
    response: problem({ slug: 'forbidden' }),
  },
  {
    endpoint: 'get-credits',
    shows: 'Once the next renewal has come',
    ...ada,
    path: WALLET,
    query: { at: '2031-02-28T00:00:00Z' },
    response: ok({
      ...values.credits('2031-02-28T00:00:00.000Z', 10),
      nextRenewal: { at: '2031-03-31T00:00:00.000Z', brings: 5, forfeits: 0 },
    }),
  },
  {
    endpoint: 'get-credits',
    shows: "Another member's credits are not found",
    ...bob,
    path: WALLET,
    response: problem({ slug: 'not-found' }),
  },
  {
    endpoint: 'get-credits',
    shows: 'A parameter that does not exist',
    ...ada,
    path: WALLET,
    query: { when: 'now' },
    response: problem({
      slug: 'invalid-request',
      errors: [{ in: 'query', pointer: '/when', detail: 'unknown field' }],
    }),
  },
];

const firstSend = {
  endpoint: 'send-inmail',
  ...ada,
  headers: key('first'),
  body: LETTER,
  response: { ...ok(values.SENT, 201), headers: { location: `/v1/inmails/${inmailId}` } },
} as const;

const sending: readonly Exchange[] = [
  { ...firstSend, shows: 'A first InMail' },
  { ...firstSend, shows: 'The same request again' },
  {
    ...firstSend,
    shows: 'Another request under the same key',
    body: { ...LETTER, subject: 'Hello again' },
    response: refused({ why: 'idempotency-key-reused' }),
  },
  {
    ...firstSend,
    shows: 'Before the recipient has responded',
    headers: key('second'),
    response: refused({ why: 'response-pending', inmailId }),
  },
  { ...firstSend, shows: 'Without a key', headers: {}, response: problem({ slug: 'idempotency-key-required' }) },
  {
    ...firstSend,
    shows: 'With an invalid key',
    headers: key('a b'),
    response: problem({
      slug: 'idempotency-key-invalid',
      detail: 'One key of 1 to 255 characters, as "abc" or abc.',
    }),
  },
  {
    ...firstSend,
    shows: 'To yourself',
    headers: key('to-me'),
    body: { ...LETTER, recipientId: 'ada' },
    response: refused({ why: 'self-inmail' }),
  },
  {
    ...firstSend,
    shows: 'Without a subscription',
    ...bob,
    headers: key('back'),
    body: { ...LETTER, recipientId: 'ada' },
    response: refused({ why: 'no-active-subscription', product: 'premium' }),
  },
  { ...firstSend, shows: 'Half a document', body: '{"product":', response: problem({ slug: 'malformed-json' }) },
  {
    ...firstSend,
    shows: 'With a content type other than JSON',
    headers: { ...key('text'), 'content-type': 'text/plain' },
    response: problem({ slug: 'unsupported-media-type' }),
  },
  {
    ...firstSend,
    shows: 'A very long body',
    body: { ...LETTER, body: 'x'.repeat(17_000) },
    response: problem({ slug: 'payload-too-large', detail: 'At most 16384 bytes.' }),
  },
];

const responding: readonly Exchange[] = [
  {
    endpoint: 'list-inmails',
    shows: 'The inbox',
    ...bob,
    query: { box: 'inbox' },
    response: ok({ inmails: [values.PENDING] }),
  },
  {
    endpoint: 'list-inmails',
    shows: 'A cursor that this list did not give',
    ...bob,
    query: { box: 'inbox', cursor: 'page-2' },
    response: problem({ slug: 'invalid-cursor' }),
  },
  {
    endpoint: 'get-inmail',
    shows: 'Waiting for its response',
    ...ada,
    path: { inmailId },
    response: ok(values.PENDING),
  },
  {
    endpoint: 'respond-to-inmail',
    shows: 'A reply in time',
    ...bob,
    path: { inmailId },
    body: { type: 'reply', text: 'Gladly.' },
    response: ok({ inmail: values.REPLIED }),
  },
  {
    endpoint: 'respond-to-inmail',
    shows: 'A second, different response',
    ...bob,
    path: { inmailId },
    body: { type: 'decline' },
    response: refused({ why: 'already-responded', inmailId }),
  },
  {
    endpoint: 'list-credits',
    shows: 'The credit came back',
    ...ada,
    path: { memberId: 'ada' },
    response: ok({ memberId: 'ada', asOf: values.RESPONDED_AT, credits: [values.credits(values.RESPONDED_AT, 5)] }),
  },
  {
    endpoint: 'list-ledger',
    shows: 'The two newest entries',
    ...ada,
    path: WALLET,
    query: { limit: '2' },
    response: ok({
      entries: values.LEDGER.slice(0, 2),
      nextCursor: 'UNhY4JhezH9gQYqvDMWrWH9CwlcKiECVqejMrND2VFx7ImZyb21TZXEiOjF9',
    }),
  },
  {
    endpoint: 'list-ledger',
    shows: 'The newest entry, as CSV',
    ...ada,
    path: WALLET,
    query: { limit: '1', format: 'csv' },
    response: { status: 200, contentType: 'text/csv', body: values.STATEMENT },
  },
  { endpoint: 'hide-inmail', shows: 'Hidden from the inbox', ...bob, path: { inmailId }, response: DONE },
];

const ending: readonly Exchange[] = [
  { endpoint: 'put-connection', shows: 'Ada and Bob are connected', ...desk, path: pair, response: DONE },
  {
    ...firstSend,
    shows: 'To a connection',
    headers: key('third'),
    response: refused({ why: 'already-connected', recipientId: 'bob' }),
  },
  { endpoint: 'delete-connection', shows: 'They are connected no longer', ...desk, path: pair, response: DONE },
  ...['carol', 'dave', 'erin', 'frank', 'grace'].map((recipientId): Exchange => {
    const body = { ...LETTER, recipientId };
    return { endpoint: 'send-inmail', ...ada, headers: key(recipientId), body, response: { status: 201 } };
  }),
  {
    ...firstSend,
    shows: 'With an empty wallet',
    headers: key('sixth'),
    body: { ...LETTER, recipientId: 'heidi' },
    response: refused({ why: 'insufficient-credits', product: 'premium', nextRenewal: values.RENEWAL }),
  },
  { endpoint: 'cancel-subscription', shows: 'The wallet and its ledger stay', ...desk, path: WALLET, response: DONE },
  {
    endpoint: 'cancel-subscription',
    shows: 'A subscription that never was',
    ...desk,
    path: { memberId: 'bob', product: 'recruiter' },
    response: problem({ slug: 'not-found' }),
  },
];

/** All exchanges, in order. */
export const STORY: readonly Exchange[] = [...subscribing, ...sending, ...responding, ...ending];
