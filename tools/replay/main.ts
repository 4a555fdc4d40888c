/** `npm run replay`: a message log through the system's own use cases, and the books that come of it. */
import '../../local/telemetry-settings.ts';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import cliProgress from 'cli-progress';
import { audit } from '../../shared/domain/audit.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { inOrder, ReplayDriver, type ReplayEvent } from './driver.ts';
import { startEngine } from './engine.ts';
import { readMessages, readSubscriptions } from './log.ts';
import { type ReplayOptions, readOptions, USAGE } from './options.ts';
import { booksAsOf, ledgerCsv, summaryOf, walletsCsv } from './statement.ts';
import { startSweeper } from './sweeper.ts';

async function runReplay(options: ReplayOptions): Promise<void> {
  const { asOf, out } = options;
  // Both files are read and checked whole first: a bad line stops the replay before anything is written anywhere.
  const messages = (await readMessages(options.messages)).slice(0, options.limit);
  const events = inOrder(await readSubscriptions(options.subscriptions, RULES), messages).filter(
    ({ at }) => at <= asOf,
  );
  await using cleanup = new AsyncDisposableStack();
  const engine = await startEngine(options.engine);
  cleanup.defer(engine.stop);
  const { store } = engine;
  const sweeper = await startSweeper({ store, rules: RULES }, options);
  cleanup.defer(sweeper.stop);
  const driver = new ReplayDriver({ store, rules: RULES, start: events[0]?.at ?? asOf, runSweep: sweeper.runSweep });
  await withProgress(events, asOf, driver);
  const books = booksAsOf(await engine.books(), asOf, RULES);
  const violations = audit(books, RULES);
  for (const { invariant, where, what } of violations.slice(0, 20)) console.error(`${invariant} ${where}: ${what}`);
  if (violations.length > 0) throw new Error(`the books are not clean: ${violations.length} violations`);
  const summary = summaryOf(books, driver.refused, asOf, RULES);
  await writeAll(out, {
    'summary.json': `${JSON.stringify(summary, null, 2)}\n`,
    'wallets.csv': walletsCsv(books),
    'ledger.csv': ledgerCsv(books),
  });
  console.log(`${out}: ${books.entries.length} entries, ${books.inmails.length} InMails, audit clean`);
}

/** A bar where somebody watches; elsewhere silence, so that a log stays readable. */
async function withProgress(events: readonly ReplayEvent[], asOf: Instant, driver: ReplayDriver): Promise<void> {
  const format = 'replaying {bar} {percentage}% | {value} of {total} events | {at} | {eta_formatted} left';
  const bar = new cliProgress.SingleBar(
    { format, noTTYOutput: false, clearOnComplete: true },
    cliProgress.Presets.shades_classic,
  );
  bar.start(events.length, 0, { at: '' });
  try {
    await driver.playAll(events, ({ at }) => bar.increment({ at: at.slice(0, 10) }));
    await driver.sweepUntil(asOf);
  } finally {
    bar.stop();
  }
}

/** All files are written beside their places first, so that none of them is ever half there. */
async function writeAll(directory: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, `${name}.part`), text);
  for (const name of Object.keys(files)) await rename(join(directory, `${name}.part`), join(directory, name));
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options) await runReplay(options);
  else process.stdout.write(USAGE);
} catch (error) {
  console.error(`replay: ${(error as Error).message}`);
  process.exitCode = 1;
}
