/**
 * Every request gets a true response, whatever happens to its writes: conflicts, lost responses, throttling (F4–F8,
 * I12–I15).
 */
import { describe, expect, it } from 'vitest';
import { BusyError, LostRaceError, type Store } from '../../shared/store/store.ts';
import { type Answer, partsOf, TestSystem } from '../support/system.ts';

type Command = (system: TestSystem) => Promise<Answer>;

const pair = { memberId: 'ada', otherId: 'dan' };
const inmailId = 'ada~bob~000001';
const billing = { as: 'desk', scopes: ['billing'] } as const;

const COMMANDS: [string, Command][] = [
  ['a send', (system) => system.send('ada', 'eve', { key: 'K' })],
  ['a response', (system) => system.respond('bob', inmailId)],
  ['a first subscription', (system) => system.subscribe('eve', 'recruiter-lite')],
  ['a change of plan', (system) => system.subscribe('ada', 'premium-business')],
  ['a cancellation', (system) => system.cancel('ada', 'premium')],
  ['a hiding', (system) => system.call('hide-inmail', { as: 'bob', path: { inmailId } })],
  ['a connection', (system) => system.call('put-connection', { ...billing, path: pair })],
  ['the end of a connection', (system) => system.call('delete-connection', { ...billing, path: pair })],
];

/** Noon after two renewals, and noon after more renewals than one transaction holds. */
const NOWS = ['2024-03-10T12:00:00Z', '2032-09-10T12:00:00Z'];

/** Fails the commit of one index, before or after it has written. */
function failing(index: number, moment: 'before' | 'after', error: Error) {
  const state = { commits: 0, failed: false, isOn: false };
  const wrap = (store: Store): Store => ({
    ...partsOf(store),
    transact: async (changes) => {
      state.commits += state.isOn ? 1 : 0;
      const fails = state.isOn && state.commits === index;
      if (!fails || moment === 'after') await store.transact(changes);
      if (!fails) return;
      state.failed = true;
      throw error;
    },
  });
  return { state, wrap };
}

async function played(now: string, command: Command, { state, wrap }: ReturnType<typeof failing>) {
  const system = new TestSystem('2024-01-10T09:00:00Z', wrap);
  await system.subscribe('ada', 'premium-career');
  await system.at(now === NOWS[0] ? '2024-01-11T09:00:00Z' : '2024-01-12T09:00:00Z').send('ada', 'bob');
  system.at(now);
  state.isOn = true;
  const answer = await command(system);
  state.isOn = false;
  return { system, answer };
}

const never = () => failing(0, 'before', new LostRaceError('never'));
const seen = ({ status, text }: Answer) => [status, text];

describe.each(NOWS)('requests at %s', (now) => {
  it.each(COMMANDS)('the response to %s is the same if any one write meets another', async (_, command) => {
    const whole = await played(now, command, never());
    for (const moment of ['before', 'after'] as const) {
      for (let index = 1; ; index += 1) {
        const fault = failing(index, moment, new LostRaceError('TransactionConflictException'));
        const { system, answer } = await played(now, command, fault);
        expect([moment, index, seen(answer)]).toEqual([moment, index, seen(whole.answer)]);
        expect(system.books.books()).toEqual(whole.system.books.books());
        if (!fault.state.failed) break;
      }
    }
  });

  it.each(COMMANDS)(
    'the response to %s is a 503 if the outcome is unknown, and the next response is true',
    async (_, command) => {
      const whole = await played(now, command, never());
      for (const moment of ['before', 'after'] as const) {
        for (let index = 1; ; index += 1) {
          const fault = failing(index, moment, new BusyError('TimeoutError'));
          const { system, answer } = await played(now, command, fault);
          if (!fault.state.failed) break;
          expect([answer.status, answer.headers['retry-after']]).toEqual([503, '1']);
          expect([moment, index, seen(await command(system))]).toEqual([moment, index, seen(whole.answer)]);
          expect(system.books.books()).toEqual(whole.system.books.books());
          expect(system.audit()).toEqual([]);
        }
      }
    },
  );
});
