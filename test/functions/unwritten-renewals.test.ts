import { describe, expect, it } from 'vitest';
import { dateInMonth, monthOf } from '../../shared/domain/instant.ts';
import { day } from '../support/domain-builders.ts';
import { type Answer, TestSystem } from '../support/system.ts';

const SIGNED_UP = '2001-03-10T09:00:00Z';

/** Noon of the day on which the wallet's renewal number `renewals` fell due. */
const noonAfter = (renewals: number): string => `${dateInMonth(monthOf(day('2001-03-10')) + renewals, 10)}T12:00:00Z`;

const COMMANDS: [string, number, (system: TestSystem) => Promise<Answer>][] = [
  ['a send', 201, (system) => system.send('ada', 'carol')],
  ['a change of plan', 200, (system) => system.subscribe('ada', 'premium-business')],
  ['a cancellation', 204, (system) => system.cancel('ada', 'premium')],
  ['a late response', 200, (system) => system.respond('bob', 'ada~bob~000001')],
];

// One transaction holds 100 changes: the command's own one, two or three, and the renewals before them.
const AROUND_THE_BOUND = [1, 96, 97, 98, 99, 100, 101, 102, 196, 197, 198, 199, 200, 201, 298, 299, 300];

describe.each(COMMANDS)('%s', (name, status, command) => {
  it.each(AROUND_THE_BOUND)(`${name} succeeds with %i renewals unwritten, and leaves true books`, async (renewals) => {
    const system = new TestSystem(SIGNED_UP);
    await system.subscribe('ada', 'premium-career');
    await system.send('ada', 'bob');
    system.at(noonAfter(renewals));
    expect((await command(system)).status).toBe(status);
    expect(system.audit()).toEqual([]);
  });
});
