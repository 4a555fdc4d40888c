/** The time of a job changes nothing that others see (I27). Only the facts and their times count. */
import { expect, it } from 'vitest';
import type { DomainEvent } from '../../shared/contract/events.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { eventsOfEntry } from '../../shared/events/from-entry.ts';
import { eventsOfInMail } from '../../shared/events/from-inmail.ts';
import { TestSystem } from '../support/system.ts';

type Jobs = 'on time' | 'after all else' | 'before each act';

const ACTS: readonly (readonly [string, (system: TestSystem) => Promise<unknown>])[] = [
  ['2024-01-31T15:00:00Z', (system) => system.subscribe('ada', 'premium-career')],
  ['2024-02-01T09:00:00Z', (system) => system.send('ada', 'bob')],
  ['2024-02-01T10:00:00Z', (system) => system.send('ada', 'carol')],
  ['2024-02-02T09:00:00Z', (system) => system.send('ada', 'dave')],
  ['2024-03-10T09:00:00Z', (system) => system.respond('bob', 'ada~bob~000001')],
  // A day after the end of its window.
  ['2024-05-02T12:00:00Z', (system) => system.respond('carol', 'ada~carol~000001')],
  ['2024-05-03T12:00:00Z', (system) => system.subscribe('ada', 'premium-business')],
  ['2024-06-20T12:00:00Z', (system) => system.cancel('ada', 'premium')],
];

const runJobs = async (system: TestSystem) => {
  await system.sweep('expire-inmails', 24 * 400);
  await system.sweep('renew-wallets', 24 * 31);
};

/** The ids and contents of all events, with the jobs run at these times. */
async function told(jobs: Jobs): Promise<DomainEvent[]> {
  const system = new TestSystem('2024-01-31T15:00:00Z');
  const events: DomainEvent[] = [];
  const transact = system.books.transact.bind(system.books);
  // The input of the publisher: the images before and after each change of an InMail.
  system.books.transact = async (changes) => {
    const before = new Map(system.books.books().inmails.map((inmail) => [inmail.inmailId, inmail]));
    await transact(changes);
    for (const inmail of system.books.books().inmails) {
      events.push(...eventsOfInMail(before.get(inmail.inmailId), inmail, RULES));
    }
  };
  for (const [at, act] of ACTS) {
    system.at(at);
    if (jobs === 'before each act') await runJobs(system);
    await act(system);
    if (jobs === 'on time') await runJobs(system);
  }
  system.at('2024-08-01T00:35:00Z');
  await runJobs(system);
  expect(system.audit()).toEqual([]);
  events.push(...system.books.books().entries.flatMap((entry) => eventsOfEntry(entry, RULES)));
  return events.toSorted((one, other) => (one.eventId < other.eventId ? -1 : 1));
}

it('the same events are told, whenever the renew and expire jobs have run', async () => {
  const onTime = await told('on time');
  expect(onTime.map(({ eventId }) => eventId)).toContain('ada~carol~000001#expired');
  expect(new Set(onTime.map(({ eventId }) => eventId)).size).toBe(onTime.length);
  expect(await told('after all else')).toEqual(onTime);
  expect(await told('before each act')).toEqual(onTime);
});
