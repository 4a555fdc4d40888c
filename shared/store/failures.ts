/** The meaning of DynamoDB's failures for the store (docs.aws.amazon.com: Programming.Errors, transaction-apis). */
import { BusyError, type FailedCall, LostRaceError } from './store.ts';

/** A transaction cancelled for these alone met another writer, so the right thing is to read and decide again. */
const RACE_REASONS: readonly string[] = ['None', 'ConditionalCheckFailed', 'TransactionConflict'];
const THROTTLE_REASONS: readonly string[] = ['ThrottlingError', 'ProvisionedThroughputExceeded'];

const RACE_NAMES: readonly string[] = ['ConditionalCheckFailedException', 'TransactionConflictException'];
const BUSY_NAMES: readonly string[] = [
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TransactionInProgressException',
  'InternalServerError',
  'ServiceUnavailable',
  'TimeoutError',
  'AbortError',
];
/** Node's names for a broken connection. It is unknown whether the write arrived. */
const BUSY_CODES: readonly string[] = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'];

type SdkError = Error & {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
  readonly CancellationReasons?: readonly { readonly Code?: string }[];
};

/** A call, with the table of each of its items. */
export type Call = { readonly operation: string; readonly tables: readonly string[] };

/**
 * LostRaceError, BusyError, or the error itself when it is neither. The last is a fault of ours, and is to be seen as
 * one.
 */
export function meaningOf(error: unknown, call: Call): unknown {
  if (!(error instanceof Error)) return error;
  const { name, code = '', $metadata, CancellationReasons = [] } = error as SdkError;
  if (name === 'TransactionCanceledException') {
    const reasons = CancellationReasons.map((reason) => reason.Code ?? 'None');
    const because = { cause: error, call: failedTransaction(error, call, reasons) };
    if (reasons.every((reason) => RACE_REASONS.includes(reason))) return new LostRaceError(reasons.join(), because);
    if (reasons.some((reason) => THROTTLE_REASONS.includes(reason))) return new BusyError(reasons.join(), because);
    return error;
  }
  const awsError = BUSY_CODES.includes(code) ? code : name;
  const because = { cause: error, call: failedCall(call, { awsError, attempts: $metadata?.attempts }) };
  if (RACE_NAMES.includes(name)) return new LostRaceError(name, because);
  const unreachable = BUSY_NAMES.includes(name) || BUSY_CODES.includes(code);
  return unreachable || ($metadata?.httpStatusCode ?? 0) >= 500 ? new BusyError(name, because) : error;
}

export const failedCall = (
  { operation, tables }: Call,
  how: Pick<FailedCall, 'awsError' | 'attempts'>,
): FailedCall => ({ operation, table: [...new Set(tables)].join(', '), ...how });

/** Names the tables whose items cancelled the transaction, with the reasons. */
function failedTransaction(error: SdkError, { operation, tables }: Call, reasons: readonly string[]): FailedCall {
  const failed = reasons.flatMap((reason, index) => (reason === 'None' ? [] : [{ reason, table: tables[index] }]));
  const guilty = { operation, tables: failed.map(({ table = 'unknown' }) => table) };
  const awsError = [...new Set(failed.map(({ reason }) => reason))].join(', ');
  return failedCall(guilty, { awsError, attempts: error.$metadata?.attempts });
}
