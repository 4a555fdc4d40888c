/** Well-made requests that a rule refuses. `test/local/many-at-once.test.ts` sends many of them at once. */
import type { Row } from '../row.ts';

const letter = (recipientId: string, product = 'premium') =>
  JSON.stringify({ product, recipientId, subject: 'Hello', body: 'Talk?' });

export const BUSINESS_ROWS: readonly Row[] = [
  { route: 'send-inmail', abuse: 'business', shows: 'to oneself', body: letter('ada'), wants: [422, 'self-inmail'] },
  {
    route: 'send-inmail',
    abuse: 'business',
    shows: 'again, before the answer',
    body: letter('bob'),
    wants: [409, 'response-pending'],
  },
  {
    route: 'send-inmail',
    abuse: 'business',
    shows: 'from another product, before the answer',
    body: letter('bob', 'sales-navigator'),
    wants: [409, 'response-pending'],
  },
  {
    route: 'send-inmail',
    abuse: 'business',
    shows: 'without a subscription',
    as: 'zoe',
    body: letter('bob'),
    wants: [409, 'no-active-subscription'],
  },
  {
    route: 'send-inmail',
    abuse: 'business',
    shows: 'to a connection',
    body: letter('hugo'),
    wants: [409, 'already-connected'],
  },
  {
    route: 'send-inmail',
    abuse: 'business',
    shows: 'without a credit',
    as: 'ivy',
    body: letter('bob'),
    wants: [409, 'insufficient-credits'],
  },
  {
    route: 'send-inmail',
    abuse: 'business',
    shows: 'another request under a key',
    headers: [['idempotency-key', 'ada-bob']],
    body: letter('bob'),
    wants: [422, 'idempotency-key-reused'],
  },
  { route: 'respond-to-inmail', abuse: 'business', shows: "one's own InMail", as: 'ada', wants: [404, 'not-found'] },
  {
    route: 'respond-to-inmail',
    abuse: 'business',
    shows: 'a second time, otherwise',
    as: 'dave',
    path: { inmailId: 'ada~dave~000001' },
    body: '{"type":"decline"}',
    wants: [409, 'already-responded'],
  },
  {
    route: 'cancel-subscription',
    abuse: 'business',
    shows: 'what was never there',
    path: { memberId: 'zoe', product: 'premium' },
    wants: [404, 'not-found'],
  },
];
