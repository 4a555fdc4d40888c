/** `npm run republish`: sends the events of a range of time again, from the books. */
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { nameIn } from '../../infra/names.ts';
import type { Stage } from '../../infra/stages.ts';
import { LocalFailure } from '../../local/failure.ts';
import type { DomainEvent } from '../../shared/contract/events.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { busOf } from '../../shared/events/event-bus.ts';
import { NotTakenError } from '../../shared/events/put-all.ts';
import { SYSTEM } from '../../shared/runtime/runtime.ts';
import { clientSettings } from '../aws/clients.ts';
import { explaining } from '../aws/explained.ts';
import { scanSource } from '../books/scan.ts';
import { openSource } from '../books/source.ts';
import { runCommand, type Verdict } from '../command.ts';
import { isConfirmed } from '../confirm.ts';
import { withProgress } from '../progress.ts';
import { eventsOfBooks, type Republication } from './events-of-books.ts';
import { OPTIONS, type RepublishOptions } from './options.ts';
import { putEvents } from './put.ts';

async function republish({ from, to, yes, ...where }: RepublishOptions): Promise<Verdict> {
  if (from > to) throw new LocalFailure(`--from is after --to: ${from} and ${to}`);
  const found = await readEvents({ from, to }, where);
  process.stderr.write(`${textOf(found)}\n`);
  if (!where.stage) for (const event of found.events) process.stdout.write(`${JSON.stringify(event)}\n`);
  else if (found.events.length > 0) await publish(found.events, where.stage, yes);
  return found.unreadable.length > 0 ? 'found' : 'done';
}

async function readEvents(
  range: Pick<RepublishOptions, 'from' | 'to'>,
  where: Pick<RepublishOptions, 'stage' | 'engine'>,
) {
  await using source = await openSource(where);
  const books = await withProgress((onProgress) => scanSource(source, { onProgress }));
  return eventsOfBooks(books, range, source.now, RULES);
}

function textOf({ events, lateReminders, unreadable }: Republication): string {
  const types = [...Map.groupBy(events, ({ type }) => type)].sort();
  return [
    `${events.length} events`,
    ...types.map(([type, of]) => `  ${type.padEnd(24)}${String(of.length).padStart(10)}`),
    ...(lateReminders > 0 ? [`left out: ${lateReminders} reminders that would come too late (R15)`] : []),
    ...unreadable.map(({ where, what }) => `makes no event: ${where}: ${what}`),
  ].join('\n');
}

async function publish(events: readonly DomainEvent[], stage: Stage, yes: boolean): Promise<void> {
  const name = nameIn(stage, 'events');
  if (!(await isConfirmed(`Put them on the bus ${name}?`, yes))) return;
  // One attempt, because the SDK would repeat all events of a call, and only those that were not taken are to go again.
  const client = new EventBridgeClient({ ...clientSettings(stage), maxAttempts: 1 });
  try {
    const world = { ...SYSTEM, rules: RULES, bus: busOf(client, name) };
    await withProgress((onProgress) => putEvents(events, world, (put) => onProgress('events put', put, events.length)));
    process.stderr.write(`${events.length} events are on the bus ${name}\n`);
  } catch (error) {
    throw error instanceof NotTakenError ? new LocalFailure(`${error.message}: ${error.cause}`) : error;
  } finally {
    client.destroy();
  }
}

await runCommand({
  name: 'republish',
  call: 'npm run -s republish',
  does: `Makes the events of a range of time from the books, with the ids that they had the first time. Consumers drop
    what they have had. On a stage it puts them on the bus, after asking. On this machine it writes them as lines of JSON.

    A renewal bears the midnight at which it fell due, and an expiry the end of its window, however late a sweep wrote
    them. So begin four days before the fault.`,
  options: OPTIONS,
  finds: 'an entry or an InMail makes no event',
  run: (options) => explaining(options.stage, () => republish(options)),
});
