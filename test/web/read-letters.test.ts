import { describe, expect, it } from 'vitest';
import type { ApiClient } from '../../client/client.ts';
import { readBox, readLetter } from '../../web/views/inmails/read-letters.ts';
import type { InMail } from '../../web/words/inmail-words.ts';

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

/** An API with one InMail, and with credits as of noon. The credits of `returnable` can come back. */
function apiWith(found: InMail, returnable: readonly string[] = []) {
  const asked: string[] = [];
  const credits = [{ pendingReturns: returnable.map((inmailId) => ({ inmailId })) }];
  const bodies: Readonly<Record<string, unknown>> = {
    '/v1/members/{memberId}/credits': { asOf: '2024-02-01T12:00:00.000Z', credits },
    '/v1/inmails': { inmails: [found], nextCursor: 'next' },
    '/v1/inmails/{inmailId}': found,
  };
  const GET = async (path: string) => {
    asked.push(path);
    return { data: bodies[path], response: new Response() };
  };
  return { asked, reader: { api: { GET } as unknown as ApiClient, memberId: 'ada' } };
}

describe('the sent box', () => {
  it.each<[string, Partial<InMail>, string[], boolean]>([
    ['pending, and its credit can come back', {}, [inmail.inmailId], false],
    ['pending, and its credit cannot come back any more', {}, [], true],
    ['sent at the instant of the credits', { sentAt: '2024-02-01T12:00:00.000Z' }, [], true],
    ['sent after the credits were read', { sentAt: '2024-02-01T12:00:00.001Z' }, [], false],
    ['answered', { status: 'replied', credit: 'returned' }, [], false],
    ['expired', { status: 'expired', credit: 'lost', creditReason: 'expired' }, [], false],
    ['another’s', { senderId: 'eve' }, [], false],
  ])(
    'the sent box knows whether the term that paid is over for an InMail that is %s',
    async (_what, facts, returnable, isTermOver) => {
      const { reader } = apiWith({ ...inmail, ...facts }, returnable);
      const { items, nextCursor } = await readBox(reader, 'sent', undefined);
      expect([items[0]?.isTermOver, nextCursor]).toEqual([isTermOver, 'next']);
      expect((await readLetter(reader, 'sent', inmail.inmailId)).isTermOver).toBe(isTermOver);
    },
  );

  it('the sent box reads the credits before the InMails, because one may be answered in between', async () => {
    const { reader, asked } = apiWith(inmail);
    await readBox(reader, 'sent', undefined);
    expect(asked).toEqual(['/v1/members/{memberId}/credits', '/v1/inmails']);
  });

  it('the inbox reads no credits, because a recipient has none at stake', async () => {
    const { reader, asked } = apiWith(inmail);
    expect((await readBox(reader, 'inbox', undefined)).items).toEqual([{ inmail, isTermOver: false }]);
    expect(asked).toEqual(['/v1/inmails']);
  });
});
