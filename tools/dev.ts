/**
 * `npm run dev`: the local system, and in front of it the page from its sources, until Ctrl-C. `PORT` and `DATA_DIR` are the
 * system's, as for `npm start`. `PAGE_PORT` is the page's.
 */
import { fileURLToPath } from 'node:url';
import { codeOf, LocalFailure } from '../local/failure.ts';
import { dataDirIn } from '../local/state-folder.ts';
import { startLocalSystem } from '../local/system.ts';
import { startDevServer } from '../web/dev-server.ts';

const DEFAULT_PORT = 3000;
const DEFAULT_PAGE_PORT = 5173;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The system serves `config.json` only beside files of a page. These are the ones that need no build. */
const PAGE_DIR = fileURLToPath(new URL('../web/public', import.meta.url));

/** A signal during the start takes effect after it, so that everything stops in order. */
const asked = new Promise<'asked'>((stop) => {
  for (const signal of SIGNALS) process.on(signal, () => stop('asked'));
});

async function main(): Promise<void> {
  await using cleanup = new AsyncDisposableStack();
  const dataDir = dataDirIn(process.env);
  const pagePort = portIn('PAGE_PORT', DEFAULT_PAGE_PORT);
  const system = await startLocalSystem({ dataDir, port: portIn('PORT', DEFAULT_PORT), pageDir: PAGE_DIR });
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
  const end = await Promise.race([asked, system.broken]);
  if (end !== 'asked') throw new LocalFailure(`DynamoDB Local ended (${end.split('\n', 1)[0]}): start again`);
}

function portIn(name: 'PORT' | 'PAGE_PORT', otherwise: number): number {
  const value = process.env[name] ?? '';
  const port = Number(value || otherwise);
  if (/^\d*$/.test(value) && port <= 65_535) return port;
  throw new LocalFailure(`${name} has to be a number from 0 to 65535, and is ${JSON.stringify(value)}`);
}

try {
  await main();
  process.exit(0);
} catch (error) {
  console.error(error instanceof LocalFailure ? `dev: ${error.message}` : error);
  process.exit(1);
}
