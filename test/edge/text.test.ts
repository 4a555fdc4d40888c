import { describe, expect, it } from 'vitest';
import { type Answer, TestSystem } from '../support/system.ts';

type Field = 'subject' | 'body' | 'text';

/** A send for a subject and a body, a reply for its text: what members write is written in these three. */
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
      [`a${'\u0301'.repeat(30)}b${'\u0301'.repeat(30)}`],
      ['\u00a0no-break\u2009thin\u3000wide\ufeff'],
    ]),
  )('%s: %j', async (field, value) => {
    const { answer, system } = await write(field, value);
    expect(answer.status).toBeLessThan(300);
    const [inmail] = system.books.books().inmails;
    const written = { subject: inmail?.subject, body: inmail?.body, text: answer.json.inmail.response?.text };
    expect(written[field]).toBe(value);
  });

  it.each(every(LONG, [['One line,\nanother,\n\n\tand one set in.']]))('%s: %j', async (field, value) => {
    expect((await write(field, value)).answer.status).toBeLessThan(300);
  });
});

describe('text that is refused, with what and where', () => {
  it.each<readonly [Field, string, string]>([
    ...every(ALL, [
      ['a\u0000b', 'no U+0000, a control character, as at character 2'],
      ['\u0008', 'no U+0008, a control character, as at character 1'],
      ['a\u000bb', 'no U+000B, a control character, as at character 2'],
      ['\u001b[31mred', 'no U+001B, a control character, as at character 1'],
      ['🙂🙂\u007f', 'no U+007F, a control character, as at character 3'],
      ['a\u0085b', 'no U+0085, a control character, as at character 2'],
      ['a\u009f', 'no U+009F, a control character, as at character 2'],
      ['a\r\nb', 'no U+000D, a carriage return (lines end in a line feed alone), as at character 2'],
      ['\u202agpj.exe', 'no U+202A, which turns the direction of text, as at character 1'],
      ['🙂 \u202egpj.exe', 'no U+202E, which turns the direction of text, as at character 3'],
      ['a\u2066b', 'no U+2066, which turns the direction of text, as at character 2'],
      ['ab\u2069', 'no U+2069, which turns the direction of text, as at character 3'],
      ['🙂\ud83d', 'no half of a character, as at character 2'],
      ['\ude42🙂', 'no half of a character, as at character 1'],
      [`ab${'\u0301'.repeat(31)}`, 'at most 30 combining marks in a row, not as at character 3'],
      ['', 'at least 1 character'],
    ]),
    ...every(
      ['subject'],
      [
        ['a\nBcc: eve', 'no U+000A, which is not for a single line, as at character 2'],
        ['a\tb', 'no U+0009, which is not for a single line, as at character 2'],
        ['a\u2028b', 'no U+2028, which is not for a single line, as at character 2'],
        ['ab\u2029', 'no U+2029, which is not for a single line, as at character 3'],
      ],
    ),
  ])('%s: %j', async (field, value, detail) => {
    const { answer, system } = await write(field, value);
    expect([answer.status, answer.json.errors]).toEqual([400, [{ in: 'body', pointer: `/${field}`, detail }]]);
    expect(system.books.books().inmails.filter(({ status }) => status !== 'pending')).toEqual([]);
  });

  it('10,000 combining marks', async () => {
    const { answer } = await write('body', `a${'\u0301'.repeat(7_000)}`);
    expect([answer.status, answer.json.errors[0].pointer]).toEqual([400, '/body']);
    expect((await write('body', `a${'\u0301'.repeat(10_000)}`)).answer.status).toBe(413);
  });

  it('all that is wrong with it', async () => {
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
  ])('of a %s is counted by character: %s %i times', async (field, character, most) => {
    const right = await write(field, character.repeat(most));
    expect(right.answer.status).toBeLessThan(300);
    const { answer } = await write(field, character.repeat(most + 1));
    const detail = `at most ${most} characters`;
    expect([answer.status, answer.json.errors]).toEqual([400, [{ in: 'body', pointer: `/${field}`, detail }]]);
  });
});
