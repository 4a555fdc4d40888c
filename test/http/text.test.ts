import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { written } from '../../shared/contract/text.ts';
import { asItShows, BODY, faultsOfText, SUBJECT, withLineFeeds } from '../../shared/domain/written-text.ts';
import { type Answer, TestSystem } from '../support/system.ts';

type Field = 'subject' | 'body' | 'text';

/** A send writes a subject and a body, and a reply writes its text. Members write in no other place. */
async function write(field: Field, value: string): Promise<{ answer: Answer; system: TestSystem }> {
  const system = new TestSystem('2024-03-01T12:00:00Z');
  await system.subscribe('ada', 'premium-career');
  const letter = { product: 'premium', recipientId: 'bob', subject: 'Hello', body: 'Talk?' };
  if (field !== 'text') {
    const call = { as: 'ada', headers: { 'idempotency-key': 'k' }, body: { ...letter, [field]: value } };
    return { answer: await system.call('send-inmail', call), system };
  }
  await system.send('ada', 'bob');
  return { answer: await system.respond('bob', 'ada~bob~000001', { type: 'reply', text: value }), system };
}

/** The text in the table afterwards. */
async function keptOf(field: Field, value: string): Promise<string | undefined> {
  const { answer, system } = await write(field, value);
  expect(answer.status, answer.text).toBeLessThan(300);
  const [inmail] = system.books.books().inmails;
  return { subject: inmail?.subject, body: inmail?.body, text: answer.json.inmail.response?.text }[field];
}

const ALL = ['subject', 'body', 'text'] as const;
const LONG = ['body', 'text'] as const;
const every = <const Row extends readonly string[]>(fields: readonly Field[], rows: readonly Row[]) =>
  fields.flatMap((field) => rows.map((row) => [field, ...row] as const));

describe('text that is taken, and kept as it is', () => {
  it.each(
    every(ALL, [
      ['<script>alert(1)</script><img src=x onerror=alert(1)>'],
      ['=HYPERLINK("http://example.org","x")'],
      ["+1-1@SUM(A1)'; DROP TABLE ledger; --"],
      ['{"a":"\\u0000"} #{jndi:ldap://x} {{7*7}} %00 %s \\n'],
      ['שלום, \u200fمرحبا\u200e, नमस्ते, สวัสดี, 你好'],
      ['👩‍👩‍👧‍👦 🏳️‍🌈 🇪🇺 é e\u0301'],
      ['🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🏴󠁧󠁢󠁷󠁬󠁳󠁿 🏴󠁵󠁳󠁣󠁡󠁿'],
      ['می\u200cخواهم'],
      ['☎\ufe0e ❤️'],
      ['\u200fא\u200e'],
      ['\u0301'],
      [`a${'\u0301'.repeat(30)}b${'\u0301'.repeat(30)}`],
      ['\u00a0no-break\u2009thin\u3000wide\ufeff'],
    ]),
  )('a %s is kept as it is: %j', async (field, value) => {
    expect(await keptOf(field, value)).toBe(value);
  });

  it.each(every(LONG, [['One line,\nanother,\n\n\tand one set in.']]))(
    'a %s of several lines is taken: %j',
    async (field, value) => {
      expect((await write(field, value)).answer.status).toBeLessThan(300);
    },
  );
});

describe('text that is taken, and kept as it is shown', () => {
  it.each(
    every(
      LONG,
      [
        ['Windows\r\nand\r\n\r\nmore\r\n', 'Windows\nand\n\nmore\n'],
        ['an old\rMac', 'an old\nMac'],
        ['\n\r', '\n\n'],
        ['a\u000bb\u000cc\u0085d\u2028e\u2029f', 'a\nb\nc\nd\ne\nf'],
      ].map(([given = '', kept = '']) => [`${given}.`, `${kept}.`] as const),
    ),
  )('a %s has its line ends made plain: %j', async (field, given, kept) => {
    expect(await keptOf(field, given)).toBe(kept);
  });

  it.each(
    every(ALL, [
      ['\u202aC:\\Users\\ada\u202c', 'C:\\Users\\ada'],
      ['\u2066ada\u2069 and \u2067\u2068bob\u2069', 'ada and bob'],
      ['invoice\u202efdp.exe', 'invoicefdp.exe'],
      ['a\u202b\u202db', 'ab'],
      ['Hello\u{e0001}\u{e0049}\u{e0067}\u{e006e}\u{e007f}', 'Hello'],
      ['\u{1f3f4}\u{e0049}\u{e0067}\u{e006e}\u{e006f}\u{e007f}', '\u{1f3f4}'],
      ['\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}', '\u{1f3f4}'],
      ['a\u206a\u206fb\ufff9c\ufffad\ufffb', 'abcd'],
      ['a\uffff\ufdd0\u{1fffe}b', 'ab'],
      ['👍\ufe0f\ufe01\u{e0100}\u{e01ef}!', '👍\ufe0f!'],
    ]),
  )('a %s loses what is hidden: %j', async (field, given, kept) => {
    expect(await keptOf(field, given)).toBe(kept);
  });

  it('a request with other line ends is the same request again', async () => {
    const { answer, system } = await write('body', 'a\r\nb');
    const letter = { product: 'premium', recipientId: 'bob', subject: 'Hello' };
    const send = (body: string) =>
      system.call('send-inmail', { as: 'ada', headers: { 'idempotency-key': 'k' }, body: { ...letter, body } });
    expect((await send('a\nb')).text).toBe(answer.text);
    expect((await send('a\u2066\rb\u2069')).text).toBe(answer.text);
    expect((await send('a\n\nb')).status).toBe(422);
  });

  it('a text that is written once more changes no more', () => {
    const unit = fc.constantFrom(
      ...'ab\r\n\u2028\u202e\u2069\ufe0f\u206a\uffff',
      '\u{1f3f4}',
      '\u{e0067}',
      '\u{e007f}',
      '\u{e0101}',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 30 }), (given) => {
        const kept = asItShows(withLineFeeds(given, { lines: 'many' }));
        expect(asItShows(withLineFeeds(kept, { lines: 'many' }))).toBe(kept);
      }),
    );
  });
});

describe('refused text, with reason and place', () => {
  it.each<readonly [Field, string, string]>([
    ...every(ALL, [
      ['a\u0000b', 'no U+0000, a control character, as at character 2'],
      ['\u0008', 'no U+0008, a control character, as at character 1'],
      ['a\u000eb', 'no U+000E, a control character, as at character 2'],
      ['\u001b[31mred', 'no U+001B, a control character, as at character 1'],
      ['🙂🙂\u007f', 'no U+007F, a control character, as at character 3'],
      ['a\u0084b', 'no U+0084, a control character, as at character 2'],
      ['a\u009f', 'no U+009F, a control character, as at character 2'],
      ['🙂\ud83d', 'no half of a character, as at character 2'],
      ['\ude42🙂', 'no half of a character, as at character 1'],
      ['\ud83d\u202e\ude42', 'no half of a character, as at character 1'],
      [`ab${'\u0301'.repeat(31)}`, 'at most 30 combining marks in a row, not as at character 3'],
      [
        `a${'\u0301'.repeat(16)}\u2069${'\u0301'.repeat(16)}`,
        'at most 30 combining marks in a row, not as at character 2',
      ],
      ['', 'at least 1 character'],
      ...[
        ' ',
        '\u00a0\u3000\u2003',
        '\u200b',
        '\u200d\u200c\u2060\ufeff',
        '\u3164',
        '\u2800',
        '\u00ad\u034f',
        '\u202e\u2069',
        '\u206a',
        '\ufff9\ufffb',
        '\uffff',
        '\ufe0f',
        '\u{e0020}',
        '\u{e0041}\u{e007f}',
        '\u{e0100}',
        '\u{1d173}',
      ].map((nothing) => [nothing, 'at least 1 character that shows'] as const),
    ]),
    ...every(LONG, [['\r\n\t \u0085\u2028', 'at least 1 character that shows']]),
    ...every(
      ['subject'],
      [
        ['a\nBcc: eve', 'no U+000A, which is not for a single line, as at character 2'],
        ['a\r\nBcc: eve', 'no U+000A, which is not for a single line, as at character 2'],
        ['a\rb', 'no U+000A, which is not for a single line, as at character 2'],
        ['a\tb', 'no U+0009, which is not for a single line, as at character 2'],
        ['a\u000bb', 'no U+000B, which is not for a single line, as at character 2'],
        ['a\u0085b', 'no U+0085, which is not for a single line, as at character 2'],
        ['a\u2028b', 'no U+2028, which is not for a single line, as at character 2'],
        ['ab\u2029', 'no U+2029, which is not for a single line, as at character 3'],
      ],
    ),
  ])('a %s is refused: %j', async (field, value, detail) => {
    const { answer, system } = await write(field, value);
    expect([answer.status, answer.json.errors]).toEqual([400, [{ in: 'body', pointer: `/${field}`, detail }]]);
    expect(system.books.books().inmails.filter(({ status }) => status !== 'pending')).toEqual([]);
  });

  it('a text with 10,000 combining marks is refused', async () => {
    const { answer } = await write('body', `a${'\u0301'.repeat(7_000)}`);
    expect([answer.status, answer.json.errors[0].pointer]).toEqual([400, '/body']);
    expect((await write('body', `a${'\u0301'.repeat(10_000)}`)).answer.status).toBe(413);
  });

  it('a refused text gets all its faults at once', async () => {
    const { answer } = await write('subject', `a\u0000${'x'.repeat(200)}`);
    const details = answer.json.errors.map(({ detail }: { detail: string }) => detail);
    expect(details).toEqual(['no U+0000, a control character, as at character 2', 'at most 200 characters']);
  });
});

describe('its length', () => {
  it.each<[Field, string, number]>([
    ['subject', 'x', 200],
    ['subject', '🙂', 200],
    ['body', 'x', 1_900],
    ['body', 'é', 1_900],
    ['body', '🙂', 1_900],
    ['text', '🙂', 1_900],
  ])('the length of a %s is counted by character: %s %i times', async (field, character, most) => {
    const right = await write(field, character.repeat(most));
    expect(right.answer.status).toBeLessThan(300);
    const { answer } = await write(field, character.repeat(most + 1));
    const detail = `at most ${most} characters`;
    expect([answer.status, answer.json.errors]).toEqual([400, [{ in: 'body', pointer: `/${field}`, detail }]]);
  });
});

describe('the contract of a text', () => {
  it.each([SUBJECT, BODY])(
    'the pattern in the contract takes the same characters of the first plane as the code: %o',
    (measure) => {
      const { pattern = '' } = written(measure).meta() as { pattern?: string };
      const [asUnits, asCharacters] = [new RegExp(pattern), new RegExp(pattern, 'u')];
      const wrong: unknown[] = [];
      for (let unit = 0; unit <= 0xffff; unit += 1) {
        if (unit >= 0xd800 && unit <= 0xdfff) continue;
        for (const text of [String.fromCharCode(unit), `${String.fromCharCode(unit)}x`]) {
          const isTaken = faultsOfText(text, measure).every((fault) => fault.includes('marks in a row'));
          const found = [asUnits.test(text), asCharacters.test(text)];
          if (found.some((taken) => taken !== isTaken)) wrong.push([unit, text.length, isTaken, ...found]);
        }
      }
      // The expectation stands outside the loop, because a hundred thousand of them take long.
      expect(wrong).toEqual([]);
    },
  );

  it.each(['🙂', '\u{1f3f4}', '🙂 and more', ' 🙂 '])(
    'the pattern in the contract takes characters beyond the first plane: %s',
    (text) => {
      const { pattern = '' } = written(SUBJECT).meta() as { pattern?: string };
      expect([new RegExp(pattern).test(text), new RegExp(pattern, 'u').test(text)]).toEqual([true, true]);
    },
  );
});
