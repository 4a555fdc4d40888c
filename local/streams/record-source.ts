/** A source of records of the tables' streams. */
import type { DynamoDBRecord } from 'aws-lambda';

export type RecordSource = {
  /** The next batches in order, or none if there are none yet. */
  readonly next: () => Promise<readonly RecordBatch[]>;
  /** Resolves when another call of `next` may find records, or when the signal ends the wait. */
  readonly wait: (signal: AbortSignal) => Promise<void>;
};

/** Records of one table, as Lambda's event source mapping gives them to the function: at most `MAX_RECORDS`. */
export type RecordBatch = {
  readonly table: string;
  readonly records: readonly DynamoDBRecord[];
  /** Called when the function has them. Until then a new start gives them again, if the source can. */
  readonly settle: () => void;
};
