/** The bounds of what the page reads, each at one less, at the bound and at one more. */
import { describe, expect, it } from 'vitest';
import type { ApiClient } from '../../client/client.ts';
import { BODY, SUBJECT } from '../../shared/domain/written-text.ts';
import { readAll, readCsv } from '../../web/ledger/read-ledger.ts';
import { textFault } from '../../web/words/draft-faults.ts';

const WALLET = { memberId: 'ada', product: 'premium' } as const;
const countTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

type Query = { readonly cursor?: string; readonly limit?: number; readonly format?: string };

/** An API with so many entries, which returns at most `atOnce` of them in a response. */
function apiWith(entries: number, atOnce = 100) {
  const limits = new Set<number>();
  const GET = async (_path: string, { params: { query } }: { params: { query: Query } }) => {
    if (query.limit !== undefined) limits.add(query.limit);
    const from = Number(query.cursor ?? entries);
    const seqs = countTo(Math.min(from, query.limit ?? atOnce, atOnce)).map((n) => from - n + 1);
    const next = from - seqs.length;
    if (query.format === 'csv') {
      const headers = next > 0 ? { link: `<?format=csv&cursor=${next}>; rel="next"` } : undefined;
      const more = next > 0 ? `# ${next} more\r\n` : '';
      const data = `seq\r\n${seqs.map((seq) => `${seq}\r\n`).join('')}${more}`;
      return { data, response: new Response(null, headers && { headers }) };
    }
    const data = { entries: seqs.map((seq) => ({ seq })), ...(next > 0 && { nextCursor: String(next) }) };
    return { data, response: new Response() };
  };
  return { api: { GET } as unknown as ApiClient, limits };
}

describe('a whole statement', () => {
  it.each([1, 99, 100, 101, 199, 200, 201])(
    'a whole statement of %i entries has each entry once, newest first',
    async (count) => {
      const { api, limits } = apiWith(count);
      const told: number[] = [];
      const entries = await readAll(api, WALLET, (read, total) => {
        expect(total).toBe(count);
        told.push(read);
      });
      expect(entries.map(({ seq }) => seq)).toEqual(countTo(count).reverse());
      expect(told.at(-1)).toBe(count);
      expect(limits).toEqual(new Set([100]));
    },
  );

  it.each([1, 99, 100, 101, 200, 201])('a whole statement as CSV has %i rows under one header', async (count) => {
    const csv = await readCsv(apiWith(count).api, WALLET);
    expect(csv.text.split('\r\n')).toEqual(['seq', ...countTo(count).reverse().map(String), '']);
  });

  it.each([
    ['entries', (api: ApiClient) => readAll(api, WALLET, () => {})],
    ['CSV', (api: ApiClient) => readCsv(api, WALLET)],
  ])('a whole statement as %s may have 10,000 pages of results, and is refused with more', async (_, read) => {
    for (const pages of [9_999, 10_000]) expect(await read(apiWith(pages, 1).api)).toBeDefined();
    await expect(read(apiWith(10_001, 1).api)).rejects.toThrow(RangeError);
  });
});

describe('a draft', () => {
  it.each([
    ['subject', SUBJECT, 199, undefined],
    ['subject', SUBJECT, 200, undefined],
    ['subject', SUBJECT, 201, 'At most 200 characters, but it has 201.'],
    ['body', BODY, 1_899, undefined],
    ['body', BODY, 1_900, undefined],
    ['body', BODY, 1_901, 'At most 1,900 characters, but it has 1,901.'],
  ] as const)("a draft's %s (%o) of %i characters is right or told its length", (_, measure, count, fault) => {
    for (const character of ['x', '🙂']) expect(textFault(character.repeat(count), measure)).toBe(fault);
  });
});
