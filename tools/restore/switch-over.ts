/** Writes down which tables a stage uses from its next deployment on. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type RestoredTables, readRestored } from '../../infra/restored.ts';
import type { Stage } from '../../infra/stages.ts';

/** The other stages stay as they are. A reader finds the old file or the new one. */
export function switchOver(file: string, { name }: Pick<Stage, 'name'>, tables: RestoredTables): void {
  const restored = readRestored(JSON.parse(readFileSync(file, 'utf8')));
  const draft = `${file}.part`;
  writeFileSync(draft, `${JSON.stringify({ ...restored, [name]: tables }, null, 2)}\n`);
  renameSync(draft, file);
}
