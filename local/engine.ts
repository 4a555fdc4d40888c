/** An engine keeps the tables of a local system, and gives the records of their streams. */
import type { DocumentClient, TableNames } from '../shared/store/database.ts';
import type { RecordSource } from './streams/record-source.ts';

export const ENGINES = ['sqlite', 'dynamodb'] as const;
export type EngineName = (typeof ENGINES)[number];
export const DEFAULT_ENGINE: EngineName = 'sqlite';

export type Engine = {
  readonly client: DocumentClient;
  readonly tables: TableNames;
  /** From the call on, every change of a table with a stream comes out of one of the sources, as do those not yet settled. */
  readonly openSources: () => Promise<readonly RecordSource[]>;
  /** Settles with the reason if the engine ends before a call of `stop`. */
  readonly broken: Promise<string>;
  readonly stop: () => Promise<void>;
};
