import { describe, expect, it } from 'vitest';
import { sealCursor } from '../../shared/http/cursor.ts';
import { type Answer, type Call, TestSystem } from '../support/system.ts';

const wallet = (memberId: string, product = 'premium') => ({ memberId, product });

async function withBooks(): Promise<TestSystem> {
  const system = new TestSystem('2024-03-01T12:00:00Z');
  for (const member of ['ada', 'bob']) {
    await system.subscribe(member, 'premium-career');
    await system.subscribe(member, 'recruiter-lite');
    for (const other of ['carol', 'dave', 'erin']) await system.send(member, other);
  }
  return system;
}

const ledger = (system: TestSystem, query: Record<string, string>, more: Partial<Call> = {}) =>
  system.call('list-ledger', { as: 'ada', path: wallet('ada'), ...more, query });
const box = (system: TestSystem, query: Record<string, string>, as = 'ada') =>
  system.call('list-inmails', { as, query: { box: 'sent', ...query } });

const SCOPE = { list: 'list-ledger', callerId: 'ada', of: 'ada#premium' } as const;

const outcome = ({ status, json }: Answer) => [status, json.type];
const INVALID = [400, '/problems/invalid-cursor'];

describe('a cursor', () => {
  it('a cursor goes on after its page of results, even with another length or another format', async () => {
    const system = await withBooks();
    const cursor: string = (await ledger(system, { limit: '1' })).json.nextCursor;
    const seqs = async (query: Record<string, string>) =>
      (await ledger(system, { cursor, ...query })).json.entries.map(({ seq }: { seq: number }) => seq);
    expect(await seqs({ limit: '2' })).toEqual([3, 2]);
    expect(await seqs({})).toEqual([3, 2, 1]);
    const { status, text } = await ledger(system, { cursor, limit: '1', format: 'csv' });
    expect([status, text.split('\r\n')[1]]).toEqual([200, expect.stringMatching(/^ada,premium,3,/)]);
  });

  it.each<[string, Partial<Call>]>([
    ['another wallet of the same member', { path: wallet('ada', 'recruiter') }],
    ["another member's wallet", { as: 'desk', scopes: ['support'], path: wallet('bob') }],
    ['the same wallet, and another caller', { as: 'desk', scopes: ['support'] }],
  ])('a cursor of a ledger is invalid for %s', async (_, more) => {
    const system = await withBooks();
    const cursor: string = (await ledger(system, { limit: '1' })).json.nextCursor;
    expect((await ledger(system, {}, more)).status).toBe(200);
    expect(outcome(await ledger(system, { cursor }, more))).toEqual(INVALID);
  });

  it('a cursor of a box is invalid for the other box, another member or a ledger, and the other way round', async () => {
    const system = await withBooks();
    const cursor: string = (await box(system, { limit: '1' })).json.nextCursor;
    expect((await box(system, { cursor })).status).toBe(200);
    expect(outcome(await box(system, { cursor, box: 'inbox' }))).toEqual(INVALID);
    expect(outcome(await box(system, { cursor }, 'bob'))).toEqual(INVALID);
    expect(outcome(await ledger(system, { cursor }))).toEqual(INVALID);
    const other: string = (await ledger(system, { limit: '1' })).json.nextCursor;
    expect(outcome(await box(system, { cursor: other }))).toEqual(INVALID);
  });

  it('a cursor of another release of ours is invalid for the same list', async () => {
    const system = await withBooks();
    const seal = async (position: object) => ({ cursor: (await sealCursor(position, SCOPE)) ?? '' });
    expect((await ledger(system, await seal({ fromSeq: 2 }))).status).toBe(200);
    for (const position of [{ from: 2 }, { fromSeq: 0 }, { fromSeq: '2' }, { fromSeq: 2, more: 1 }, [2]]) {
      expect(outcome(await ledger(system, await seal(position)))).toEqual(INVALID);
    }
  });

  it.each([{ list: 'list-inmails' }, { callerId: 'eve' }, { of: 'ada#recruiter' }] as const)(
    'a cursor is invalid if all but %j is right',
    async (other) => {
      const cursor = (await sealCursor({ fromSeq: 2 }, { ...SCOPE, ...other })) ?? '';
      expect(outcome(await ledger(await withBooks(), { cursor }))).toEqual(INVALID);
    },
  );

  it.each([1, 12, 123])('a cursor from entry %i is invalid after any single bit has changed', async (fromSeq) => {
    const system = await withBooks();
    const cursor = (await sealCursor({ fromSeq }, SCOPE)) ?? '';
    expect((await ledger(system, { cursor })).status).toBe(200);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const tampered = [...cursor].flatMap((character, index) =>
      [0, 1, 2, 3, 4, 5].map((bit) => {
        const other = alphabet.charAt(alphabet.indexOf(character) ^ (1 << bit));
        return cursor.slice(0, index) + other + cursor.slice(index + 1);
      }),
    );
    for (const other of tampered) {
      expect([other, ...outcome(await ledger(system, { cursor: other }))]).toEqual([other, ...INVALID]);
    }
  });

  it.each<[string, (cursor: string) => string]>([
    ['cut short', (cursor) => cursor.slice(0, -1)],
    ['with the HMAC alone', (cursor) => cursor.slice(0, 43)],
    ['drawn out', (cursor) => `${cursor}A`],
    ['twice over', (cursor) => cursor + cursor],
    ['without its hash', (cursor) => Buffer.from(cursor, 'base64url').subarray(32).toString('base64url')],
    [
      'with a hash of zeros',
      () => Buffer.concat([Buffer.alloc(32), Buffer.from('{"fromSeq":1}')]).toString('base64url'),
    ],
    ['of one letter', () => 'x'],
    ['that is a position alone', () => Buffer.from('{"fromSeq":1}').toString('base64url')],
  ])('a cursor %s is invalid', async (_, change) => {
    const system = await withBooks();
    const cursor: string = (await ledger(system, { limit: '1' })).json.nextCursor;
    expect(outcome(await ledger(system, { cursor: change(cursor) }))).toEqual(INVALID);
  });

  it('a cursor that a client made leads only to a place in its own list', async () => {
    const system = await withBooks();
    const made = (callerId: string, of: string) =>
      sealCursor({ fromSeq: 1 }, { list: 'list-ledger', callerId, of }) as string;
    const { json } = await ledger(system, { cursor: made('ada', 'ada#premium') });
    expect(json.entries.map(({ seq }: { seq: number }) => seq)).toEqual([1]);
    for (const cursor of [made('bob', 'bob#premium'), made('bob', 'ada#premium'), made('ada', 'bob#premium')]) {
      expect(outcome(await ledger(system, { cursor }))).toEqual(INVALID);
    }
  });

  it("a cursor with the longest ids fits into the contract's bound", async () => {
    const system = new TestSystem('2024-03-01T12:00:00Z');
    const [sender, recipient] = ['s'.repeat(128), 'r'.repeat(128)];
    await system.subscribe(sender, 'premium-career');
    await system.send(sender, recipient);
    await system.respond(recipient, `${sender}~${recipient}~000001`);
    await system.send(sender, recipient);
    const { json } = await box(system, { box: 'inbox', limit: '1' }, recipient);
    expect(json.nextCursor.length).toBeLessThanOrEqual(500);
    expect((await box(system, { box: 'inbox', cursor: json.nextCursor }, recipient)).json.inmails).toHaveLength(1);
  });
});
