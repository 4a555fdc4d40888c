/** Restores all tables of a stage to an instant, beside those that it uses, and makes them fit to take their place. */
import type { StreamViewType, TableDescription } from '@aws-sdk/client-dynamodb';
import { nameIn } from '../../infra/names.ts';
import { type RestoredTables, tableNameIn } from '../../infra/restored.ts';
import type { Stage } from '../../infra/stages.ts';
import { LocalFailure } from '../../local/failure.ts';
import { TABLE_DEFINITIONS } from '../../local/table-definitions.ts';
import { TABLES, type TableName } from '../../shared/contract/tables.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Patience } from '../../shared/store/retry.ts';
import type { OnProgress } from '../progress.ts';
import {
  applyRest,
  type Control,
  checkWindow,
  describe,
  isReady,
  readSettings,
  type Settings,
  startRestore,
  turnOn,
  warmUp,
} from './table-control.ts';

export type Move = { readonly table: TableName; readonly source: string; readonly target: string };

export type World = Pick<Patience, 'pause'> & { readonly control: Control; readonly onProgress?: OnProgress };

/** `2026-11-27T09:00:00.000Z` as `20261127t090000z`, because a table's name has no colons. */
export const stampOf = (at: Instant): string =>
  at
    .replaceAll(/[-:]|\.000/g, '')
    .replace('.', '')
    .toLowerCase();

/** Throws a LocalFailure where a table cannot be restored to that instant. It changes nothing. */
export async function planRestore(control: Control, stage: Stage, to: Instant): Promise<readonly Move[]> {
  // DynamoDB restores to whole seconds (docs.aws.amazon.com, API_RestoreTableToPointInTime).
  if (!to.endsWith('.000Z')) throw new LocalFailure(`a stage is restored to a whole second, and not to ${to}`);
  const moves = TABLES.map((table) => ({
    table,
    source: tableNameIn(stage, table),
    target: `${nameIn(stage, table)}-${stampOf(to)}`,
  }));
  const done = moves.find(({ source, target }) => source === target);
  if (done) throw new LocalFailure(`stage ${stage.name} uses ${done.target} already`);
  for (const { source } of moves) await checkWindow(control, source, to);
  return moves;
}

/** A run that was cut short can be made again. It goes on with the tables that are there. */
export async function restoreStage(moves: readonly Move[], to: Instant, world: World): Promise<RestoredTables> {
  const { control } = world;
  for (const { source, target } of moves) {
    if (!(await describe(control, target))) await startRestore(control, source, target, to);
  }
  let ready = 0;
  const restored = moves.map(async (move) => {
    await untilReady(move.target, world);
    const table = await equip(move, world);
    ready += 1;
    world.onProgress?.('tables ready', ready, moves.length);
    return [move.table, restoredOf(table)] as const;
  });
  world.onProgress?.('tables ready', ready, moves.length);
  return Object.fromEntries(await Promise.all(restored));
}

function restoredOf({ TableName: tableName = '', LatestStreamArn: streamArn }: TableDescription) {
  return { tableName, ...(streamArn !== undefined && { streamArn }) };
}

/** Gives the restored table all that its source has, step by step, because a table takes one change at a time. */
async function equip({ table, source, target }: Move, world: World): Promise<TableDescription> {
  const { control } = world;
  const settings = await settingsOf(source, control);
  const stream: StreamViewType | undefined = TABLE_DEFINITIONS[table].StreamSpecification?.StreamViewType;
  const steps = [
    (made: TableDescription) => turnOn(control, made, { isProtected: settings.isProtected, stream }),
    (made: TableDescription) => warmUp(control, made, settings),
  ];
  for (const step of steps) {
    if (await step(await existing(target, control))) await untilReady(target, world);
  }
  await applyRest(control, await existing(target, control), settings);
  return existing(target, control);
}

const settingsOf = async (source: string, control: Control): Promise<Settings> =>
  readSettings(control, await existing(source, control));

async function existing(name: string, control: Control): Promise<TableDescription> {
  const table = await describe(control, name);
  if (!table) throw new LocalFailure(`there is no table ${name}`);
  return table;
}

const POLL_MILLIS = 10_000;
/** A day. AWS says that most restores end within an hour, and large tables may take several. */
const MAX_POLLS = 24 * 360;

/** Throws a LocalFailure if the table is not ready after a day. The same command then goes on with it. */
async function untilReady(name: string, { control, pause }: World): Promise<void> {
  for (let polls = 0; polls < MAX_POLLS; polls += 1) {
    const table = await describe(control, name);
    if (table && isReady(table)) return;
    await pause(POLL_MILLIS);
  }
  throw new LocalFailure(`${name} is not ready after a day: run the same command again`);
}
