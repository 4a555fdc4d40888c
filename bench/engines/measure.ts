/** How long the use cases take on each engine. All engines take turns in every round, because machines drift. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCredits } from '../../functions/get-credits.ts';
import { listInMails } from '../../functions/list-inmails.ts';
import { putSubscription } from '../../functions/put-subscription.ts';
import { renewWallet } from '../../functions/renew-wallets.ts';
import { respondToInMail } from '../../functions/respond-to-inmail.ts';
import { sendInMail } from '../../functions/send-inmail.ts';
import { dynamoDbInMemory } from '../../local/dynamodb/dynamodb-engine.ts';
import { openSqlite, sqliteInMemory } from '../../local/sqlite/sqlite-engine.ts';
import { type Instant, instant, plusHours } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import type { Deps } from '../../shared/runtime/runtime.ts';
import type { Database } from '../../shared/store/database.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import type { OnProgress } from '../../tools/progress.ts';

export const ENGINES = ['SQLite in memory', 'SQLite in a file', 'DynamoDB Local'] as const;
type EngineUnderTest = (typeof ENGINES)[number];

export const ACTS = ['subscribe', 'send', 'respond', 'credits', 'sent box', 'renew'] as const;
type Act = (typeof ACTS)[number];

/** Milliseconds of a call, one for each round. */
type Times = Readonly<Record<Act, readonly number[]>>;

const MEMBERS_PER_ROUND = 20;
/** Until then neither Java nor V8 has compiled what is measured. */
const WARM_UP_ROUNDS = 4;
const SIGNED_UP = instant('2024-01-10T09:00:00Z');
const PRODUCT = 'premium';

type EngineTimes = Readonly<Record<EngineUnderTest, Times>>;

export async function measureEngines(rounds: number, onProgress: OnProgress): Promise<EngineTimes> {
  await using cleanup = new AsyncDisposableStack();
  const databases = await openAll(cleanup);
  const times = {
    'SQLite in memory': emptyTimes(),
    'SQLite in a file': emptyTimes(),
    'DynamoDB Local': emptyTimes(),
  } as const satisfies EngineTimes;
  for (let round = 0; round < WARM_UP_ROUNDS + rounds; round += 1) {
    onProgress('all engines in turn', round, WARM_UP_ROUNDS + rounds);
    for (const engine of round % 2 === 0 ? ENGINES : ENGINES.toReversed()) {
      const millis = await playRound(databases[engine], round);
      if (round >= WARM_UP_ROUNDS) for (const act of ACTS) times[engine][act].push(millis[act]);
    }
  }
  return times;
}

const emptyTimes = () => Object.fromEntries(ACTS.map((act) => [act, [] as number[]])) as Record<Act, number[]>;

async function openAll(cleanup: AsyncDisposableStack): Promise<Readonly<Record<EngineUnderTest, Database>>> {
  const memory = cleanup.use(sqliteInMemory());
  const dataDir = mkdtempSync(join(tmpdir(), 'inmail-credits-bench-'));
  cleanup.defer(() => rmSync(dataDir, { recursive: true }));
  const file = openSqlite(dataDir);
  cleanup.defer(file.stop);
  const dynamodb = cleanup.use(await dynamoDbInMemory({ longRun: true }));
  return { 'SQLite in memory': memory, 'SQLite in a file': file, 'DynamoDB Local': dynamodb };
}

/** Every member does each act once. The members of a round are new, so no wallet grows. */
async function playRound(database: Database, round: number): Promise<Record<Act, number>> {
  const store = dynamoStore(database);
  const at = (now: Instant): Deps => ({ store, rules: RULES, now });
  const [soon, later] = [plusHours(SIGNED_UP, 1), plusHours(SIGNED_UP, 24 * 32)];
  const acts: Readonly<Record<Act, (memberId: string) => Promise<unknown>>> = {
    subscribe: (memberId) => putSubscription({ memberId, product: PRODUCT, plan: 'premium-career' }, at(SIGNED_UP)),
    send: (memberId) => {
      const text = { subject: 'Hello', body: 'Would you like to talk?', idempotencyKey: 'key' };
      return sendInMail({ senderId: memberId, recipientId: `to-${memberId}`, product: PRODUCT, ...text }, at(soon));
    },
    respond: (memberId) => {
      const [responderId, response] = [`to-${memberId}`, { type: 'accept' } as const];
      return respondToInMail({ inmailId: `${memberId}~${responderId}~000001`, responderId, response }, at(soon));
    },
    credits: (memberId) => getCredits({ memberId, product: PRODUCT, at: undefined }, at(soon)),
    'sent box': (memberId) => listInMails({ callerId: memberId, box: 'sent' }, at(soon)),
    renew: (memberId) => renewWallet({ memberId, product: PRODUCT }, at(later)),
  };
  const members = Array.from({ length: MEMBERS_PER_ROUND }, (_, index) => `m${round}-${index}`);
  const millis: [Act, number][] = [];
  for (const act of ACTS) {
    const begin = performance.now();
    for (const member of members) await acts[act](member);
    millis.push([act, (performance.now() - begin) / members.length]);
  }
  return Object.fromEntries(millis) as Record<Act, number>;
}
