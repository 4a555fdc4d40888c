/** The preview of an operator's step against what the same step then writes through the API. */
import { describe, expect, it } from 'vitest';
import { instant } from '../../shared/domain/instant.ts';
import type { Entry } from '../../shared/domain/ledger.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { isAsPreviewed, previewOf, type Step } from '../../web/ledger/preview.ts';
import { TestSystem } from '../support/system.ts';

const START = '2024-01-31T15:00:00Z';
const LATER = '2024-03-05T10:00:00Z';
const path = { memberId: 'ada', product: 'premium' };
const desk = { as: 'desk', scopes: ['billing'] } as const;

const entriesOf = (system: TestSystem): Entry[] =>
  system.books.books().entries.toSorted((one, other) => one.seq - other.seq);

/** What the books say before `step` at `at`, as previewed; and what they say more after it. */
async function takeStep(system: TestSystem, step: Step, at: string) {
  const before = entriesOf(system);
  const facts = { walletId: 'ada#premium', tail: before.at(-1), now: instant(at) };
  const preview = previewOf(step, facts, RULES);
  const there = system.at(at);
  if (step.kind === 'cancel') await there.call('cancel-subscription', { ...desk, path });
  else await there.call('put-subscription', { ...desk, path, body: { plan: step.plan } });
  return { preview, written: entriesOf(system).slice(before.length) };
}

describe('the preview of a step', () => {
  it('is the sign-up that is then written', async () => {
    const { preview, written } = await takeStep(new TestSystem(START), { kind: 'put', plan: 'premium-career' }, START);
    expect(written.map(({ type }) => type)).toEqual(['subscribed']);
    expect(preview).toEqual({ kind: 'writes', entries: written });
  });

  it.each<[string, Step, string[]]>([
    ['change of plan', { kind: 'put', plan: 'premium-business' }, ['renewed', 'plan-changed']],
    ['cancellation', { kind: 'cancel' }, ['renewed', 'cancelled']],
  ])('is the %s that is then written, with the renewals due before it', async (_what, step, types) => {
    const system = new TestSystem(START);
    await system.subscribe('ada', 'premium-career');
    const { preview, written } = await takeStep(system, step, LATER);
    expect(written.map(({ type }) => type)).toEqual(types);
    expect(preview).toEqual({ kind: 'writes', entries: written });
  });

  it('says that the plan one has changes nothing, and nothing is written', async () => {
    const system = new TestSystem(START);
    await system.subscribe('ada', 'premium-career');
    const { preview, written } = await takeStep(system, { kind: 'put', plan: 'premium-career' }, LATER);
    expect(preview).toEqual({ kind: 'changes-nothing' });
    expect(written).toEqual([]);
  });

  it('says that what a member never had cannot be cancelled', async () => {
    const { preview, written } = await takeStep(new TestSystem(START), { kind: 'cancel' }, START);
    expect(preview).toEqual({ kind: 'refused' });
    expect(written).toEqual([]);
  });
});

describe('what was written', () => {
  async function aChange() {
    const system = new TestSystem(START);
    await system.subscribe('ada', 'premium-career');
    return (await takeStep(system, { kind: 'put', plan: 'premium-business' }, LATER)).written;
  }

  it('is as previewed where only the moment differs', async () => {
    const written = await aChange();
    const aMomentLater = written.map((entry) => ({ ...entry, at: instant('2024-03-05T10:00:09Z'), hash: 'another' }));
    expect(isAsPreviewed(written, aMomentLater)).toBe(true);
  });

  it('is not where a credit was spent meanwhile', async () => {
    const written = await aChange();
    const [renewal, change] = written;
    if (!renewal || !change) throw new Error('a renewal and a change were due');
    expect(isAsPreviewed(written, [renewal, { ...change, forfeited: change.forfeited - 1 }])).toBe(false);
    expect(isAsPreviewed(written, [...written, change])).toBe(false);
    expect(isAsPreviewed(written, [renewal])).toBe(false);
  });
});
