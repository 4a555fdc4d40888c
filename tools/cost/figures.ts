/**
 * The figures behind the sums. The units of the operations are those of docs/design.md, and the sweeps' figures come from the
 * simulation. Tests compare them. All others are taken, because they cannot be known before members come. They are on the cautious side.
 */

export type Operation = { readonly writeUnits: number; readonly readUnits: number };

/** Request units, for items of at most 1 KB. A read is taken to be of two items. */
export const OPERATIONS = {
  send: { writeUnits: 6, readUnits: 3 },
  response: { writeUnits: 5, readUnits: 2 },
  renewal: { writeUnits: 1, readUnits: 1 },
  reminder: { writeUnits: 2, readUnits: 0 },
  expiry: { writeUnits: 2, readUnits: 0 },
  read: { writeUnits: 0, readUnits: 2 },
} as const satisfies Record<string, Operation>;

/** The time of a function for a call, and the size of its response. */
export const CALLS = {
  send: { millis: 50, kilobytes: 3 },
  response: { millis: 40, kilobytes: 3 },
  read: { millis: 30, kilobytes: 5 },
} as const;

/** The keys, the values, and the 100 bytes that DynamoDB adds to each item and to each entry of an index. */
export const STORED_KILOBYTES = { entry: 0.8, inmail: 1.9 } as const;

/** A worker's run takes ten batches of a hundred keys. */
export const BACK_OF_BOOKS = { keysARun: 1_000, millisPerKey: 1.5 } as const;

/**
 * Of a wallet that renews: the night itself and three that look back at it (bench/simulation, "as deployed, warmed" and "the
 * day after"). The milliseconds are those of all four nights, of a worker and its part of the lister. A page of the index is 12.5 units for a thousand wallets.
 */
export const RENEWAL = { nights: 4, millis: 3.85, indexUnits: 0.05 } as const;

/** Lambda polls with five long polls of 20 s at once (docs.aws.amazon.com, services-sqs-scaling). */
export const POLLS_A_MINUTE = 15;

/** A dashboard with more metrics has no part in the free ones. */
export const METRICS_ON_FREE_DASHBOARD = 50;

/** A route with metrics of its own writes six: 4xx, 5xx, Count, DataProcessed, IntegrationLatency and Latency. */
export const HTTP_API_METRICS = 6;

export const ASSUMPTIONS = {
  walletsAMember: 1,
  readsAMember: 20,
  /** The share of sends that are answered. */
  answeredShare: 0.3,
  /** Each visit loads the whole page, compressed, and asks for its tokens twice. */
  visits: 4,
  filesAVisit: 10,
  kilobytesAVisit: 80,
  tokensAVisit: 2,
  triggerMillis: 10,
  pageMegabytes: 1,
  /** Lambda's three lines and the metrics. */
  functionLogKilobytes: 1.1,
  accessLogKilobytes: 0.4,
  /** One call in a hundred starts cold. */
  coldShare: 0.01,
  coldMillis: 500,
  publisherMillis: 30,
  publisherMillisPerRecord: 5,
  emptyListingMillis: 200,
  /** An eventually consistent read that finds nothing. */
  unitsOfEmptyPage: 0.5,
  /** X-Ray records the first request of each second, and 5 % of the others. */
  tracedShare: 0.05,
} as const;
