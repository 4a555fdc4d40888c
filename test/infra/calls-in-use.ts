import { cancelSubscription } from '../../functions/cancel-subscription.ts';
import { deleteConnection } from '../../functions/delete-connection.ts';
import { expireInMail } from '../../functions/expire-inmails.ts';
import { getCredits } from '../../functions/get-credits.ts';
import { getInMail } from '../../functions/get-inmail.ts';
import { hideInMail } from '../../functions/hide-inmail.ts';
import { listCredits } from '../../functions/list-credits.ts';
import { listInMails } from '../../functions/list-inmails.ts';
import { listLedger } from '../../functions/list-ledger.ts';
import { listPlans } from '../../functions/list-plans.ts';
import { putConnection } from '../../functions/put-connection.ts';
import { putSubscription } from '../../functions/put-subscription.ts';
import { remindRecipient } from '../../functions/remind-recipients.ts';
import { renewWallet } from '../../functions/renew-wallets.ts';
import { respondToInMail } from '../../functions/respond-to-inmail.ts';
import { sendInMail } from '../../functions/send-inmail.ts';
import type { FunctionName } from '../../infra/lambda/permissions.ts';
import type { SweepName } from '../../shared/contract/sweeps.ts';
import { instant } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import type { Deps } from '../../shared/runtime/runtime.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import { listDue } from '../../shared/sweeps/lister.ts';
import { createRecorder } from './recorder.ts';

const TABLES = { subscriptions: 'subscriptions', ledger: 'ledger', inmails: 'inmails', connections: 'connections' };
const PRODUCT = 'premium';
const SIGN_UP = '2024-01-20T15:00:00.000Z';
const [alice, bob] = ['alice', 'bob'];
const wallet = { memberId: alice, product: PRODUCT } as const;
const pair = { memberId: alice, otherId: bob };
const letter = { senderId: alice, recipientId: bob, product: PRODUCT, subject: 'Hello', body: 'A role.' } as const;
const inmailId = 'alice~bob~000001';
const parts = { senderId: alice, recipientId: bob, n: 1 };
const SENT = instant('2024-01-24T15:00:00Z');
const LONG_AGO = instant('2023-01-24T15:00:00Z');

const list = (sweep: SweepName, deps: Deps) =>
  listDue({ sweep, scheduledAt: deps.now, lookBackHours: 3 }, deps, async () => {});

/**
 * A small life in which each function takes every path that reaches another table, index or action. `now` moves on from
 * line to line, because a ledger never goes back.
 */
const LIFE: readonly [FunctionName, string, (deps: Deps) => Promise<unknown>][] = [
  ['list-plans', SIGN_UP, listPlans],
  ['put-subscription', SIGN_UP, (deps) => putSubscription({ ...wallet, plan: 'premium-career' }, deps)],
  [
    'put-subscription',
    '2024-01-21T15:00:00Z',
    (deps) => putSubscription({ ...wallet, plan: 'premium-business' }, deps),
  ],
  ['put-connection', '2024-01-22T15:00:00Z', (deps) => putConnection(pair, deps)],
  ['delete-connection', '2024-01-23T15:00:00Z', (deps) => deleteConnection(pair, deps)],
  ['send-inmail', '2024-01-24T15:00:00Z', (deps) => sendInMail({ ...letter, idempotencyKey: 'one' }, deps)],
  ['send-inmail', '2024-01-24T16:00:00Z', (deps) => sendInMail({ ...letter, idempotencyKey: 'one' }, deps)],
  // Each of these reads the pending returns of the wallet's last entry.
  [
    'put-subscription',
    '2024-01-25T14:00:00Z',
    (deps) => putSubscription({ ...wallet, plan: 'premium-business' }, deps),
  ],
  ['list-credits', '2024-01-25T14:00:00Z', (deps) => listCredits({ memberId: alice }, deps)],
  ['get-credits', '2024-01-25T14:00:00Z', (deps) => getCredits(wallet, deps)],
  ['get-inmail', '2024-01-25T15:00:00Z', (deps) => getInMail({ inmailId, callerId: bob }, deps)],
  ['list-inmails', '2024-01-25T15:00:00Z', (deps) => listInMails({ callerId: bob, box: 'inbox' }, deps)],
  ['list-inmails', '2024-01-25T15:00:00Z', (deps) => listInMails({ callerId: alice, box: 'sent' }, deps)],
  ['list-inmails', '2024-01-25T15:00:00Z', (deps) => listInMails({ callerId: bob, box: 'sent' }, deps)],
  ['hide-inmail', '2024-01-25T15:00:00Z', (deps) => hideInMail({ inmailId, callerId: bob }, deps)],
  ['list-due', '2024-01-27T15:00:00Z', (deps) => list('remind-recipients', deps)],
  ['remind-recipients', '2024-01-27T15:00:00Z', (deps) => remindRecipient({ ...parts, sentAt: SENT }, deps)],
  // A message with a wrong time makes the worker read the InMail itself.
  ['remind-recipients', '2024-01-27T15:00:00Z', (deps) => remindRecipient({ ...parts, sentAt: LONG_AGO }, deps)],
  [
    'respond-to-inmail',
    '2024-01-28T15:00:00Z',
    (deps) => respondToInMail({ inmailId, responderId: bob, response: { type: 'accept' } }, deps),
  ],
  ['list-due', '2024-02-20T00:05:00Z', (deps) => list('renew-wallets', deps)],
  ['renew-wallets', '2024-02-20T00:05:00Z', (deps) => renewWallet(wallet, deps)],
  ['list-credits', '2024-02-21T15:00:00Z', (deps) => listCredits({ memberId: alice, at: instant(SIGN_UP) }, deps)],
  ['get-credits', '2024-02-21T15:00:00Z', (deps) => getCredits({ ...wallet, at: instant(SIGN_UP) }, deps)],
  ['list-ledger', '2024-02-21T15:00:00Z', (deps) => listLedger(wallet, deps)],
  ['list-due', '2024-04-24T00:35:00Z', (deps) => list('expire-inmails', deps)],
  ['expire-inmails', '2024-04-24T00:35:00Z', (deps) => expireInMail({ ...parts, sentAt: SENT }, deps)],
  [
    'expire-inmails',
    '2024-02-01T00:35:00Z',
    (deps) => expireInMail({ ...parts, sentAt: instant('2024-02-01T00:00:00Z') }, deps),
  ],
  ['cancel-subscription', '2024-05-01T15:00:00Z', (deps) => cancelSubscription(wallet, deps)],
  // The publisher reads what Lambda hands it, and no table.
  ['publish-events', '2024-05-01T15:00:00Z', async () => {}],
  // The trigger reads what Cognito hands it.
  ['grant-scopes', '2024-05-01T15:00:00Z', async () => {}],
];

/** By function, what it has called in that life: `inmails/due Query`, in order and once each. */
export async function recordCalls(): Promise<Readonly<Record<FunctionName, readonly string[]>>> {
  const { client, calls } = createRecorder();
  const store = dynamoStore({ client, tables: TABLES });
  const used: Partial<Record<FunctionName, string[]>> = {};
  for (const [name, now, act] of LIFE) {
    calls.clear();
    await act({ store, rules: RULES, now: instant(now) });
    used[name] = [...new Set([...(used[name] ?? []), ...calls])].sort();
  }
  return used as Record<FunctionName, string[]>;
}
