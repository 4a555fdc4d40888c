import { describe, expect, it } from 'vitest';
import { instant } from '../../shared/domain/instant.ts';
import { type Entry, GENESIS_HASH, hashOf, seal } from '../../shared/domain/ledger.ts';
import { withPending } from '../../shared/domain/pending.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { follow, renewalsDue } from '../../shared/domain/wallet.ts';
import { verify } from '../../web/ledger/verify.ts';
import { aBody } from '../support/domain-builders.ts';

/** A sign-up, two renewals, an InMail and its return. */
function statement(): Entry[] {
  const first = aBody();
  const renewals = renewalsDue(first, instant('2024-03-11T00:00:00Z'), RULES);
  const inmailId = 'ada~bob~000001';
  const sent = follow(renewals.at(-1) ?? first, {
    type: 'sent',
    at: instant('2024-03-12T10:00:00Z'),
    delta: -1,
    forfeited: 0,
    pending: withPending('', { seq: 4, at: instant('2024-03-12T10:00:00Z') }),
    inmailId,
  });
  const back = follow(sent, {
    type: 'returned',
    at: instant('2024-03-13T10:00:00Z'),
    delta: 1,
    forfeited: 0,
    pending: '',
    inmailId,
  });
  return seal(undefined, [first, ...renewals, sent, back]);
}

const tamper = (seq: number, change: Partial<Entry>): Entry[] =>
  statement().map((entry) => (entry.seq === seq ? { ...entry, ...change } : entry));

/** Entry `seq` changed, and every hash from there on made anew: what only the rules can find. */
const forge = (seq: number, change: Partial<Entry>): Entry[] => {
  let prevHash = GENESIS_HASH;
  return tamper(seq, change).map((entry) => {
    const forged = { ...entry, prevHash, hash: hashOf(prevHash, entry) };
    prevHash = forged.hash;
    return forged;
  });
};

describe('a statement', () => {
  it('a statement as it was written holds in any order, and says its last hash', () => {
    const entries = statement();
    const verdict = { kind: 'holds', count: 5, lastHash: entries.at(-1)?.hash };
    expect(verify('ada#premium', entries, RULES)).toEqual(verdict);
    expect(verify('ada#premium', entries.toReversed(), RULES)).toEqual(verdict);
  });

  it.each<[string, Entry[], number, RegExp]>([
    ['a balance', tamper(3, { balance: 14 }), 3, /does not make it 14/],
    ['a balance and its delta', tamper(3, { balance: 14, delta: 4 }), 3, /hash/],
    ['an instant', tamper(2, { at: instant('2024-02-10T00:00:00.001Z') }), 2, /hash/],
    ['an InMail', tamper(4, { inmailId: 'ada~eve~000001' }), 4, /hash/],
    ['a hash', tamper(1, { hash: GENESIS_HASH }), 1, /hash/],
    ['the chain', tamper(5, { prevHash: GENESIS_HASH }), 5, /chained/],
    ['the wallet', tamper(2, { walletId: 'eve#premium' }), 2, /eve#premium/],
  ])('a statement does not hold if %s was altered, and says in which entry', (_what, entries, seq, what) => {
    expect(verify('ada#premium', entries, RULES)).toEqual({ kind: 'broken', seq, what: expect.stringMatching(what) });
  });

  it.each<[string, number]>([
    ['the first entry', 1],
    ['an entry between', 3],
  ])('a statement does not hold without %s', (_what, missing) => {
    const entries = statement().filter(({ seq }) => seq !== missing);
    expect(verify('ada#premium', entries, RULES)).toMatchObject({ kind: 'broken', seq: missing + 1 });
  });

  it('a statement does not hold with an entry twice', () => {
    const entries = statement();
    expect(verify('ada#premium', [...entries, ...entries.slice(1, 2)], RULES)).toMatchObject({
      kind: 'broken',
      seq: 2,
    });
  });

  it('a statement does not hold if its hashes are right and its amounts break the rules', () => {
    const entries = forge(5, { rule: 'R7' });
    expect(verify('ada#premium', entries, RULES)).toEqual({ kind: 'broken', seq: 5, what: 'returned by R7.' });
  });

  it('a verdict names the first of several entries that do not fit', () => {
    const [one, two, three, ...more] = forge(4, { rule: 'R2' });
    if (!one || !two || !three) throw new Error('a statement of five');
    const entries = [one, { ...two, delta: 6, balance: 11 }, three, ...more];
    expect(verify('ada#premium', entries, RULES)).toMatchObject({ kind: 'broken', seq: 2 });
  });
});
