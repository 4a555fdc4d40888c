import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type InMailParts, inmailIdOf } from '../../shared/domain/inmail.ts';
import { inmailKey, pairPrefix, partsOfInMailKey } from '../../shared/store/keys.ts';
import { readInMail } from '../../shared/store/read-inmail.ts';
import { inmail } from '../support/books.ts';
import { MemoryStore } from '../support/memory-store.ts';

const memberId = fc.stringMatching(/^[A-Za-z0-9_:@|+-]{1,128}$/).filter((id) => id !== '__proto__');
const anyParts = fc.record({ senderId: memberId, recipientId: memberId, n: fc.integer({ min: 1, max: 999_999 }) });

describe('the key of an InMail', () => {
  it.each<[InMailParts, string]>([
    [{ senderId: 'ada', recipientId: 'bob', n: 1 }, 'bob#000001'],
    [{ senderId: 'ada', recipientId: 'auth0|5f', n: 12 }, 'auth0|5f#000012'],
    [{ senderId: 'ada', recipientId: 'bob', n: 999_999 }, 'bob#999999'],
  ])('the key of the InMail %j has the sort key %s', (parts, recipientN) => {
    expect(inmailKey(parts)).toEqual({ senderId: 'ada', recipientN });
  });

  it('the key of an InMail gives back the parts that it was made of', () => {
    fc.assert(
      fc.property(anyParts, (parts) => {
        expect(partsOfInMailKey(inmailKey(parts))).toEqual(parts);
      }),
    );
  });

  it('the keys of a pair stand together, in the order of n', () => {
    fc.assert(
      fc.property(anyParts, anyParts, ({ senderId, recipientId, n }, { n: other }) => {
        const [one, two] = [n, other].map((each) => inmailKey({ senderId, recipientId, n: each }).recipientN);
        expect(one?.startsWith(pairPrefix(recipientId))).toBe(true);
        expect((one ?? '') < (two ?? '')).toBe(n < other);
      }),
    );
  });
});

describe('an InMail read by an id from outside', () => {
  it('an id from outside gives the InMail that it names', async () => {
    const store = new MemoryStore();
    await store.transact([{ kind: 'create-inmail', inmail: inmail() }]);
    expect(await readInMail(store, inmailIdOf(inmail()))).toEqual(inmail());
  });

  it.each(['', 'not an id', 'ada~bob', 'ada~bob~1', 'ada~bob~000001~', 'ada#bob#000001'])(
    'the text "%s" is no id, so it gives no InMail and the table is not asked',
    async (id) => {
      const get = () => Promise.reject(new Error('asked'));
      const store = new MemoryStore();
      expect(await readInMail({ ...store, inmails: { ...store.inmails, get } } as never, id)).toBeUndefined();
    },
  );
});
