/** `npm run demo`: fills a fresh local system with a telling year of data, through its API and its clock. */
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { DEFAULT_ENGINE, type EngineName } from '../../local/engine.ts';
import { LocalFailure } from '../../local/failure.ts';
import { makeFolder } from '../../local/state-folder.ts';
import { type LocalSystem, startLocalSystem } from '../../local/system.ts';
import { runCommand, type Verdict } from '../command.ts';
import { ENGINE_OPTION, engineOf } from '../engine-option.ts';
import type { OptionTable, ValuesOf } from '../options.ts';
import { withProgress } from '../progress.ts';
import { DAYS_OF_STORY } from './campaigns.ts';
import { PEOPLE } from './story.ts';
import { tellStory } from './tell.ts';

const DEFAULT_DATA_DIR = '.local-demo';

const OPTIONS = { engine: ENGINE_OPTION } as const satisfies OptionTable;

async function makeDemo(options: ValuesOf<typeof OPTIONS>): Promise<Verdict> {
  const engine = engineOf(options.engine);
  const asNamed = process.env.DATA_DIR || DEFAULT_DATA_DIR;
  const dataDir = resolve(asNamed);
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    throw new LocalFailure(`${dataDir} holds books already: delete it, or name another folder with DATA_DIR`);
  }
  // The books are made beside their place and moved there whole, because an interrupted demo must not pass for one.
  const draft = `${dataDir}.part`;
  rmSync(draft, { recursive: true, force: true });
  makeFolder(draft);
  const system = await startLocalSystem({ engine, dataDir: draft, isDraft: true });
  const told = await tell(system).finally(system.stop);
  renameSync(draft, dataDir);
  process.stdout.write(farewell(asNamed, engine, told));
  return 'done';
}

type Told = { readonly inmails: number; readonly now: string };

async function tell(system: LocalSystem): Promise<Told> {
  const inmails = await withProgress((onProgress) =>
    tellStory(system, ({ day }) => onProgress('a year of data', day, DAYS_OF_STORY)),
  );
  return { inmails, now: system.clock.now() };
}

function farewell(asNamed: string, engine: EngineName, { inmails, now }: Told): string {
  const people = PEOPLE.map(([memberId, what]) => `  ${memberId.padEnd(6)}${what}`).join('\n');
  return `A year of data in ${asNamed}: ${inmails} InMails. Its local time is ${now}.

To see it: DATA_DIR='${asNamed}' npm start${engine === DEFAULT_ENGINE ? '' : ` -- --engine ${engine}`}
Sign in as one of these, or with a scope to see them all:
${people}
`;
}

await runCommand({
  name: 'demo',
  call: 'npm run demo',
  does: `Makes books with a year of data, for the page to show. There are members of all plans, changes of plan and a
    cancellation. InMails are answered in time or late, have expired, or are pending. Local time begins at the real one
    and ends a year later, because it only goes forward.

    DATA_DIR names the folder of the books (default ${DEFAULT_DATA_DIR}). A folder that holds anything is left as it is.`,
  options: OPTIONS,
  run: makeDemo,
});
