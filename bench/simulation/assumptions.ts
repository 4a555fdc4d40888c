/**
 * The figures of AWS that the simulation assumes, each with its source. Times are milliseconds. A figure that cannot be
 * known without an account is on the cautious side, and its comment says *taken*.
 */

export type Latency = { readonly medianMillis: number; readonly p99Millis: number };

/**
 * Log-normal. AWS publishes averages only: "single-digit milliseconds" for most atomic operations, PutItem among them
 * (repost.aws/knowledge-center/dynamodb-high-latency), as DynamoDB sees it. The percentiles are taken, and leave room for
 * the way to it and back. A page of the index is a hundred times the size of a tail. Nothing is published of SQS.
 */
export const LATENCIES = {
  query: { medianMillis: 4, p99Millis: 15 },
  put: { medianMillis: 6, p99Millis: 25 },
  page: { medianMillis: 15, p99Millis: 60 },
  send: { medianMillis: 12, p99Millis: 60 },
} as const satisfies Record<string, Latency>;

/**
 * Of one whole processor. On a busy machine of two cores, `npm run bench:sweeps` measures 1.2 to 1.4 ms a wallet, which is
 * two calls. A thousand listed keys take 11 to 14 ms. Lambda's arm64 processor is taken to be no faster.
 */
export const PROCESSOR_MILLIS = { call: 0.65, page: 14 } as const;

/** 1,769 MB is one processor (docs.aws.amazon.com, configuration-memory). infra/service/sweeps.ts has the other figures. */
export const MEBIBYTES_PER_PROCESSOR = 1769;
export const WORKER_MEBIBYTES = 1769;
export const LISTER_MEBIBYTES = 512;
export const LISTERS_AT_ONCE = 2;

/** The floor is 121 ms, and the best published figure with one SDK client is 375 ms. Lambda bills it. */
export const COLD_START_MILLIS = 500;

/** Between two invocations of one worker, the mapping deletes, receives and invokes. Taken. */
export const BETWEEN_INVOCATIONS_MILLIS = 30;

/** A mapping begins with five invocations and adds up to 300 a minute (docs.aws.amazon.com, services-sqs-scaling). */
export const FIRST_INVOCATIONS = 5;
export const MORE_INVOCATIONS_A_MINUTE = 300;

/**
 * The SDK's standard retries, as installed. There are three attempts (shared/store/database.ts), with a wait of up to 1 s
 * after the first and of up to 2 s after the second. Each retry takes 5 of the client's 500 tokens, and without tokens there
 * is none. A success gives back what its retry took, or 1.
 */
export const SDK = { attempts: 3, firstWaitMillis: 1_000, tokens: 500, retryTokens: 5 } as const;

export type UnitsPerSecond = { readonly writes: number; readonly reads: number };

/**
 * A new table on demand, and the most that a table may have without asking (docs.aws.amazon.com: on-demand-capacity-mode,
 * ServiceQuotas). Within thirty minutes a table takes twice its previous peak. Here that is, at the end of each half hour,
 * twice its busiest minute. Capacity saved up is taken to last for one second. AWS says up to 300, and promises none.
 */
export const NEW_TABLE: UnitsPerSecond = { writes: 4_000, reads: 12_000 };
export const TABLE_QUOTA: UnitsPerSecond = { writes: 40_000, reads: 40_000 };
export const GROWTH_MILLIS = 30 * 60_000;
export const BURST_SECONDS = 1;

/** A thousand entries of the index `renewals`: four keys and their names, some 100 bytes each. */
export const INDEX_BYTES_PER_KEY = 100;
