/**
 * The tables that a stage has been switched over to. `npm run restore` writes `restored.json`, and the stacks and the
 * commands read it. A table that was never restored has its usual name.
 */
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { TABLES, type TableName } from '../shared/contract/tables.ts';
import { nameIn } from './names.ts';
import restored from './restored.json' with { type: 'json' };
import type { Stage } from './stages.ts';

export const RESTORED_FILE = fileURLToPath(new URL('restored.json', import.meta.url));

/** By stage and by our own names of the tables. A table without a stream has no `streamArn`. */
const restoredSchema = z.record(
  z.string(),
  z.partialRecord(z.enum(TABLES), z.strictObject({ tableName: z.string(), streamArn: z.string().optional() })),
);

export type Restored = z.infer<typeof restoredSchema>;
export type RestoredTables = Restored[string];

/** Throws an error that names the part of the file that is wrong. */
export const readRestored = (json: unknown): Restored => restoredSchema.parse(json);

export const restoredTablesOf = ({ name }: Pick<Stage, 'name'>): RestoredTables => readRestored(restored)[name] ?? {};

/** The physical name of the table that the stage reads and writes. */
export const tableNameIn = (stage: Pick<Stage, 'name'>, table: TableName): string =>
  restoredTablesOf(stage)[table]?.tableName ?? nameIn(stage, table);
