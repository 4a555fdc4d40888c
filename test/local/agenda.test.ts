import { describe, expect, it } from 'vitest';
import { createAgenda } from '../../local/clock/agenda.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';

const agenda = (renewalDays: number[], sentAts: string[] = []) =>
  createAgenda({ renewalDays: new Set(renewalDays), sentAts: sentAts.map((at) => instant(at)) }, RULES);
const noon = (date: string) => `${date}T12:00:00.000Z` as Instant;
const midnight = (date: string) => `${date}T00:00:00.000Z` as Instant;

describe('when wallets renew next', () => {
  it.each<[string, number[], string, string | undefined]>([
    ['nobody has a subscription', [], '2027-01-31', undefined],
    ['the day is in this month', [20], '2027-01-19', '2027-01-20'],
    ['the day was today', [20], '2027-01-20', '2027-02-20'],
    ['the next month lacks the day', [31], '2027-01-31', '2027-02-28'],
    ['the next month lacks the day, in a leap year', [30], '2028-01-30', '2028-02-29'],
    ['the month after has it again', [31], '2027-02-28', '2027-03-31'],
    ['a month of 30 days lacks it', [31], '2027-03-31', '2027-04-30'],
    ['several days are in use', [5, 28, 31], '2027-02-05', '2027-02-28'],
    ['the year ends', [1], '2027-12-01', '2028-01-01'],
  ])('%s', (_, days, covered, expected) => {
    expect(agenda(days)('renew-wallets', noon(covered))).toBe(expected && midnight(expected));
  });
});

describe('when the next InMail needs something', () => {
  const sent = ['2027-03-01T12:00:00.000Z', '2027-02-01T12:00:00.000Z'];

  it.each<[string, 'remind-recipients' | 'expire-inmails', string, string | undefined]>([
    [
      'reminds 71 h after the send, the earliest first',
      'remind-recipients',
      '2027-02-01T12:00:00.000Z',
      '2027-02-04T11:00:00.000Z',
    ],
    ['goes on to the next one', 'remind-recipients', '2027-02-04T11:00:00.000Z', '2027-03-04T11:00:00.000Z'],
    ['has nobody left to remind', 'remind-recipients', '2027-03-04T11:00:00.000Z', undefined],
    ['expires just after 90 days', 'expire-inmails', '2027-02-01T12:00:00.000Z', '2027-05-02T12:00:00.001Z'],
    ['has nothing left to expire', 'expire-inmails', '2027-05-30T12:00:00.001Z', undefined],
  ])('%s', (_, sweep, covered, expected) => {
    expect(agenda([], sent)(sweep, covered as Instant)).toBe(expected);
  });
});
