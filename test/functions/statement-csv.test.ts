import { describe, expect, it } from 'vitest';
import { createApiClient } from '../../client/client.ts';
import { readCsv } from '../../web/ledger/read-ledger.ts';
import { TestSystem } from '../support/system.ts';

const asCsv = (system: TestSystem, memberId: string, query: Record<string, string> = {}) =>
  system.call('list-ledger', {
    as: memberId,
    path: { memberId, product: 'premium' },
    query: { format: 'csv', ...query },
  });

const rowsOf = (text: string) => text.trimEnd().split('\r\n').slice(1);
const seqsOf = (text: string) => rowsOf(text).map((row) => Number(row.split(',')[2]));
const countdown = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, index) => from - index);

/** A subscription with `count` InMails that are answered at once, so each makes two entries. */
async function withAnswered(count: number, sender = 'ada'): Promise<TestSystem> {
  const system = new TestSystem('2024-01-31T15:00:00Z');
  await system.subscribe(sender, 'premium-career');
  for (let n = 1; n <= count; n += 1) {
    const recipient = n === 1 ? 'bob' : `bob-${n}`;
    await system.send(sender, recipient);
    await system.respond(recipient, `${sender}~${recipient}~000001`);
  }
  return system;
}

describe('a statement as CSV', () => {
  it('a CSV statement is a file of all entries, with a name', async () => {
    const { status, headers, text } = await asCsv(await withAnswered(10), 'ada');
    expect([status, headers.link]).toEqual([200, undefined]);
    expect(headers['content-disposition']).toBe('attachment; filename="premium-ada-2024-01-31.csv"');
    expect(seqsOf(text)).toEqual(countdown(21, 1));
  });

  it('a CSV statement includes entries that are due and not yet written', async () => {
    const system = await withAnswered(10);
    system.now = '2024-04-30T00:00:00.000Z' as typeof system.now;
    const { text } = await asCsv(system, 'ada');
    expect(rowsOf(text)[0]).toMatch(/^ada,premium,24,2024-04-30T00:00:00\.000Z,renewed,/);
    expect(seqsOf(text)).toEqual(countdown(24, 1));
  });

  it('a CSV statement counts the omitted entries in its last line, and Link leads on to the last entry', async () => {
    const system = await withAnswered(1_005);
    const first = await asCsv(system, 'ada');
    const lines = rowsOf(first.text);
    expect(lines.at(-1)).toBe(
      `# 1011 older entries are left out. The Link header names the next file${','.repeat(11)}`,
    );
    expect(seqsOf(`\r\n${lines.slice(0, -1).join('\r\n')}`)).toEqual(countdown(2_011, 1_012));
    const query = Object.fromEntries(new URLSearchParams(/<\?([^>]+)>/.exec(String(first.headers.link))?.[1]));
    const second = await asCsv(system, 'ada', query);
    expect(rowsOf(second.text)).toHaveLength(1_001);
    expect(second.text).toMatch(/\r\n# 11 older entries are left out/);
    const last = new URLSearchParams(/<\?([^>]+)>/.exec(String(second.headers.link))?.[1]).get('cursor') ?? '';
    const third = await asCsv(system, 'ada', { cursor: last });
    expect([seqsOf(third.text), third.headers.link]).toEqual([countdown(11, 1), undefined]);

    // The page's own download, through the client.
    const fetch = async (request: Request) => {
      const asked = Object.fromEntries(new URL(request.url).searchParams);
      const { status, headers, text } = await asCsv(system, 'ada', asked);
      return new Response(text, { status, headers: headers as Record<string, string> });
    };
    const api = createApiClient({ baseUrl: 'https://api.example', fetch });
    const file = await readCsv(api, { memberId: 'ada', product: 'premium' });
    expect([file.name, seqsOf(file.text)]).toEqual(['premium-ada-2024-01-31.csv', countdown(2_011, 1)]);
  });

  it('a CSV statement with a limit is as long as its page of results, and says more only in Link', async () => {
    const { headers, text } = await asCsv(await withAnswered(2), 'ada', { limit: '2' });
    expect(seqsOf(text)).toEqual([5, 4]);
    expect(headers.link).toMatch(/^<\?format=csv&limit=2&cursor=[\w-]+>; rel="next"$/);
    expect(headers['content-disposition']).toMatch(/^attachment; /);
  });

  it.each([
    ['-2-3', "'-2-3", "'-2-3~bob~000001"],
    ['1E5', "'1E5", '1E5~bob~000001'],
    ['007', "'007", '007~bob~000001'],
    ['+ada@example.org', "'+ada@example.org", "'+ada@example.org~bob~000001"],
    ['auth0|5f', 'auth0|5f', 'auth0|5f~bob~000001'],
  ])('a CSV statement of %s is neither run nor rewritten', async (memberId, field, inmailId) => {
    const { text } = await asCsv(await withAnswered(1, memberId), memberId);
    const [, sent = ''] = rowsOf(text);
    expect([sent.split(',')[0], sent.split(',').at(-1)]).toEqual([field, inmailId]);
  });
});
