import { describe, expect, it } from 'vitest';
import { renewWallets } from '../../shared/contract/sweeps.ts';
import { completenessOf, type Period } from '../../shared/domain/completeness.ts';
import { dateOf, instant, monthOf } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { writtenUntil } from '../../tools/report/allowance.ts';
import { Findings, faultCount } from '../../tools/report/findings.ts';
import { textOf } from '../../tools/report/print.ts';
import { World } from '../domain/world.ts';

describe('what must be written', () => {
  it.each<[string, string]>([
    ['2027-02-10T00:00:09.000Z', '2027-02-09T00:05:00.000Z'],
    ['2027-02-10T00:05:00.000Z', '2027-02-09T00:05:00.000Z'],
    ['2027-02-10T03:04:59.999Z', '2027-02-09T00:05:00.000Z'],
    ['2027-02-10T03:05:00.000Z', '2027-02-10T00:05:00.000Z'],
    ['2027-02-10T23:59:59.999Z', '2027-02-10T00:05:00.000Z'],
    ['2027-03-01T03:04:59.999Z', '2027-02-28T00:05:00.000Z'],
  ])('the report at %s wants renewals due by %s, because the last run with its three hours was then', (now, until) => {
    expect(renewWallets.mayTakeHours).toBe(3);
    expect(writtenUntil(instant(now))).toBe(until);
  });

  /** The report on one wallet that is due at midnight of 10 Feb 2027 and not written, at `now`. */
  function reportAt(now: string) {
    const world = new World().at('2027-01-10T15:00Z');
    world.subscribe('ada', 'premium-career');
    const until = instant(now);
    const period: Period = { month: monthOf(dateOf(until)), until, writtenUntil: writtenUntil(until) };
    const findings = new Findings(period);
    const completeness = completenessOf(world.ledger('ada#premium'), period, RULES);
    findings.addWallet({ ...completeness, walletId: 'ada#premium', row: undefined });
    return findings.report();
  }

  it.each<[string, number, number, boolean]>([
    ['2027-02-09T23:59:59.999Z', 0, 0, false],
    ['2027-02-10T00:00:00.000Z', 1, 0, false],
    ['2027-02-10T03:04:59.999Z', 1, 0, false],
    ['2027-02-10T03:05:00.000Z', 0, 1, true],
  ])('a report at %s counts %i renewals as not yet, and %i as faults', (now, notYet, faults, isBehind) => {
    const report = reportAt(now);
    expect([report.notYet, faultCount(report), report.oldestUnwritten !== undefined]).toEqual([
      notYet,
      faults,
      isBehind,
    ]);
    expect(textOf(report)).toMatch(new RegExp(`\nnot yet +${notYet}\n`));
    expect(textOf(report).includes('not yet: due after 2027-02-09T00:05:00.000Z')).toBe(notYet > 0);
  });
});
