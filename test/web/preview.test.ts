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

/** Takes `step` at `at`, and returns its preview and the entries that it wrote. */
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
  it('the preview of a sign-up is the entry that is then written', async () => {
    const { preview, written } = await takeStep(new TestSystem(START), { kind: 'put', plan: 'premium-career' }, START);
    expect(written.map(({ type }) => type)).toEqual(['subscribed']);
    expect(preview).toEqual({ kind: 'writes', entries: written });
  });

  it.each<[string, Step, string[]]>([
    ['change of plan', { kind: 'put', plan: 'premium-business' }, ['renewed', 'plan-changed']],
    ['cancellation', { kind: 'cancel' }, ['renewed', 'cancelled']],
  ])('the preview of a %s is what is then written, with the renewals due before it', async (_what, step, types) => {
    const system = new TestSystem(START);
    await system.subscribe('ada', 'premium-career');
    const { preview, written } = await takeStep(system, step, LATER);
    expect(written.map(({ type }) => type)).toEqual(types);
    expect(preview).toEqual({ kind: 'writes', entries: written });
  });

  it('the preview says that the current plan changes nothing, and nothing is written', async () => {
    const system = new TestSystem(START);
    await system.subscribe('ada', 'premium-career');
    const { preview, written } = await takeStep(system, { kind: 'put', plan: 'premium-career' }, LATER);
    expect(preview).toEqual({ kind: 'changes-nothing' });
    expect(written).toEqual([]);
  });

  it('the preview says that a plan the member never had cannot be cancelled', async () => {
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

  it('entries are as previewed if only the instant differs', async () => {
    const written = await aChange();
    const aMomentLater = written.map((entry) => ({ ...entry, at: instant('2024-03-05T10:00:09Z'), hash: 'another' }));
    expect(isAsPreviewed(written, aMomentLater)).toBe(true);
  });

  it('entries are not as previewed if a credit was spent in the meantime', async () => {
    const written = await aChange();
    const [renewal, change] = written;
    if (!renewal || !change) throw new Error('a renewal and a change were due');
    expect(isAsPreviewed(written, [renewal, { ...change, forfeited: change.forfeited - 1 }])).toBe(false);
    expect(isAsPreviewed(written, [...written, change])).toBe(false);
    expect(isAsPreviewed(written, [renewal])).toBe(false);
  });
});
