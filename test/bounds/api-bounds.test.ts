/** The bounds of requests and lists, each at one less, at the bound and at one more, through the handlers. */
import { describe, expect, it } from 'vitest';
import type { EndpointName } from '../../shared/contract/endpoints.ts';
import { inmailPartsOf } from '../../shared/domain/inmail.ts';
import { entry, inmail } from '../support/books.ts';
import { anEntry } from '../support/domain-builders.ts';
import { TestSystem } from '../support/system.ts';

const START = '2024-03-01T12:00:00Z';
const WALLET = { memberId: 'ada', product: 'premium' };
const countTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

async function withCareer(): Promise<TestSystem> {
  const system = new TestSystem(START);
  await system.subscribe('ada', 'premium-career');
  return system;
}

const LETTER = { product: 'premium', recipientId: 'bob', subject: 'Hello', body: 'Talk?' };

/** The outcome of a send with another letter, key or raw body. */
async function sending(letter: object, key = 'k', raw?: string) {
  const body = raw ?? { ...LETTER, ...letter };
  const { status, json } = await (await withCareer()).call('send-inmail', {
    as: 'ada',
    headers: { 'idempotency-key': key, 'content-type': 'application/json' },
    body,
  });
  return [status, json.errors?.[0]?.pointer ?? json.type?.slice('/problems/'.length)];
}

const OVERSIZE = 'payload-too-large';
const marks = (count: number) => ({ body: `a${'\u0301'.repeat(count)}` });
const deep = (depth: number) =>
  JSON.stringify({ ...LETTER, more: 0 }).replace(':0', `:${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}`);

describe('a request', () => {
  const wide = JSON.stringify(LETTER);
  it.each<[string, Parameters<typeof sending>, unknown[]]>([
    ['a subject of 199 characters', [{ subject: 'x'.repeat(199) }], [201]],
    ['a subject of 200 characters', [{ subject: 'x'.repeat(200) }], [201]],
    ['a subject of 201 characters', [{ subject: 'x'.repeat(201) }], [400, '/subject']],
    ['a body of 1,899 characters', [{ body: 'x'.repeat(1_899) }], [201]],
    ['a body of 1,900 characters', [{ body: 'x'.repeat(1_900) }], [201]],
    ['a body of 1,901 characters', [{ body: 'x'.repeat(1_901) }], [400, '/body']],
    ['29 combining marks in a row', [marks(29)], [201]],
    ['30 combining marks in a row', [marks(30)], [201]],
    ['31 combining marks in a row', [marks(31)], [400, '/body']],
    ['a key of 254 characters', [{}, 'k'.repeat(254)], [201]],
    ['a key of 255 characters', [{}, 'k'.repeat(255)], [201]],
    ['a key of 256 characters', [{}, 'k'.repeat(256)], [400, 'idempotency-key-invalid']],
    ['a key of 255 escapes', [{}, `"${'\\"'.repeat(255)}"`], [201]],
    ['a key of 256 escapes', [{}, `"${'\\"'.repeat(256)}"`], [400, 'idempotency-key-invalid']],
    ['16,383 bytes', [{}, 'k', wide.padEnd(16_383)], [201]],
    ['16,384 bytes', [{}, 'k', wide.padEnd(16_384)], [201]],
    ['16,385 bytes', [{}, 'k', wide.padEnd(16_385)], [413, OVERSIZE]],
    ['an unknown field that is nested 15 deep', [{}, 'k', deep(15)], [400, '/more']],
    ['an unknown field that is nested 16 deep', [{}, 'k', deep(16)], [400, '/more']],
    ['a body too deep to read, nested 17 deep', [{}, 'k', deep(17)], [400, '']],
  ])('a send with %s meets the bound', async (_, parts, [status, fault]) => {
    expect(await sending(...parts)).toEqual([status, fault]);
  });

  it.each([
    [19, 19],
    [20, 20],
    [21, 20],
  ])('a request with %i faults is told %i of them', async (faults, told) => {
    const more = Object.fromEntries(countTo(faults).map((n) => [`field${n}`, n]));
    const call = { as: 'ada', headers: { 'idempotency-key': 'k' }, body: { ...LETTER, ...more } };
    const { status, json } = await (await withCareer()).call('send-inmail', call);
    expect([status, json.errors.length]).toEqual([400, told]);
  });

  const asking = async (name: EndpointName, query: Record<string, string>) => {
    const path = name === 'list-inmails' ? {} : { path: WALLET };
    const { status, json } = await (await withCareer()).call(name, { as: 'ada', ...path, query });
    return [status, json?.errors?.[0]?.pointer ?? json?.type?.slice('/problems/'.length)];
  };

  it.each<[EndpointName, Record<string, string>, unknown[]]>([
    ['list-ledger', { limit: '0' }, [400, '/limit']],
    ['list-ledger', { limit: '1' }, [200]],
    ['list-ledger', { limit: '2' }, [200]],
    ['list-ledger', { limit: '99' }, [200]],
    ['list-ledger', { limit: '100' }, [200]],
    ['list-ledger', { limit: '101' }, [400, '/limit']],
    ['list-inmails', { box: 'inbox', limit: '0' }, [400, '/limit']],
    ['list-inmails', { box: 'inbox', limit: '1' }, [200]],
    ['list-inmails', { box: 'sent', limit: '100' }, [200]],
    ['list-inmails', { box: 'sent', limit: '101' }, [400, '/limit']],
    ['list-ledger', { cursor: 'x'.repeat(499) }, [400, 'invalid-cursor']],
    ['list-ledger', { cursor: 'x'.repeat(500) }, [400, 'invalid-cursor']],
    ['list-ledger', { cursor: 'x'.repeat(501) }, [400, '/cursor']],
    ['get-credits', { at: `2024-03-01T12:00:00.${'0'.repeat(18)}Z` }, [400, '/at']],
    ['get-credits', { at: `2024-03-01T12:00:00.${'0'.repeat(9)}Z` }, [200]],
  ])('a %s request meets the bound with %j', async (name, query, expected) => {
    expect(await asking(name, query)).toEqual([expected[0], expected[1]]);
  });
});

/** Every item of a list, by its cursors, and the lengths of its pages of results. */
async function walk(
  system: TestSystem,
  name: 'list-ledger' | 'list-inmails',
  as: string,
  query: Record<string, string>,
) {
  const [items, lengths]: [string[], number[]] = [[], []];
  let cursor: string | undefined;
  do {
    const path = name === 'list-ledger' ? { path: WALLET } : {};
    const { status, json } = await system.call(name, { as, ...path, query: { ...query, ...(cursor && { cursor }) } });
    expect(status).toBe(200);
    const found: { seq?: number; inmailId?: string }[] = json.entries ?? json.inmails;
    items.push(...found.map(({ seq, inmailId }) => String(seq ?? inmailId)));
    lengths.push(found.length);
    cursor = json.nextCursor;
  } while (cursor && lengths.length < 50);
  return { items, lengths };
}

describe('a ledger', () => {
  const LENGTHS = [1, 19, 20, 21, 99, 100, 101, 199, 200, 201];
  const pagesOf = (count: number, limit: number) =>
    countTo(Math.ceil(count / limit)).map((n) => Math.min(limit, count - limit * (n - 1)));

  it.each(
    LENGTHS.flatMap(
      (count) =>
        [
          [count, 20],
          [count, 100],
        ] as const,
    ),
  )('a ledger of %i entries comes in full pages of results of %i, and none is empty', async (count, limit) => {
    const system = new TestSystem('2024-02-01T00:00:00Z');
    const first = anEntry({ plan: 'premium-career', balance: 5 });
    await system.books.transact([{ kind: 'append-entry', entry: first }]);
    for (const seq of countTo(count).slice(1)) {
      const at = first.at;
      await system.books.transact([
        {
          kind: 'append-entry',
          entry: {
            ...entry('ada#premium', seq),
            at,
            balance: 5,
            lastGrantOn: first.lastGrantOn,
            anchorDay: first.anchorDay,
          },
        },
      ]);
    }
    const query = limit === 20 ? {} : { limit: String(limit) };
    const { items, lengths } = await walk(system, 'list-ledger', 'ada', query);
    expect(items).toEqual(countTo(count).reverse().map(String));
    expect(lengths).toEqual(pagesOf(count, limit));
  });

  it.each([98, 99, 100, 101])('a ledger with %i due and unwritten renewals is listed whole', async (unwritten) => {
    const system = new TestSystem('2024-01-15T12:00:00Z');
    await system.subscribe('ada', 'premium-career');
    const month = new Date(Date.UTC(2024, unwritten, 15, 12)).toISOString();
    const { items, lengths } = await walk(system.at(month), 'list-ledger', 'ada', { limit: '100' });
    expect(items).toEqual(
      countTo(unwritten + 1)
        .reverse()
        .map(String),
    );
    expect(lengths).toEqual(pagesOf(unwritten + 1, 100));
  });
});

describe('a box', () => {
  /** Ada has sent Bob `count` InMails. Both have hidden the newest `hidden` of them. */
  async function withLetters(count: number, hidden = 0): Promise<TestSystem> {
    const system = await withCareer();
    for (const n of countTo(count)) {
      const letter = inmail({ from: 'ada', to: 'bob', n, seq: n + 1 });
      const sent = { ...entry('ada#premium', n + 1), inmailId: letter.inmailId };
      await system.books.transact([
        { kind: 'create-inmail', inmail: letter },
        { kind: 'append-entry', entry: sent },
      ]);
      if (n <= count - hidden) continue;
      for (const from of ['sender', 'recipient'] as const) {
        await system.books.transact([{ kind: 'hide-inmail', ...inmailPartsOf(letter), from }]);
      }
    }
    return system;
  }
  const idsTo = (count: number) =>
    countTo(count)
      .reverse()
      .map((n) => `ada~bob~${String(n).padStart(6, '0')}`);

  it.each([1, 19, 20, 21, 99, 100, 101, 200, 201])(
    'a box of %i InMails is listed whole, each InMail once, on both sides',
    async (count) => {
      const system = await withLetters(count);
      for (const [as, box] of [
        ['ada', 'sent'],
        ['bob', 'inbox'],
      ] as const) {
        for (const limit of ['20', '100']) {
          const { items, lengths } = await walk(system, 'list-inmails', as, { box, limit });
          expect(items).toEqual(idsTo(count));
          expect(lengths.every((length) => length <= Number(limit))).toBe(true);
        }
      }
    },
  );

  it.each([9, 10, 11])(
    'a box whose newest %i pages of results are hidden is still listed to its end by cursors',
    async (pages) => {
      const system = await withLetters(pages * 20 + 5, pages * 20);
      for (const [as, box] of [
        ['ada', 'sent'],
        ['bob', 'inbox'],
      ] as const) {
        expect((await walk(system, 'list-inmails', as, { box, limit: '20' })).items).toEqual(idsTo(5));
      }
    },
  );
});
