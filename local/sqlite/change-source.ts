/** The change log as the source of all streams. It keeps the order of the commits, also between two tables. */
import { MAX_RECORDS } from '../../shared/contract/events.ts';
import type { RecordBatch, RecordSource } from '../streams/record-source.ts';
import type { ChangeLog, LoggedRecord } from './change-log.ts';

export function changeSource(log: ChangeLog): RecordSource {
  return {
    next: async () => runsOf(log.oldest(MAX_RECORDS)).map((run) => batchOf(log, run)),
    wait: (signal) => log.news(signal),
  };
}

type Run = readonly [LoggedRecord, ...LoggedRecord[]];

/** Lambda gets no batch of two streams, so a batch ends where the table changes. */
function runsOf(records: readonly LoggedRecord[]): Run[] {
  const runs: [LoggedRecord, ...LoggedRecord[]][] = [];
  for (const record of records) {
    const run = runs.at(-1);
    if (run?.[0].tableName === record.tableName) run.push(record);
    else runs.push([record]);
  }
  return runs;
}

const batchOf = (log: ChangeLog, run: Run): RecordBatch => ({
  table: run[0].tableName,
  records: run.map(({ record }) => record),
  settle: () => log.settle(Math.max(...run.map(({ sequence }) => sequence))),
});
