/** What looks like abuse and is none: it is taken, and comes back as it was. And what the gateway ends by itself. */
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
    ['what is not normalized', 'e\u0301 \u00e9'],
    ['words of JavaScript', '__proto__'],
  ])('of %s comes back as it was', async (_, text) => {
    const answer = await send({ subject: text, body: `${text}\n\t${text}` });
    expect(answer.status, answer.text).toBe(201);
    const { inmail } = JSON.parse(answer.text);
    const again = await call({ route: 'get-inmail', path: { inmailId: inmail.inmailId } });
    expect(JSON.parse(again.text)).toMatchObject({ subject: text, body: `${text}\n\t${text}` });
  });

  it.each([
    ['line ends of Windows', 'a\r\nb', 'a\nb'],
    ['line ends that one pastes', 'a\u000bb\u0085c\u2028d', 'a\nb\nc\nd'],
    ['an override', 'a\u202ecod.exe', 'acod.exe'],
    ['isolates', '\u2068C:\\ada\u2069', 'C:\\ada'],
    ['a message in tags', 'Hello\u{e0049}\u{e0067}\u{e006e}', 'Hello'],
  ])('with %s comes back as it shows', async (_, body, shown) => {
    const answer = await send({ body });
    expect([answer.status, JSON.parse(answer.text).inmail?.body]).toEqual([201, shown]);
  });

  it('of 1,900 characters is taken, escaped or not', async () => {
    expect((await send({ body: '😀'.repeat(1_900) })).status).toBe(201);
    const escaped = JSON.stringify({ product: 'sales-navigator', recipientId: 'escaped', subject: 'Hello' });
    const body = `${escaped.slice(0, -1)},"body":"${'\\u0416'.repeat(1_900)}"}`;
    const headers = [['idempotency-key', 'escaped']] as const;
    expect((await call({ route: 'send-inmail', headers, body })).status).toBe(201);
  });
});

describe('a key', () => {
  it.each([
    ['of 255 characters', 'x'.repeat(255)],
    ['with blanks, in quotes', '"a b"'],
    ['with escapes', '"a\\"b\\\\"'],
    ['of JavaScript', '__proto__'],
  ])('%s is one', async (_, key) => {
    expect((await send({}, key)).status).toBe(201);
  });

  it('is the same in quotes and bare', async () => {
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
  ])('of %s runs nothing and rewrites nothing in a spreadsheet, and is a file', async (memberId, field) => {
    expect((await world.client.subscribe(memberId, 'premium', 'premium-career')).status).toBe(200);
    const path = { memberId: encodeURIComponent(memberId), product: 'premium' };
    const answer = await call({ route: 'list-ledger', as: memberId, path, query: 'format=csv' });
    expect([answer.status, answer.text.split('\r\n')[1]?.split(',')[0]]).toEqual([200, field]);
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="premium-[\w@+.-]+\.csv"$/);
  });
});

describe('an instant', () => {
  it.each(['2027-03-01T04:00:00%2B04:00', '2027-03-01T04:00:00+04:00', '2027-02-28T19:00:00-05:00'])(
    '%s is the one in UTC',
    async (at) => {
      const [here, there] = await Promise.all(
        ['2027-03-01T00:00:00Z', at].map((value) => call({ route: 'get-credits', query: `at=${value}` })),
      );
      expect([here?.status, there?.text]).toEqual([200, here?.text]);
    },
  );
});

describe('a header', () => {
  it('of 16 kB ends at the gateway, and nobody is let in', async () => {
    const authorization = `Bearer ${await world.system.tokenFor('ada')}${'x'.repeat(16_384)}`;
    const answer = await call({ route: 'list-plans', headers: [['authorization', authorization]] });
    expect([answer.status, answer.text]).toEqual([431, '']);
    expect((await call({ route: 'list-plans' })).status).toBe(200);
  });

  it('that says who calls or what is wanted says nothing', async () => {
    const headers = [
      ['x-member-id', 'bob'],
      ['x-http-method-override', 'GET'],
    ] as const;
    expect((await call({ route: 'hide-inmail', headers })).status).toBe(204);
  });
});

describe('the books', () => {
  it('are clean after all of it', async () => {
    expect(audit(await scanBooks(world.system), RULES)).toEqual([]);
  });
});
