/** Harmless input that looks like abuse is taken and comes back unchanged. Some requests end at the gateway already. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../shared/domain/audit.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { scanBooks } from '../../shared/store/books.ts';
import { type Row, sentOf } from './row.ts';
import { exchange } from './wire.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.stop());

const call = async (row: Omit<Row, 'abuse' | 'shows' | 'wants'>) =>
  exchange(world.system.baseUrl, await sentOf({ abuse: 'business', shows: '', wants: [200], ...row }, world));

let sent = 0;
function send(own: { subject?: string; body?: string }, key: string = `taken-${sent}`) {
  const body = { product: 'sales-navigator', recipientId: `r${++sent}`, subject: 'Hello', body: 'Talk?', ...own };
  return call({ route: 'send-inmail', headers: [['idempotency-key', key]], body: JSON.stringify(body) });
}

describe('a text', () => {
  it.each([
    ['markup', '<script>alert(1)</script><img src=x onerror=alert(1)>'],
    ['a formula', '=HYPERLINK("http://evil.example","x")'],
    ['a formula with a plus', '+1+1'],
    ['SQL', "'; DROP TABLE inmails; --"],
    ['a template', '{{7*7}} <%= 7*7 %>'],
    ['a path', '../../etc/passwd'],
    ['200 emoji', '😀'.repeat(200)],
    ['flags that tags spell', '🏴󠁧󠁢󠁥󠁮󠁧󠁿🏴󠁧󠁢󠁳󠁣󠁴󠁿🏴󠁧󠁢󠁷󠁬󠁳󠁿'],
    ['Persian with its joiners', 'می\u200cخواهم'],
    ['a family of one glyph', '👨‍👩‍👧‍👦'],
    ['marks of direction', 'שלום\u200f \u200eabc'],
    ['30 combining marks', `a${'\u0301'.repeat(30)}`],
    ['characters that are not normalized', 'e\u0301 \u00e9'],
    ['words of JavaScript', '__proto__'],
  ])('a text with %s comes back unchanged', async (_, text) => {
    const answer = await send({ subject: text, body: `${text}\n\t${text}` });
    expect(answer.status, answer.text).toBe(201);
    const { inmail } = JSON.parse(answer.text);
    const again = await call({ route: 'get-inmail', path: { inmailId: inmail.inmailId } });
    expect(JSON.parse(again.text)).toMatchObject({ subject: text, body: `${text}\n\t${text}` });
  });

  it.each([
    ['line ends of Windows', 'a\r\nb', 'a\nb'],
    ['pasted line ends', 'a\u000bb\u0085c\u2028d', 'a\nb\nc\nd'],
    ['an override', 'a\u202ecod.exe', 'acod.exe'],
    ['isolates', '\u2068C:\\ada\u2069', 'C:\\ada'],
    ['a message in tags', 'Hello\u{e0049}\u{e0067}\u{e006e}', 'Hello'],
  ])('a text with %s comes back as it is shown', async (_, body, shown) => {
    const answer = await send({ body });
    expect([answer.status, JSON.parse(answer.text).inmail?.body]).toEqual([201, shown]);
  });

  it('a text of 1,900 characters is taken, whether it is escaped or not', async () => {
    expect((await send({ body: '😀'.repeat(1_900) })).status).toBe(201);
    const escaped = JSON.stringify({ product: 'sales-navigator', recipientId: 'escaped', subject: 'Hello' });
    const body = `${escaped.slice(0, -1)},"body":"${'\\u0416'.repeat(1_900)}"}`;
    const headers = [['idempotency-key', 'escaped']] as const;
    expect((await call({ route: 'send-inmail', headers, body })).status).toBe(201);
  });
});

describe('a key', () => {
  it.each([
    ['a key of 255 characters', 'x'.repeat(255)],
    ['a key with blanks, in quotes', '"a b"'],
    ['a key with escapes', '"a\\"b\\\\"'],
    ['a key that JavaScript reserves', '__proto__'],
  ])('%s is valid', async (_, key) => {
    expect((await send({}, key)).status).toBe(201);
  });

  it('a key means the same in quotes and bare', async () => {
    const body = JSON.stringify({ product: 'sales-navigator', recipientId: 'quoted', subject: 'Hello', body: 'Talk?' });
    const answers = await Promise.all(
      ['abc', '"abc"'].map((key) => call({ route: 'send-inmail', headers: [['idempotency-key', key]], body })),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[0]?.text).toBe(answers[1]?.text);
  });
});

describe('a statement as CSV', () => {
  it.each([
    ['-2-3', "'-2-3"],
    ['+1+1', "'+1+1"],
    ['@SUM', "'@SUM"],
    ['|calc', "'|calc"],
    ['1E5', "'1E5"],
    ['007', "'007"],
  ])('a statement of %s is a file that runs nothing and rewrites nothing in a spreadsheet', async (memberId, field) => {
    expect((await world.client.subscribe(memberId, 'premium', 'premium-career')).status).toBe(200);
    const path = { memberId: encodeURIComponent(memberId), product: 'premium' };
    const answer = await call({ route: 'list-ledger', as: memberId, path, query: 'format=csv' });
    expect([answer.status, answer.text.split('\r\n')[1]?.split(',')[0]]).toEqual([200, field]);
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="premium-[\w@+.-]+\.csv"$/);
  });
});

describe('an instant', () => {
  it.each(['2027-03-01T04:00:00%2B04:00', '2027-03-01T04:00:00+04:00', '2027-02-28T19:00:00-05:00'])(
    'the instant %s means the same as in UTC',
    async (at) => {
      const [here, there] = await Promise.all(
        ['2027-03-01T00:00:00Z', at].map((value) => call({ route: 'get-credits', query: `at=${value}` })),
      );
      expect([here?.status, there?.text]).toEqual([200, here?.text]);
    },
  );
});

describe('a header', () => {
  it('a header of 16 kB ends at the gateway with a 431', async () => {
    const authorization = `Bearer ${await world.system.tokenFor('ada')}${'x'.repeat(16_384)}`;
    const answer = await call({ route: 'list-plans', headers: [['authorization', authorization]] });
    expect([answer.status, answer.text]).toEqual([431, '']);
    expect((await call({ route: 'list-plans' })).status).toBe(200);
  });

  it('headers that claim another caller or another method have no effect', async () => {
    const headers = [
      ['x-member-id', 'bob'],
      ['x-http-method-override', 'GET'],
    ] as const;
    expect((await call({ route: 'hide-inmail', headers })).status).toBe(204);
  });
});

describe('the books afterwards', () => {
  it('the books are clean after all these requests', async () => {
    expect(audit(await scanBooks(world.system), RULES)).toEqual([]);
  });
});
