import { describe, expect, it } from 'vitest';
import { SUBJECT } from '../../shared/domain/written-text.ts';
import { faultsFrom, faultsOf, textFault } from '../../web/words/draft-faults.ts';
import {
  canRespond,
  creditInWords,
  effectOfResponse,
  type InMail,
  responseName,
} from '../../web/words/inmail-words.ts';
import { TestSystem } from '../support/system.ts';

const draft = { recipientId: 'bob', subject: 'Hello', body: 'Would you like to talk?' };

describe('the faults of a draft', () => {
  it.each<[string, Partial<typeof draft>, string[]]>([
    ['every field filled', {}, []],
    ['no recipient', { recipientId: '' }, ['recipientId']],
    ['a recipient of 128 characters', { recipientId: 'b'.repeat(128) }, []],
    ['a mail address', { recipientId: 'bob+news@example.org' }, []],
    ['a recipient of dots', { recipientId: '..' }, ['recipientId']],
    ['__proto__', { recipientId: '__proto__' }, ['recipientId']],
    ['a recipient of 129 characters', { recipientId: 'b'.repeat(129) }, ['recipientId']],
    ['a recipient with a space', { recipientId: 'bob ' }, ['recipientId']],
    ['no subject', { subject: '' }, ['subject']],
    ['a subject of 200 emoji', { subject: '👋'.repeat(200) }, []],
    ['a subject of 201 characters', { subject: 's'.repeat(201) }, ['subject']],
    ['no body', { body: '' }, ['body']],
    ['a body of 1,900 characters', { body: 'b'.repeat(1_900) }, []],
    ['a body of 1,901 characters', { body: 'b'.repeat(1_901) }, ['body']],
    ['a body with line ends of Windows', { body: `${'b\r\n'.repeat(950)}` }, []],
    ['a body with a control character', { body: 'a\u0007b' }, ['body']],
    ['a subject of two lines', { subject: 'a\r\nb' }, ['subject']],
    ['a subject of blanks', { subject: ' \u3164\u200b ' }, ['subject']],
    ['a body of tags', { body: '\u{e0041}\u{e0042}' }, ['body']],
    ['a subject with an isolate', { subject: 'a\u2066b\u2069' }, []],
    ['a heap of marks', { body: `a${'\u0301'.repeat(31)}` }, ['body']],
    ['half a character', { body: 'a\ud83d' }, ['body']],
    ['nothing at all', { recipientId: '', subject: '', body: '' }, ['body', 'recipientId', 'subject']],
  ])('the page finds the same faults as the API in a draft with %s', async (_what, change, fields) => {
    const wanted = { ...draft, ...change };
    expect(Object.keys(faultsOf(wanted)).sort()).toEqual(fields);

    const system = new TestSystem('2024-01-31T15:00:00Z');
    await system.subscribe('ada', 'premium-career');
    const { status, json } = await system.call('send-inmail', {
      as: 'ada',
      headers: { 'idempotency-key': 'one' },
      body: { product: 'premium', ...wanted },
    });
    expect(status).toBe(fields.length === 0 ? 201 : 400);
    expect(Object.keys(faultsFrom(json.errors)).sort()).toEqual(fields);
  });

  it('the limit of a field counts characters as people do', () => {
    expect(textFault('👋'.repeat(203), SUBJECT)).toBe('At most 200 characters, but it has 203.');
  });

  it('a fault that points elsewhere belongs to no field', () => {
    const errors = [
      { in: 'body', pointer: '/product', detail: 'one of three' },
      { in: 'query', pointer: '/subject', detail: 'unknown' },
    ] as const;
    expect(faultsFrom([...errors])).toEqual({});
  });
});

const inmail: InMail = {
  inmailId: 'ada~bob~000001',
  senderId: 'ada',
  recipientId: 'bob',
  product: 'premium',
  subject: 'Hello',
  body: 'Hello',
  sentAt: '2024-01-31T15:00:00.000Z',
  returnableUntil: '2024-04-30T15:00:00.000Z',
  status: 'pending',
  credit: 'pending',
};

describe('the words for an InMail', () => {
  it.each<[Partial<InMail>, RegExp]>([
    [{ credit: 'pending' }, /can come back until$/],
    [{ credit: 'returned' }, /came back\.$/],
    [{ credit: 'lost', creditReason: 'late' }, /more than 90 days/],
    [{ credit: 'lost', creditReason: 'expired' }, /did not respond/],
    [{ credit: 'lost', creditReason: 'term-ended' }, /changed or cancelled/],
    [{ credit: 'lost', creditReason: 'at-cap' }, /maximum/],
  ])('an InMail with %o says what became of its credit', (facts, words) => {
    expect(creditInWords({ ...inmail, ...facts })).toMatch(words);
  });

  it('a pending InMail says that its credit cannot come back once the term that paid is over (R13)', () => {
    expect(creditInWords(inmail, true)).toMatch(/cannot come back.*changed or cancelled/);
    expect(creditInWords({ ...inmail, credit: 'returned' }, true)).toMatch(/came back\.$/);
  });

  it('the page says beforehand that a response in time returns the credit, and a late one does not', () => {
    expect(effectOfResponse(inmail)).toMatch(/lets ada write to you again.*gives them the credit back.*until$/);
    expect(effectOfResponse({ ...inmail, status: 'expired' })).toMatch(/too late.*no credit back/);
  });

  it('only the recipient can respond, and only once', () => {
    const response = { type: 'accept', at: '2024-02-01T15:00:00.000Z' } as const;
    expect(canRespond(inmail, 'bob')).toBe(true);
    expect(canRespond(inmail, 'ada')).toBe(false);
    expect(canRespond({ ...inmail, status: 'expired' }, 'bob')).toBe(true);
    expect(canRespond({ ...inmail, status: 'accepted', response }, 'bob')).toBe(false);
  });

  it('a response has a name, and a quick reply has that of its word', () => {
    const at = '2024-02-01T15:00:00.000Z';
    expect(responseName({ type: 'quick-reply', text: 'maybe-later', at })).toBe('Maybe later');
    expect(responseName({ type: 'reply', text: '<b>Gladly</b>', at })).toBe('Replied');
    expect(responseName({ type: 'decline', at })).toBe('Declined');
  });
});
