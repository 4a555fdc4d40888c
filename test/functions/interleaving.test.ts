/**
 * Requests that run at once have the responses and the books of requests one after the other (I16). This holds in every
 * order of their calls to the store, and whichever machine's clock is ahead.
 */
import { describe, expect, it } from 'vitest';
import { cancelSubscription } from '../../functions/cancel-subscription.ts';
import { getCredits } from '../../functions/get-credits.ts';
import { hideInMail } from '../../functions/hide-inmail.ts';
import { listInMails } from '../../functions/list-inmails.ts';
import { listLedger } from '../../functions/list-ledger.ts';
import { putConnection } from '../../functions/put-connection.ts';
import { putSubscription } from '../../functions/put-subscription.ts';
import { renewWallet } from '../../functions/renew-wallets.ts';
import { respondToInMail } from '../../functions/respond-to-inmail.ts';
import { sendInMail } from '../../functions/send-inmail.ts';
import { type Instant, instant, plusMillis } from '../../shared/domain/instant.ts';
import type { Product } from '../../shared/domain/plans.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { type Clients, everyOrder, oneAfterTheOther, type Request, requestOf } from '../support/explore.ts';
import { MemoryStore } from '../support/memory-store.ts';

const SIGNED_UP = instant('2024-01-10T09:00:00Z');
/** A minute after the wallet's renewal fell due. The renewal is not written yet. */
const NOW = instant('2024-02-10T00:01:00Z');
const wallet = { memberId: 'ada', product: 'premium' } as const;

type Now = { readonly now?: Instant };

const send = (recipientId: string, idempotencyKey: string, more: Now & { product?: Product } = {}): Request => {
  const { now = NOW, product = 'premium' } = more;
  return requestOf(
    sendInMail,
    { senderId: 'ada', recipientId, product, subject: 'Hi', body: 'Hi', idempotencyKey },
    now,
  );
};
const respond = ({ now = NOW }: Now = {}): Request =>
  requestOf(respondToInMail, { inmailId: 'ada~bob~000001', responderId: 'bob', response: { type: 'accept' } }, now);
const renew = ({ now = NOW }: Now = {}): Request => requestOf(renewWallet, wallet, now);
const credits = ({ now = NOW }: Now = {}): Request => requestOf(getCredits, wallet, now);
const cancel = ({ now = NOW }: Now = {}): Request => requestOf(cancelSubscription, wallet, now);
const change = (plan: string): Request => requestOf(putSubscription, { ...wallet, plan }, NOW);
const ledger = ({ now = NOW }: Now = {}): Request => requestOf(listLedger, { ...wallet, limit: 3 }, now);
const sentBox = ({ now = NOW }: Now = {}): Request =>
  requestOf(listInMails, { callerId: 'ada', box: 'sent', limit: 2 }, now);
const hide = (inmailId: string): Request => requestOf(hideInMail, { inmailId, callerId: 'ada' }, NOW);
const connect: Request = requestOf(putConnection, { memberId: 'ada', otherId: 'bob' }, NOW);

/** Ada's wallet with so many credits left of five, after what `more` has done to it. */
const booksWith =
  (left: number, ...more: readonly Request[]) =>
  async (): Promise<MemoryStore> => {
    const books = new MemoryStore();
    const at = { store: books, rules: RULES, now: SIGNED_UP };
    await putSubscription({ ...wallet, plan: 'premium-career' }, at);
    await putSubscription({ memberId: 'ada', product: 'recruiter', plan: 'recruiter-lite' }, at);
    for (let n = 0; n < 5 - left; n += 1) await send(`m${n}`, 'spent', { now: SIGNED_UP })(books);
    for (const request of more) await request(books);
    return books;
  };

/** // The renewal is written, so that one credit is the last. */
const renewed = instant('2024-02-10T00:00:30Z');
const lastCredit = booksWith(1);
const lastOfAll = async () => {
  const books = await lastCredit();
  for (let n = 0; n < 5; n += 1) await send(`n${n}`, 'spent', { now: renewed })(books);
  return books;
};
const sentToBob = booksWith(3, send('bob', 'first', { now: SIGNED_UP }));
const full = booksWith(5);

const CASES: readonly (readonly [string, () => Promise<MemoryStore>, Clients])[] = [
  ['the same key twice, on the last credit', lastOfAll, [[send('bob', 'K')], [send('bob', 'K')]]],
  ['two keys for one recipient, on the last credit', lastOfAll, [[send('bob', 'K')], [send('bob', 'L')]]],
  ['two recipients, on the last credit', lastOfAll, [[send('bob', 'K')], [send('eve', 'L')]]],
  ['two products to one recipient', full, [[send('bob', 'K')], [send('bob', 'L', { product: 'recruiter' })]]],
  ['a key again, while it is sent and the plan cancelled', full, [[send('bob', 'K')], [send('bob', 'K'), cancel()]]],
  ['a send while the two are connected', full, [[send('bob', 'K')], [connect, send('bob', 'L')]]],
  ['a send and a renewal', full, [[send('bob', 'K')], [renew()]]],
  ['a send without a credit and a renewal', booksWith(0), [[send('bob', 'K')], [renew()]]],
  ['a response and a renewal', sentToBob, [[respond()], [renew()]]],
  ['a response and the next send', sentToBob, [[respond()], [send('bob', 'K')]]],
  ['a response and a change of plan', sentToBob, [[respond()], [change('premium-business')]]],
  ['two changes of plan', full, [[change('premium-business')], [change('premium-business'), send('bob', 'K')]]],
  ['a cancellation and a change of plan', full, [[cancel()], [change('premium-business')]]],
  ['credits while two InMails are sent', full, [[credits()], [send('bob', 'K'), send('eve', 'L')]]],
  ['credits while a response comes', sentToBob, [[credits(), credits()], [respond()]]],
  ['a page of the ledger while the sweep writes', sentToBob, [[ledger()], [renew()]]],
  ['a page of the ledger while an InMail is sent', sentToBob, [[ledger()], [send('eve', 'K'), send('dan', 'L')]]],
  [
    'the sent box while two products send',
    sentToBob,
    [[sentBox()], [send('eve', 'K'), send('dan', 'L', { product: 'recruiter' })]],
  ],
  [
    // Another round of reading makes up for hidden InMails.
    'the sent box with hidden InMails while two products send',
    booksWith(2, send('bob', 'first', { now: SIGNED_UP }), hide('ada~bob~000001'), hide('ada~m2~000001')),
    [[sentBox()], [send('eve', 'K'), send('dan', 'L', { product: 'recruiter' })]],
  ],
];

describe('every order of their calls', () => {
  it.each(CASES)('%s have the outcome of one request after the other', async (_, books, clients) => {
    const allowed = await oneAfterTheOther(clients, books);
    const seen = await everyOrder(clients, books);
    expect([...seen].filter((outcome) => !allowed.has(outcome))).toEqual([]);
    // Every possible outcome occurs, so the tried orders are not all the same.
    expect(seen.size).toBe(allowed.size);
  });
});

describe('the clock of the second machine apart', () => {
  const APART = [-600_000, -5_000, -1, 1, 5_000, 600_000];
  it.each(APART)('two machines %i ms apart respond as if one request followed the other', async (millis) => {
    const now = plusMillis(NOW, millis);
    const pairs: readonly (readonly [() => Promise<MemoryStore>, Clients])[] = [
      [lastOfAll, [[send('bob', 'K')], [send('bob', 'K', { now })]]],
      [lastOfAll, [[send('bob', 'K')], [send('eve', 'L', { now })]]],
      [full, [[send('bob', 'K')], [renew({ now })]]],
      [sentToBob, [[respond({ now })], [renew()]]],
      [sentToBob, [[respond({ now })], [send('bob', 'K')]]],
      [sentToBob, [[respond()], [send('bob', 'K', { now, product: 'recruiter' })]]],
      [full, [[credits({ now })], [send('bob', 'K'), send('eve', 'L')]]],
      [sentToBob, [[ledger({ now })], [renew()]]],
      [sentToBob, [[sentBox({ now })], [send('eve', 'K'), send('dan', 'L', { product: 'recruiter' })]]],
    ];
    for (const [books, clients] of pairs) {
      const allowed = await oneAfterTheOther(clients, books);
      expect([...(await everyOrder(clients, books))].filter((outcome) => !allowed.has(outcome))).toEqual([]);
    }
  });
});
