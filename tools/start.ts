/** `npm start`: runs the system until Ctrl-C. `PORT` and `DATA_DIR` say where. */
import { dataDirIn } from '../local/state-folder.ts';
import { type LocalSystem, startLocalSystem } from '../local/system.ts';
import { buildPage } from './build-page.ts';
import { runCommand, type Verdict } from './command.ts';
import { ENGINE_OPTION, engineOf } from './engine-option.ts';
import type { OptionTable, ValuesOf } from './options.ts';
import { DEFAULT_PORT, portIn, stopAsked, untilStopped } from './until-stopped.ts';

/** A signal during the start takes effect after it, so that everything stops in order. */
const asked = stopAsked();

const OPTIONS = { engine: ENGINE_OPTION } as const satisfies OptionTable;

async function start(options: ValuesOf<typeof OPTIONS>): Promise<Verdict> {
  const engine = engineOf(options.engine);
  const dataDir = dataDirIn(process.env);
  const port = portIn('PORT', DEFAULT_PORT);
  const pageDir = await buildPage(console.log);
  const system = await startLocalSystem({ engine, dataDir, port, pageDir });
  console.log(welcome(system, dataDir));
  await untilStopped(asked, system).finally(system.stop);
  return 'done';
}

function welcome({ baseUrl, clock }: LocalSystem, dataDir: string): string {
  const sameFolder = process.env.DATA_DIR ? `DATA_DIR='${dataDir}' ` : '';
  return `
InMail credits at ${baseUrl}: open it in a browser
Books in ${dataDir}, local time ${clock.now()}. Ctrl-C stops it.

Try:
  TOKEN=$(${sameFolder}npm run -s token -- ada billing)
  curl -X PUT ${baseUrl}/v1/members/ada/subscriptions/premium -H "authorization: Bearer $TOKEN" \\
    -H 'content-type: application/json' -d '{"plan":"premium-career"}'
  curl -X POST ${baseUrl}/local/clock -d '{"advance":"P31D"}'
  curl ${baseUrl}/v1/members/ada/credits -H "authorization: Bearer $TOKEN"
`;
}

await runCommand({
  name: 'start',
  call: 'npm start',
  does: `Runs the system on this machine until Ctrl-C, and builds its page first where that is needed.

    PORT says where it listens (default ${DEFAULT_PORT}; 0 is any port that is free). DATA_DIR names the folder of the
    books (default .local).`,
  options: OPTIONS,
  run: start,
});
// A system that could not start may have left something behind that would keep the process alive.
process.exit();
