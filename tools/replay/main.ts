/** `npm run replay`: takes a message log through the use cases, and writes the books that come of it. */
import '../../local/telemetry-settings.ts';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { audit } from '../../shared/domain/audit.ts';
import type { Violation } from '../../shared/domain/books.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { scanBooks } from '../../shared/store/books.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import { runCommand, type Verdict } from '../command.ts';
import { engineOf } from '../engine-option.ts';
import { withProgress } from '../progress.ts';
import { inOrder, ReplayDriver, type ReplayEvent } from './driver.ts';
import { openTables } from './engine.ts';
import { readMessages, readSubscriptions } from './log.ts';
import { OPTIONS, type ReplayOptions } from './options.ts';
import { booksAsOf, ledgerCsv, summaryOf, walletsCsv } from './statement.ts';
import { startSweeper } from './sweeper.ts';

async function replay(options: ReplayOptions): Promise<Verdict> {
  const { asOf, out } = options;
  // Both files are read and checked whole first, because a bad line must stop the replay before anything is written.
  const messages = (await readMessages(options.messages)).slice(0, options.limit);
  const events = inOrder(await readSubscriptions(options.subscriptions, RULES), messages).filter(
    ({ at }) => at <= asOf,
  );
  await using cleanup = new AsyncDisposableStack();
  const database = cleanup.use(await openTables(engineOf(options.engine), events.length));
  const store = dynamoStore(database);
  const sweeper = await startSweeper({ store, rules: RULES }, options);
  cleanup.defer(sweeper.stop);
  const driver = new ReplayDriver({ store, rules: RULES, start: events[0]?.at ?? asOf, runSweep: sweeper.runSweep });
  await play(events, asOf, driver);
  const books = booksAsOf(await scanBooks(database), asOf, RULES);
  const violations = audit(books, RULES);
  if (violations.length > 0) return refuse(violations);
  const summary = summaryOf(books, driver.refused, asOf, RULES);
  await writeAll(out, {
    'summary.json': `${JSON.stringify(summary, null, 2)}\n`,
    'wallets.csv': walletsCsv(books),
    'ledger.csv': ledgerCsv(books),
  });
  console.log(`${out}: ${books.entries.length} entries, ${books.inmails.length} InMails, audit clean`);
  return 'done';
}

async function play(events: readonly ReplayEvent[], asOf: Instant, driver: ReplayDriver): Promise<void> {
  let played = 0;
  await withProgress(async (onProgress) => {
    await driver.playAll(events, ({ at }) => {
      played += 1;
      onProgress(`replaying ${at.slice(0, 10)}`, played, events.length);
    });
    await driver.sweepUntil(asOf);
  });
}

/** As many as tell what is wrong. */
const MAX_VIOLATIONS_LISTED = 20;

/** Books that break a rule are not written. */
function refuse(violations: readonly Violation[]): Verdict {
  const listed = violations.slice(0, MAX_VIOLATIONS_LISTED);
  for (const { invariant, where, what } of listed) console.error(`${invariant} ${where}: ${what}`);
  console.error(`replay: the books are not clean: ${violations.length} violations`);
  return 'found';
}

/** All files are written beside their places first, because none of them may ever be half there. */
async function writeAll(directory: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, `${name}.part`), text);
  for (const name of Object.keys(files)) await rename(join(directory, `${name}.part`), join(directory, name));
}

await runCommand({
  name: 'replay',
  call: 'npm run replay',
  does: `Takes a message log through the system's own use cases and writes the books as of an instant.

    Files are UTF-8, as text or gzip. Both are read and checked whole before anything is replayed.`,
  options: OPTIONS,
  finds: 'the books break a rule and are not written',
  run: replay,
});
