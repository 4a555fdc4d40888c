/**
 * The contract's examples: one story, in which each exchange follows from those before. They stand in the document, and a
 * test plays them to the system, so that what one reads is what one gets.
 */
import { DONE, type Exchange, ok, problem, refused } from './exchange.ts';
import * as values from './values.ts';

const { INMAIL_ID: inmailId, LETTER, WALLET } = values;
const [ada, bob, desk] = [{ as: 'ada' }, { as: 'bob' }, { as: 'desk', scopes: ['billing'] }] as const;
const pair = { memberId: 'ada', otherId: 'bob' };
const key = (value: string) => ({ 'idempotency-key': value });

const subscribing: readonly Exchange[] = [
  { endpoint: 'list-plans', shows: 'The catalogue', ...ada, answer: ok({ plans: values.PLANS }) },
  { endpoint: 'list-plans', shows: 'Without a token', answer: problem({ slug: 'unauthenticated' }) },
  {
    endpoint: 'put-subscription',
    shows: 'Subscribing brings the first credits',
    ...desk,
    path: WALLET,
    body: { plan: 'premium-career' },
    answer: ok(values.credits(values.STORY_STARTS_AT, 5)),
  },
  {
    endpoint: 'put-subscription',
    shows: 'Members cannot give themselves a plan',
    ...ada,
    path: WALLET,
    body: { plan: 'premium-business' },
    answer: problem({ slug: 'forbidden' }),
  },
  {
    endpoint: 'get-credits',
    shows: 'Once the next renewal has come',
    ...ada,
    path: WALLET,
    query: { at: '2031-02-28T00:00:00Z' },
    answer: ok({
      ...values.credits('2031-02-28T00:00:00.000Z', 10),
      nextRenewal: { at: '2031-03-31T00:00:00.000Z', brings: 5, forfeits: 0 },
    }),
  },
  {
    endpoint: 'get-credits',
    shows: "Another member's are not found",
    ...bob,
    path: WALLET,
    answer: problem({ slug: 'not-found' }),
  },
  {
    endpoint: 'get-credits',
    shows: 'A parameter that does not exist',
    ...ada,
    path: WALLET,
    query: { when: 'now' },
    answer: problem({
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
  answer: { ...ok(values.SENT, 201), headers: { location: `/v1/inmails/${inmailId}` } },
} as const;

const sending: readonly Exchange[] = [
  { ...firstSend, shows: 'A first InMail' },
  { ...firstSend, shows: 'The same request again' },
  {
    ...firstSend,
    shows: 'Another request under the same key',
    body: { ...LETTER, subject: 'Hello again' },
    answer: refused({ why: 'idempotency-key-reused' }),
  },
  {
    ...firstSend,
    shows: 'Before the recipient has responded',
    headers: key('second'),
    answer: refused({ why: 'response-pending', inmailId }),
  },
  { ...firstSend, shows: 'Without a key', headers: {}, answer: problem({ slug: 'idempotency-key-required' }) },
  {
    ...firstSend,
    shows: 'Under what is no key',
    headers: key('a b'),
    answer: problem({
      slug: 'idempotency-key-invalid',
      detail: 'One key of 1 to 255 characters, as "abc" or abc.',
    }),
  },
  {
    ...firstSend,
    shows: 'To oneself',
    headers: key('to-me'),
    body: { ...LETTER, recipientId: 'ada' },
    answer: refused({ why: 'self-inmail' }),
  },
  {
    ...firstSend,
    shows: 'Without a subscription',
    ...bob,
    headers: key('back'),
    body: { ...LETTER, recipientId: 'ada' },
    answer: refused({ why: 'no-active-subscription', product: 'premium' }),
  },
  { ...firstSend, shows: 'Half a document', body: '{"product":', answer: problem({ slug: 'malformed-json' }) },
  {
    ...firstSend,
    shows: 'What is not said to be JSON',
    headers: { ...key('text'), 'content-type': 'text/plain' },
    answer: problem({ slug: 'unsupported-media-type' }),
  },
  {
    ...firstSend,
    shows: 'A very long body',
    body: { ...LETTER, body: 'x'.repeat(17_000) },
    answer: problem({ slug: 'payload-too-large', detail: 'At most 16384 bytes.' }),
  },
];

const answering: readonly Exchange[] = [
  {
    endpoint: 'list-inmails',
    shows: 'The inbox',
    ...bob,
    query: { box: 'inbox' },
    answer: ok({ inmails: [values.PENDING] }),
  },
  {
    endpoint: 'list-inmails',
    shows: "A cursor of one's own making",
    ...bob,
    query: { box: 'inbox', cursor: 'page-2' },
    answer: problem({ slug: 'invalid-cursor' }),
  },
  {
    endpoint: 'get-inmail',
    shows: 'Waiting for its response',
    ...ada,
    path: { inmailId },
    answer: ok(values.PENDING),
  },
  {
    endpoint: 'respond-to-inmail',
    shows: 'A reply in time',
    ...bob,
    path: { inmailId },
    body: { type: 'reply', text: 'Gladly.' },
    answer: ok({ inmail: values.REPLIED }),
  },
  {
    endpoint: 'respond-to-inmail',
    shows: 'A second, other response',
    ...bob,
    path: { inmailId },
    body: { type: 'decline' },
    answer: refused({ why: 'already-responded', inmailId }),
  },
  {
    endpoint: 'list-credits',
    shows: 'The credit came back',
    ...ada,
    path: { memberId: 'ada' },
    answer: ok({ memberId: 'ada', asOf: values.ANSWERED_AT, credits: [values.credits(values.ANSWERED_AT, 5)] }),
  },
  {
    endpoint: 'list-ledger',
    shows: 'The two newest entries',
    ...ada,
    path: WALLET,
    query: { limit: '2' },
    answer: ok({
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
    answer: { status: 200, contentType: 'text/csv', body: values.STATEMENT },
  },
  { endpoint: 'hide-inmail', shows: 'Out of the inbox', ...bob, path: { inmailId }, answer: DONE },
];

const ending: readonly Exchange[] = [
  { endpoint: 'put-connection', shows: 'They know each other now', ...desk, path: pair, answer: DONE },
  {
    ...firstSend,
    shows: 'To a connection',
    headers: key('third'),
    answer: refused({ why: 'already-connected', recipientId: 'bob' }),
  },
  { endpoint: 'delete-connection', shows: 'No longer', ...desk, path: pair, answer: DONE },
  ...['carol', 'dave', 'erin', 'frank', 'grace'].map((recipientId): Exchange => {
    const body = { ...LETTER, recipientId };
    return { endpoint: 'send-inmail', ...ada, headers: key(recipientId), body, answer: { status: 201 } };
  }),
  {
    ...firstSend,
    shows: 'With an empty wallet',
    headers: key('sixth'),
    body: { ...LETTER, recipientId: 'heidi' },
    answer: refused({ why: 'insufficient-credits', product: 'premium', nextRenewal: values.RENEWAL }),
  },
  { endpoint: 'cancel-subscription', shows: 'The wallet and its ledger stay', ...desk, path: WALLET, answer: DONE },
  {
    endpoint: 'cancel-subscription',
    shows: 'What never was',
    ...desk,
    path: { memberId: 'bob', product: 'recruiter' },
    answer: problem({ slug: 'not-found' }),
  },
];

/** In order. */
export const STORY: readonly Exchange[] = [...subscribing, ...sending, ...answering, ...ending];
