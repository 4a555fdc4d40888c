/** `npm run check:crashes`: kills the system again and again under load, and looks for what it promised. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { EngineName } from '../../local/engine.ts';
import { openIssuer } from '../../local/identity/issuer.ts';
import { audit } from '../../shared/domain/audit.ts';
import type { Books } from '../../shared/domain/books.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { scanBooks } from '../../shared/store/books.ts';
import { openFolder } from '../books/source.ts';
import { runCommand, type Verdict } from '../command.ts';
import { ENGINE_OPTION, engineOf } from '../engine-option.ts';
import { type OptionTable, type ValuesOf, wholeNumber } from '../options.ts';
import { type OnProgress, withProgress } from '../progress.ts';
import { Writer } from './load.ts';
import { brokenPromises, type Promised } from './promises.ts';
import { startProcess } from './system-process.ts';

const OPTIONS = {
  kills: { takes: 'N', kind: wholeNumber(1, 10_000), default: '200', does: 'how often' },
  engine: ENGINE_OPTION,
} as const satisfies OptionTable;

/** As many as keep both processors of a small machine busy. */
const WRITERS = 6;
/** Long enough for some dozen writes. */
const LONGEST_LIFE_MILLIS = 600;

async function check(options: ValuesOf<typeof OPTIONS>): Promise<Verdict> {
  const engine = engineOf(options.engine);
  const dataDir = mkdtempSync(join(tmpdir(), 'inmail-credits-crashes-'));
  try {
    const { promises, wrong } = await withProgress((onProgress) =>
      killAgainAndAgain(engine, dataDir, options.kills, onProgress),
    );
    const books = await booksIn(dataDir, engine);
    const faults = [
      ...wrong,
      ...brokenPromises(promises, books),
      ...audit(books, RULES).map(({ invariant, where, what }) => `${invariant} ${where}: ${what}`),
    ];
    for (const fault of faults) process.stderr.write(`check:crashes: ${fault}\n`);
    const distinct = new Set(promises.map((promised) => JSON.stringify(promised))).size;
    const counts = `${options.kills} kills, ${distinct} acknowledged writes, ${books.entries.length} entries`;
    console.log(`${engine}: ${counts}, ${faults.length === 0 ? 'none lost, audit clean' : `${faults.length} faults`}`);
    return faults.length === 0 ? 'done' : 'found';
  } finally {
    rmSync(dataDir, { recursive: true });
  }
}

async function killAgainAndAgain(engine: EngineName, dataDir: string, kills: number, onProgress: OnProgress) {
  const writers = Array.from({ length: WRITERS }, (_, index) => ({ name: `writer-${index}`, writer: new Writer() }));
  const promises: Promised[] = [];
  const wrong: string[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    onProgress('kills under load', kill, kills);
    const system = await startProcess(engine, dataDir);
    const { tokenFor } = await openIssuer(dataDir);
    const firstPromise = Promise.withResolvers<void>();
    let isKilled = false;
    const parts = {
      ...{ baseUrl: system.baseUrl, tokenFor, isKilled: () => isKilled },
      onPromise: (promised: Promised) => {
        promises.push(promised);
        firstPromise.resolve();
      },
      onFault: (fault: string) => wrong.push(fault),
    };
    const running = Promise.all(writers.map(({ name, writer }) => writer.run({ ...parts, writer: name })));
    // Every other life is counted from the first promise, so that a slow machine has something to lose. The others are
    // counted from the start, because a kill must fall into the first writes as well.
    if (kill % 2 === 0) await Promise.race([firstPromise.promise, running]);
    await setTimeout(Math.random() * LONGEST_LIFE_MILLIS);
    isKilled = true;
    await system.kill();
    await running;
  }
  return { promises, wrong };
}

async function booksIn(dataDir: string, engine: EngineName): Promise<Books> {
  await using source = await openFolder(dataDir, engine);
  return await scanBooks(source.database);
}

await runCommand({
  name: 'check:crashes',
  call: 'npm run check:crashes',
  does: `Kills npm start with SIGKILL at random moments under load, on one folder, again and again. Then it looks for every write
    that was acknowledged, and audits the books.

    200 kills take some five minutes.`,
  options: OPTIONS,
  finds: 'an acknowledged write is lost, a response is wrong or the books break a rule',
  run: check,
});
