/** `npm run check:engines`: whether SQLite and DynamoDB Local do the same with the same commands. */
import '../../local/telemetry-settings.ts';
import { newAccessKey } from '../../local/dynamodb/access-key.ts';
import { localClient, startDynamoDbLocal } from '../../local/dynamodb/dynamodb-local.ts';
import { createTables } from '../../local/dynamodb/tables.ts';
import { sqliteInMemory } from '../../local/sqlite/sqlite-engine.ts';
import { runCommand, type Verdict } from '../command.ts';
import { type OptionTable, type ValuesOf, wholeNumber } from '../options.ts';
import { withProgress } from '../progress.ts';
import { compareEngines, type Difference } from './compare.ts';

const OPTIONS = {
  commands: { takes: 'N', kind: wholeNumber(1), default: '50000', does: 'how many, over all worlds' },
  seed: { takes: 'N', kind: wholeNumber(0), default: '1', does: 'what chance begins with' },
} as const satisfies OptionTable;

/** Each has tables of its own, and plays its commands one after the other. Together they keep DynamoDB Local busy. */
const WORLDS = 8;

async function check({ commands, seed }: ValuesOf<typeof OPTIONS>): Promise<Verdict> {
  await using cleanup = new AsyncDisposableStack();
  const dynamo = await startDynamoDbLocal({ longRun: true });
  cleanup.defer(dynamo.stop);
  const worlds = Array.from({ length: Math.min(WORLDS, commands) }, (_, world) => world);
  const differences = await withProgress(async (onProgress) => {
    let done = 0;
    const onDone = () => {
      done += 1;
      onProgress('commands on two engines', done, commands);
    };
    return Promise.all(
      worlds.map(async (world) => {
        const client = localClient({ endpoint: dynamo.endpoint, accessKeyId: newAccessKey() });
        using sqlite = sqliteInMemory();
        const databases = [sqlite, { client, tables: await createTables(client) }] as const;
        const count = Math.ceil((commands - world) / worlds.length);
        const difference = await compareEngines(databases, { commands: count, seed: seed + world, onDone });
        client.destroy();
        return difference && tell(difference, seed + world);
      }),
    );
  });
  const found = differences.filter((difference) => difference !== undefined);
  for (const difference of found) process.stderr.write(difference);
  if (found.length === 0) console.log(`${commands} commands: equal outcomes, equal tables, audit clean`);
  return found.length === 0 ? 'done' : 'found';
}

const tell = ({ after, what, outcomes: [sqlite, dynamodb] }: Difference, seed: number): string =>
  `check:engines: --seed ${seed}, command ${after}: ${what}\n  sqlite   ${sqlite}\n  dynamodb ${dynamodb}\n`;

await runCommand({
  name: 'check:engines',
  call: 'npm run check:engines',
  does: `Plays random commands on SQLite and on DynamoDB Local, and compares every outcome and in the end the tables. Some are
    calls of the use cases, and others are reads and writes with random conditions.

    It needs Java 17. 50,000 commands take some two minutes.`,
  options: OPTIONS,
  finds: 'the two engines differ',
  run: check,
});
