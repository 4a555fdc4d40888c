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
    ['the next renewals are none without a subscription', [], '2027-01-31', undefined],
    ['the next renewals are in this month if its day is still ahead', [20], '2027-01-19', '2027-01-20'],
    ['the next renewals are in the next month if the day was today', [20], '2027-01-20', '2027-02-20'],
    ["the next renewals are on the month's last day if the month lacks the day", [31], '2027-01-31', '2027-02-28'],
    ['the next renewals are on 29 February of a leap year if it lacks the day', [30], '2028-01-30', '2028-02-29'],
    ['the next renewals return to their day in the month after', [31], '2027-02-28', '2027-03-31'],
    ['the next renewals are on the last of 30 days if the month lacks the day', [31], '2027-03-31', '2027-04-30'],
    ['the next renewals are on the earliest of several days', [5, 28, 31], '2027-02-05', '2027-02-28'],
    ['the next renewals go beyond the end of the year', [1], '2027-12-01', '2028-01-01'],
  ])('%s', (_, days, covered, expected) => {
    expect(agenda(days)('renew-wallets', noon(covered))).toBe(expected && midnight(expected));
  });
});

describe('when the next InMail needs something', () => {
  const sent = ['2027-03-01T12:00:00.000Z', '2027-02-01T12:00:00.000Z'];

  it.each<[string, 'remind-recipients' | 'expire-inmails', string, string | undefined]>([
    [
      'the remind sweep comes 71 h after the send, the earliest first',
      'remind-recipients',
      '2027-02-01T12:00:00.000Z',
      '2027-02-04T11:00:00.000Z',
    ],
    [
      'the remind sweep goes on to the next InMail',
      'remind-recipients',
      '2027-02-04T11:00:00.000Z',
      '2027-03-04T11:00:00.000Z',
    ],
    ['the remind sweep has no more recipients', 'remind-recipients', '2027-03-04T11:00:00.000Z', undefined],
    [
      'the expire sweep comes just after 90 days',
      'expire-inmails',
      '2027-02-01T12:00:00.000Z',
      '2027-05-02T12:00:00.001Z',
    ],
    ['the expire sweep has no more InMails', 'expire-inmails', '2027-05-30T12:00:00.001Z', undefined],
  ])('%s', (_, sweep, covered, expected) => {
    expect(agenda([], sent)(sweep, covered as Instant)).toBe(expected);
  });
});
