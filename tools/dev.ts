/**
 * `npm run dev`: the local system, and in front of it the page from its sources, until Ctrl-C. `PORT` and `DATA_DIR` are the
 * system's, as for `npm start`. `PAGE_PORT` is the page's.
 */
import { fileURLToPath } from 'node:url';
import { codeOf, LocalFailure } from '../local/failure.ts';
import { dataDirIn } from '../local/state-folder.ts';
import { startLocalSystem } from '../local/system.ts';
import { startDevServer } from '../web/dev-server.ts';
import { runCommand, type Verdict } from './command.ts';
import { ENGINE_OPTION, engineOf } from './engine-option.ts';
import type { OptionTable, ValuesOf } from './options.ts';
import { DEFAULT_PORT, portIn, stopAsked, untilStopped } from './until-stopped.ts';

const DEFAULT_PAGE_PORT = 5173;

/** The system serves `config.json` only beside files of a page. These are the ones that need no build. */
const PAGE_DIR = fileURLToPath(new URL('../web/public', import.meta.url));

/** A signal during the start takes effect after it, so that everything stops in order. */
const asked = stopAsked();

const OPTIONS = { engine: ENGINE_OPTION } as const satisfies OptionTable;

async function serve(options: ValuesOf<typeof OPTIONS>): Promise<Verdict> {
  await using cleanup = new AsyncDisposableStack();
  const dataDir = dataDirIn(process.env);
  const pagePort = portIn('PAGE_PORT', DEFAULT_PAGE_PORT);
  const system = await startLocalSystem({
    engine: engineOf(options.engine),
    dataDir,
    port: portIn('PORT', DEFAULT_PORT),
    pageDir: PAGE_DIR,
  });
  cleanup.defer(system.stop);
  const page = await startDevServer(system.baseUrl, pagePort).catch((error: unknown) => {
    const code = codeOf(error);
    if (code === 'unknown') throw error;
    throw new LocalFailure(`port ${pagePort} cannot be used (${code}): set PAGE_PORT to another one`);
  });
  cleanup.defer(page.close);
  console.log(`
The page is at ${page.url}, and shows a change of its sources at once.
The API is at ${system.baseUrl}. It takes a new start to show a change.
The books are in ${dataDir}, and the local time is ${system.clock.now()}. Ctrl-C stops both.
`);
  await untilStopped(asked, system);
  return 'done';
}

await runCommand({
  name: 'dev',
  call: 'npm run dev',
  does: `Runs the system on this machine until Ctrl-C, and serves its page from the sources. The page shows a change at once.

    PORT and PAGE_PORT say where the two listen (default ${DEFAULT_PORT} and ${DEFAULT_PAGE_PORT}; 0 is any port that is
    free). DATA_DIR names the folder of the books (default .local).`,
  options: OPTIONS,
  run: serve,
});
// A system that could not start may have left something behind that would keep the process alive.
process.exit();
