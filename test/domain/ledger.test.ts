import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ENTRY_TYPES,
  type Entry,
  type EntryBody,
  GENESIS_HASH,
  hashOf,
  partsOfWalletId,
  RULE_OF,
  seal,
  walletIdOf,
} from '../../shared/domain/ledger.ts';
import { PRODUCTS } from '../../shared/domain/plans.ts';
import { aBody, anEntry, only } from '../support/domain-builders.ts';
import { storyBooks } from './story.ts';

/**
 * Anyone can verify a statement offline like this. The hash before comes first, then the entry as JSON without spaces,
 * keys in order.
 */
function verifies(entries: readonly Entry[]): boolean {
  return entries.every((entry, index) => {
    const prevHash = entries[index - 1]?.hash ?? '0'.repeat(64);
    const { hash, prevHash: claimed, ...body } = entry;
    const fields = Object.entries(body)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
    const text = `${prevHash}{${fields.join(',')}}`;
    return claimed === prevHash && hash === createHash('sha256').update(text, 'utf8').digest('hex');
  });
}

describe('the hash of an entry', () => {
  it('the hash of an entry is SHA-256 over the hash before and the entry in RFC 8785 form', () => {
    const text =
      '{"anchorDay":10,"at":"2024-01-10T09:00:00.000Z","balance":5,"delta":5,"forfeited":0,' +
      '"lastGrantOn":"2024-01-10","pending":"","plan":"premium-career","rule":"R1","seq":1,"term":1,"type":"subscribed",' +
      '"walletId":"ada#premium"}';
    const independent = createHash('sha256')
      .update(`${'0'.repeat(64)}${text}`)
      .digest('hex');
    expect(hashOf(GENESIS_HASH, aBody())).toBe(independent);
    expect(independent).toBe('6ad44327cad0de2888c5ab07111d9ac8054beb51ac0f9976fca308b9461e1f08');
  });

  it('the hash of an entry covers the hash before, and the InMail when there is one', () => {
    const body = aBody({ inmailId: 'ada~bob~000001' });
    const hashes = [
      hashOf(GENESIS_HASH, aBody()),
      hashOf(GENESIS_HASH, body),
      hashOf('f'.repeat(64), body),
      hashOf(GENESIS_HASH, { ...body, inmailId: 'ada~bob~000002' }),
    ];
    expect(new Set(hashes).size).toBe(4);
  });

  it('the hash of an entry does not depend on the order of its keys', () => {
    const body = aBody({ inmailId: 'ada~bob~000001' });
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.entries(body), { minLength: Object.keys(body).length }), (fields) => {
        expect(hashOf(GENESIS_HASH, Object.fromEntries(fields) as EntryBody)).toBe(hashOf(GENESIS_HASH, body));
      }),
    );
  });

  it('the hash of an entry is the same when the entry carries its hashes already', () => {
    const entry = anEntry();
    expect(hashOf(GENESIS_HASH, entry)).toBe(entry.hash);
  });
});

describe('sealing', () => {
  it('sealing chains the first entry of a wallet onto 64 zeros, and each other one to the one before', () => {
    const entries = seal(undefined, [aBody({ seq: 1 }), aBody({ seq: 2 }), aBody({ seq: 3 })]);
    expect(entries.map(({ prevHash }) => prevHash)).toEqual(['0'.repeat(64), entries[0]?.hash, entries[1]?.hash]);
    expect(verifies(entries)).toBe(true);
  });

  it('sealing in two steps equals sealing at once', () => {
    const bodies = [aBody({ seq: 1 }), aBody({ seq: 2 }), aBody({ seq: 3 })];
    const first = only(seal(undefined, bodies.slice(0, 1)));
    expect([first, ...seal(first, bodies.slice(1))]).toEqual(seal(undefined, bodies));
  });

  it('sealing nothing gives nothing', () => {
    expect(seal(undefined, [])).toEqual([]);
    expect(seal(anEntry(), [])).toEqual([]);
  });

  it('sealing changes nothing that an entry says', () => {
    const { hash: _hash, prevHash: _prevHash, ...body } = anEntry({ inmailId: 'ada~bob~000001' });
    expect(body).toEqual(aBody({ inmailId: 'ada~bob~000001' }));
  });
});

describe('a statement in other hands', () => {
  const wallets = [...Map.groupBy(storyBooks().entries, ({ walletId }) => walletId)];

  it.each(wallets)('the statement of %s verifies with nothing but SHA-256', (_, entries) => {
    expect(verifies(entries)).toBe(true);
  });

  it.each(wallets)('the statement of %s shows any field of any entry that was tampered with', (_, entries) => {
    for (const [index, entry] of entries.entries()) {
      for (const [field, value] of Object.entries(entry)) {
        const tampered = typeof value === 'number' ? value + 1 : `${value}x`;
        expect(verifies(entries.with(index, { ...entry, [field]: tampered }))).toBe(false);
      }
    }
  });

  it.each(wallets)('the statement of %s shows an entry that was left out, put in twice or moved', (_, entries) => {
    for (const [index, entry] of entries.entries()) {
      if (index + 1 < entries.length) expect(verifies(entries.toSpliced(index, 1))).toBe(false);
      expect(verifies(entries.toSpliced(index, 0, entry))).toBe(false);
      const swapped = entries.toSpliced(index, 2, ...entries.slice(index, index + 2).reverse());
      if (index + 1 < entries.length) expect(verifies(swapped)).toBe(false);
    }
  });

  it.each(wallets)('the statement of %s shows a field that was added or taken away', (_, entries) => {
    const [first] = entries;
    expect(verifies(entries.with(0, { ...first, note: 'x' } as Entry))).toBe(false);
    const { rule: _rule, ...without } = first as Entry;
    expect(verifies(entries.with(0, without as Entry))).toBe(false);
  });
});

describe('the words of the ledger', () => {
  it.each([
    ['subscribed', 'R1'],
    ['renewed', 'R2'],
    ['sent', 'R7'],
    ['returned', 'R13'],
    ['plan-changed', 'R10'],
    ['cancelled', 'R11'],
  ] as const)('a %s entry cites %s', (type, rule) => {
    expect(RULE_OF[type]).toBe(rule);
    expect(ENTRY_TYPES).toContain(type);
  });

  it('the ledger has these six types of entries and no other', () => {
    expect(ENTRY_TYPES).toHaveLength(6);
  });

  it.each(PRODUCTS)('a wallet belongs to one member and one product, such as %s', (product) => {
    expect(walletIdOf('ada', product)).toBe(`ada#${product}`);
    expect(partsOfWalletId(`ada#${product}`)).toEqual({ memberId: 'ada', product });
  });

  it.each(['', 'ada', 'ada#', 'ada#gold', '#', 'ada#Premium', 'ada#premium#x', 'a#b#premium'])(
    '%j is not the id of a wallet',
    (text) => {
      expect(() => partsOfWalletId(text)).toThrow('not a wallet');
    },
  );
});
