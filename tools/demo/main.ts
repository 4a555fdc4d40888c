/** `npm run demo`: fills a fresh local system with a telling year of data, through its API and its clock. */
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import cliProgress from 'cli-progress';
import { LocalFailure } from '../../local/failure.ts';
import { makeFolder } from '../../local/state-folder.ts';
import { type LocalSystem, startLocalSystem } from '../../local/system.ts';
import { DAYS_OF_STORY } from './campaigns.ts';
import { PEOPLE } from './story.ts';
import { tellStory } from './tell.ts';

const USAGE = `usage: npm run demo

Makes books with a year of data, for the page to show: members of all plans, InMails answered, late, expired and
pending, changes of plan, a cancellation. Local time begins at the real one and ends a year later, for it goes forward only.

DATA_DIR says where; left out, .local-demo. A folder that holds anything is left as it is.
`;

const DEFAULT_DATA_DIR = '.local-demo';

async function run(): Promise<string> {
  const asNamed = process.env.DATA_DIR || DEFAULT_DATA_DIR;
  const dataDir = resolve(asNamed);
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    throw new LocalFailure(`${dataDir} holds books already: delete it, or name another folder with DATA_DIR`);
  }
  // Made beside its place and moved there whole: what was interrupted is never taken for the demo.
  const draft = `${dataDir}.part`;
  rmSync(draft, { recursive: true, force: true });
  makeFolder(draft);
  const system = await startLocalSystem({ dataDir: draft });
  const told = await tell(system).finally(system.stop);
  renameSync(draft, dataDir);
  return farewell(asNamed, told);
}

type Told = { readonly inmails: number; readonly now: string };

/** With a bar where somebody watches; elsewhere in silence, so that a log stays readable. */
async function tell(system: LocalSystem): Promise<Told> {
  const bar = new cliProgress.SingleBar({
    format: 'a year {bar} day {value} of {total} | {eta_formatted} left',
    noTTYOutput: false,
    clearOnComplete: true,
  });
  bar.start(DAYS_OF_STORY, 0);
  try {
    const inmails = await tellStory(system, ({ day }) => bar.update(day));
    return { inmails, now: system.clock.now() };
  } finally {
    bar.stop();
  }
}

function farewell(asNamed: string, { inmails, now }: Told): string {
  const people = PEOPLE.map(([memberId, what]) => `  ${memberId.padEnd(6)}${what}`).join('\n');
  return `A year of data in ${asNamed}: ${inmails} InMails. Its local time is ${now}.

To see it: DATA_DIR='${asNamed}' npm start
Sign in as one of these, or with a scope to see them all:
${people}
`;
}

try {
  process.stdout.write(process.argv.slice(2).length > 0 ? USAGE : await run());
} catch (error) {
  process.stderr.write(`demo: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
