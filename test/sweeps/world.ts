/** Members whose wallets and InMails give every sweep work, and a sweep whose every call can be disturbed. */
import { putSubscription } from '../../functions/put-subscription.ts';
import { respondToInMail } from '../../functions/respond-to-inmail.ts';
import { sendInMail } from '../../functions/send-inmail.ts';
import { loadSweepWork } from '../../local/queues/direct.ts';
import { batchMessageOf, type ListingMessage } from '../../shared/contract/sweep-messages.ts';
import { type SweepName, sweepNamed } from '../../shared/contract/sweeps.ts';
import { audit } from '../../shared/domain/audit.ts';
import { type Instant, instant, plusHours } from '../../shared/domain/instant.ts';
import type { Product } from '../../shared/domain/plans.ts';
import { RULES } from '../../shared/domain/rules.ts';
import type { Store } from '../../shared/store/store.ts';
import { listDue } from '../../shared/sweeps/lister.ts';
import { type SweepReport, workBatch } from '../../shared/sweeps/worker.ts';
import { MemoryStore } from '../support/memory-store.ts';

/** The last day of a month without a 31st, so two renewal days fall on it. Most wallets miss three renewals. */
const NOW = instant('2024-04-30T22:35:00Z');

/** Makes one call to a table or a queue, or none, or two, sooner or later. */
export type Io = <T>(call: () => Promise<T>) => Promise<T>;

export const undisturbed: Io = (call) => call();

const PLANS: readonly (readonly [Product, string])[] = [
  ['premium', 'premium-career'],
  ['sales-navigator', 'sales-navigator-pro'],
  ['recruiter', 'recruiter-lite'],
];

let world: MemoryStore | undefined;

/**
 * Nine wallets that renew on the 30th or 31st, with InMails to remind of, InMails to expire, and others. The next call gives
 * the same store, with the same books again.
 */
export async function createWorld(): Promise<MemoryStore> {
  if (!world) {
    world = await makeWorld();
    world.keep();
  }
  world.restore();
  return world;
}

async function makeWorld(): Promise<MemoryStore> {
  const store = new MemoryStore();
  const at = (now: Instant) => ({ store, rules: RULES, now });
  for (const [product, plan] of PLANS) {
    for (const day of ['30', '31', '31']) {
      const signedUp = instant(`2024-01-${day}T08:00:00Z`);
      const memberId = `${plan}-${store.books().entries.length}`;
      await putSubscription({ memberId, product, plan }, at(signedUp));
      await write(store, memberId, product, 'expired', instant('2024-01-31T20:00:00Z'));
      await write(store, memberId, product, 'answered', instant('2024-01-31T20:00:00Z'));
      await write(store, memberId, product, 'fresh', plusHours(NOW, -71.1));
    }
  }
  return store;
}

async function write(store: Store, senderId: string, product: Product, about: string, sentAt: Instant): Promise<void> {
  const deps = { store, rules: RULES, now: sentAt };
  const recipientId = `${about}-${senderId}`;
  const letter = { senderId, recipientId, product, subject: about, body: 'Hello', idempotencyKey: about };
  await sendInMail(letter, deps);
  const inmailId = `${senderId}~${recipientId}~000001`;
  if (about === 'answered') {
    await respondToInMail({ inmailId, responderId: recipientId, response: { type: 'accept' } }, deps);
  }
}

export const messageOf = (sweep: SweepName): ListingMessage => ({ sweep, scheduledAt: NOW, lookBackHours: 0 });

/** The calls of a sweep, each made through `io`. */
const through = (store: Store, io: Io): Store => ({
  ledger: { ...store.ledger, tail: (walletId) => io(() => store.ledger.tail(walletId)) },
  inmails: {
    ...store.inmails,
    get: (parts) => io(() => store.inmails.get(parts)),
    due: (part, page) => io(() => store.inmails.due(part, page)),
  },
  subscriptions: { renewing: (part, page) => io(() => store.subscriptions.renewing(part, page)) },
  connections: store.connections,
  transact: (changes) => io(() => store.transact(changes)),
});

const depsOf = (store: Store, io: Io) => ({ store: through(store, io), rules: RULES, now: NOW });

/** Lists due keys to `queue`. The lister may be killed at any call. */
export async function list(message: ListingMessage, queue: string[], store: Store, io: Io): Promise<void> {
  await listDue(message, depsOf(store, io), (_sweep, bodies) =>
    io(async () => {
      queue.push(...bodies);
    }),
  );
}

export async function work(sweep: SweepName, body: string, store: Store, io: Io): Promise<SweepReport> {
  const { keys } = batchMessageOf(sweepNamed(sweep)).parse(JSON.parse(body));
  return workBatch<unknown>(keys, {
    handleKey: await loadSweepWork(sweep),
    deps: depsOf(store, io),
    patience: { random: () => 0.5, pause: async () => {} },
    onFailure: () => {},
  });
}

/** A whole run, undisturbed unless `io` disturbs it. */
export async function run(sweep: SweepName, store: Store, io: Io = undisturbed): Promise<SweepReport[]> {
  const queue: string[] = [];
  await list(messageOf(sweep), queue, store, io);
  return Promise.all(queue.map((body) => work(sweep, body, store, io)));
}

/** The whole books, in an order of their own. */
export function booksOf(store: MemoryStore) {
  const { entries, inmails } = store.books();
  const faults = audit({ entries, inmails }, RULES);
  return {
    faults,
    entries: entries.map((entry) => JSON.stringify(entry)).sort(),
    inmails: inmails.map((inmail) => JSON.stringify(inmail)).sort(),
  };
}
