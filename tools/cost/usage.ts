/** The units of each price that an idle month, a member, a send, a response and a read use. */
import { HOURS_PER_MONTH } from './cron.ts';
import type { Facts, Plan } from './facts.ts';
import {
  ASSUMPTIONS,
  BACK_OF_BOOKS,
  CALLS,
  HTTP_API_METRICS,
  METRICS_ON_FREE_DASHBOARD,
  OPERATIONS,
  type Operation,
  POLLS_A_MINUTE,
  RENEWAL,
  STORED_KILOBYTES,
} from './figures.ts';
import { OWN_METRICS } from './metrics.ts';
import type { PriceName } from './prices.ts';

/** So many units of a price. */
export type Use = readonly [price: PriceName, units: number];

/** The bill tells apart the cost of one of each. `unanswered` is an InMail that is reminded and expires. */
export const ACTS = ['member', 'send', 'response', 'unanswered', 'read'] as const;
export type Act = (typeof ACTS)[number];

const KILOBYTES_PER_GIGABYTE = 1_000_000;
const MINUTES_PER_MONTH = 60 * HOURS_PER_MONTH;
const DAYS_PER_MONTH = 30;

/** The resources that cost the same whether or not anybody comes, and the runs that find nothing. */
export function idleUses(facts: Facts): readonly Use[] {
  const runs = facts.schedules.reduce((sum, schedule) => sum + schedule.runs, 0);
  return [
    ['machineClient', facts.machineTokenMinutes.length],
    ['alarmMetric', facts.alarms.reduce((sum, { metrics }) => sum + metrics, 0)],
    ['compositeAlarm', facts.compositeAlarms],
    ['customMetric', OWN_METRICS.reduce((sum, { idleShare }) => sum + idleShare, 0)],
    ...facts.dashboardMetrics.map(
      (metrics) => [metrics > METRICS_ON_FREE_DASHBOARD ? 'largeDashboard' : 'dashboard', 1] as const,
    ),
    ['key', facts.keys],
    ['sqsRequest', facts.polledQueues * POLLS_A_MINUTE * MINUTES_PER_MONTH],
    ['schedulerInvocation', runs],
    ...listingUses(facts, runs),
    ...(facts.hasPage ? [['bucketGigabyte', ASSUMPTIONS.pageMegabytes / 1_000] as const] : []),
  ];
}

/** Each run queues a message, and the lister looks at its shards, for each day that it looks back, and finds nothing. */
function listingUses(facts: Facts, runs: number): readonly Use[] {
  const pages = facts.schedules.reduce(
    (sum, { runs: count, shards, lookBackHours }) => sum + count * shards * (1 + Math.ceil(lookBackHours / 24)),
    0,
  );
  return [
    ['sqsRequest', 2 * runs],
    ['readUnit', pages * ASSUMPTIONS.unitsOfEmptyPage],
    ...runOf(facts, { mebibytes: facts.mebibytes.lister, millis: ASSUMPTIONS.emptyListingMillis, times: runs }),
  ];
}

/** Metrics that exist only because the system is in use, the tokens of machines that call it all day, and traces. */
export function inUseUses(facts: Facts, calls: number): readonly Use[] {
  const { machineTokenMinutes, filteredMetrics, measuredRoutes, isTraced } = facts;
  const firstOfSecond = Math.min(calls, 60 * MINUTES_PER_MONTH);
  return [
    ...(isTraced ? [['trace', firstOfSecond + ASSUMPTIONS.tracedShare * (calls - firstOfSecond)] as const] : []),
    ['customMetric', OWN_METRICS.reduce((sum, { idleShare, inUseShare }) => sum + inUseShare - idleShare, 0)],
    ['customMetric', filteredMetrics.length + measuredRoutes * HTTP_API_METRICS],
    ['machineToken', machineTokenMinutes.reduce((sum, minutes) => sum + MINUTES_PER_MONTH / minutes, 0)],
  ];
}

export const memberPriceOf = (plan: Plan): PriceName =>
  (({ LITE: 'liteMember', ESSENTIALS: 'essentialsMember', PLUS: 'plusMember' }) as const)[plan];

/** The uses of one act. `months` says for how long its items are kept. */
export function usesOf(act: Act, facts: Facts, months: number): readonly Use[] {
  switch (act) {
    case 'member':
      return memberUses(facts, months);
    case 'send':
      return [
        ...callUses(facts, CALLS.send),
        ...unitsOf(OPERATIONS.send),
        ...publishedUses(facts, { records: 1, events: 1 }),
        ...storedUses(STORED_KILOBYTES.entry + STORED_KILOBYTES.inmail, months),
      ];
    case 'response':
      return [
        ...callUses(facts, CALLS.response),
        ...unitsOf(OPERATIONS.response),
        ...publishedUses(facts, { records: 2, events: 2 }),
        ...storedUses(STORED_KILOBYTES.entry, months),
      ];
    case 'unanswered':
      return [
        ...unitsOf(OPERATIONS.reminder),
        ...unitsOf(OPERATIONS.expiry),
        ...publishedUses(facts, { records: 2, events: 2 }),
        ...sweptUses(facts, 2 * BACK_OF_BOOKS.millisPerKey),
      ];
    case 'read':
      return [...callUses(facts, CALLS.read), ...unitsOf(OPERATIONS.read)];
  }
}

/** A month of a member: the sign-in, the visits, and the renewal of each wallet with its look-backs. */
function memberUses(facts: Facts, months: number): readonly Use[] {
  const { visits, filesAVisit, kilobytesAVisit, walletsAMember, tokensAVisit, triggerMillis } = ASSUMPTIONS;
  const files = visits * filesAVisit;
  const renewal: readonly Use[] = [
    ['writeUnit', OPERATIONS.renewal.writeUnits],
    ['readUnit', RENEWAL.nights],
    ['readUnit', RENEWAL.indexUnits],
    ...sweptUses(facts, RENEWAL.millis, RENEWAL.nights),
    // A full wallet forfeits at each renewal, which is an event of its own.
    ...publishedUses(facts, { records: 1, events: 2, recordsAtOnce: 100 }),
    ...storedUses(STORED_KILOBYTES.entry, months),
  ];
  return [
    [memberPriceOf(facts.plan), 1],
    ...(facts.hasPage
      ? ([
          ['edgeRequest', files],
          ['edgeFunction', files],
          ['edgeGigabyteOut', (visits * kilobytesAVisit) / KILOBYTES_PER_GIGABYTE],
        ] as const)
      : []),
    ...runOf(facts, { mebibytes: facts.mebibytes.trigger, millis: triggerMillis, times: visits * tokensAVisit }),
    ...times(renewal, walletsAMember),
  ];
}

/** A request to the API, all the way: the edge, the gateway, the function and their lines in the logs. */
function callUses(facts: Facts, { millis, kilobytes }: { readonly millis: number; readonly kilobytes: number }): Use[] {
  const gigabytes = kilobytes / KILOBYTES_PER_GIGABYTE;
  return [
    ['apiRequest', 1],
    ...(facts.hasPage
      ? ([
          ['edgeRequest', 1],
          ['edgeGigabyteOut', gigabytes],
        ] as const)
      : ([['gigabyteOut', gigabytes]] as const)),
    ...runOf(facts, { mebibytes: facts.mebibytes.api, millis, times: 1, logKilobytes: ASSUMPTIONS.accessLogKilobytes }),
  ];
}

type Run = {
  readonly mebibytes: number;
  readonly millis: number;
  readonly times: number;
  /** Besides the function's own lines. */
  readonly logKilobytes?: number;
};

function runOf({ logDays }: Facts, { mebibytes, millis, times: runs, logKilobytes = 0 }: Run): Use[] {
  const logged = (runs * (ASSUMPTIONS.functionLogKilobytes + logKilobytes)) / KILOBYTES_PER_GIGABYTE;
  const billedMillis = millis + ASSUMPTIONS.coldShare * ASSUMPTIONS.coldMillis;
  return [
    ['lambdaRequest', runs],
    ['lambdaGigabyteSecond', (runs * (mebibytes / 1_024) * billedMillis) / 1_000],
    ['logGigabyte', logged],
    ['logGigabyteMonth', (logged * logDays) / DAYS_PER_MONTH],
  ];
}

type Published = { readonly records: number; readonly events: number; readonly recordsAtOnce?: number };

/** Lambda reads the stream for nothing. At a few records a second, each comes alone. */
function publishedUses(facts: Facts, { records, events, recordsAtOnce = 1 }: Published): Use[] {
  const runs = records / recordsAtOnce;
  const millis = ASSUMPTIONS.publisherMillis + ASSUMPTIONS.publisherMillisPerRecord * recordsAtOnce;
  return [['event', events], ...runOf(facts, { mebibytes: facts.mebibytes.publisher, millis, times: runs })];
}

/** A worker's part for one key, and the key's part of its messages: `nights` times a send, a receive and a delete. */
function sweptUses(facts: Facts, millis: number, nights = 1): Use[] {
  const runs = nights / BACK_OF_BOOKS.keysARun;
  return [
    ['sqsRequest', 3 * runs],
    ['lambdaRequest', runs],
    ['lambdaGigabyteSecond', ((facts.mebibytes.worker / 1_024) * millis) / 1_000],
  ];
}

const unitsOf = ({ writeUnits, readUnits }: Operation): Use[] => [
  ['writeUnit', writeUnits],
  ['readUnit', readUnits],
];

function storedUses(kilobytes: number, months: number): Use[] {
  const gigabytes = (kilobytes * months) / KILOBYTES_PER_GIGABYTE;
  return [
    ['tableGigabyte', gigabytes],
    ['recoveryGigabyte', gigabytes],
  ];
}

const times = (uses: readonly Use[], factor: number): readonly Use[] =>
  uses.map(([price, units]) => [price, factor * units]);
