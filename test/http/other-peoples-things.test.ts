import { describe, expect, it } from 'vitest';
import type { EndpointName } from '../../shared/contract/endpoints.ts';
import { PRIVATE_HEADERS } from '../../shared/contract/security-headers.ts';
import { type Call, TestSystem } from '../support/system.ts';

const ID = 'ada~bob~000001';

/** Ada has two products and an InMail to bob. Eve has a subscription and nothing to do with the two. */
async function withAda(): Promise<TestSystem> {
  const system = new TestSystem('2024-03-01T12:00:00Z');
  for (const member of ['ada', 'eve']) await system.subscribe(member, 'premium-career');
  await system.subscribe('ada', 'recruiter-lite');
  await system.send('ada', 'bob', { key: 'k' });
  return system;
}

const accept = { body: { type: 'accept' } };
const reply = { body: { type: 'reply', text: 'Gladly.' } };

/** Another member's things, and things that do not exist at all. */
const ROWS: readonly [EndpointName, string, Call, Call][] = [
  ['list-credits', "another's credits", { path: { memberId: 'ada' } }, { path: { memberId: 'nobody' } }],
  [
    'list-credits',
    "another's credits at an instant",
    { path: { memberId: 'ada' }, query: { at: '2024-03-01T12:00:00Z' } },
    { path: { memberId: 'nobody' }, query: { at: '2024-03-01T12:00:00Z' } },
  ],
  [
    'get-credits',
    "another's credits of a product",
    { path: { memberId: 'ada', product: 'premium' } },
    { path: { memberId: 'nobody', product: 'premium' } },
  ],
  [
    'get-credits',
    "another's credits, asked for in a wrong way",
    { path: { memberId: 'ada', product: 'premium' }, query: { at: 'now', more: '1' } },
    { path: { memberId: '?!', product: 'gold' }, query: { at: 'now', more: '1' } },
  ],
  [
    'list-ledger',
    "another's ledger",
    { path: { memberId: 'ada', product: 'recruiter' } },
    { path: { memberId: 'nobody', product: 'recruiter' } },
  ],
  [
    'list-ledger',
    "another's ledger as CSV",
    { path: { memberId: 'ada', product: 'recruiter' }, query: { format: 'csv' } },
    { path: { memberId: 'nobody', product: 'recruiter' }, query: { format: 'csv' } },
  ],
  ['get-inmail', "others' InMail", { path: { inmailId: ID } }, { path: { inmailId: 'ada~bob~000002' } }],
  ['get-inmail', "others' InMail, and nonsense", { path: { inmailId: ID } }, { path: { inmailId: '../x' } }],
  [
    'respond-to-inmail',
    "a response to others' InMail",
    { path: { inmailId: ID }, ...accept },
    { path: { inmailId: 'ada~bob~000002' }, ...accept },
  ],
  [
    'respond-to-inmail',
    "a reply to others' InMail",
    { path: { inmailId: ID }, ...reply },
    { path: { inmailId: 'nobody~eve~000001' }, ...reply },
  ],
  ['hide-inmail', "others' InMail hidden", { path: { inmailId: ID } }, { path: { inmailId: 'ada~bob~000002' } }],
];

describe("another member's things", () => {
  it.each(ROWS)('%s: %s gets the same bytes as what does not exist', async (name, _, theirs, absent) => {
    const system = await withAda();
    const before = JSON.stringify(system.books.books());
    const answers = [
      await system.call(name, { ...theirs, as: 'eve' }),
      await system.call(name, { ...absent, as: 'eve' }),
    ];
    for (const { status, headers, text } of answers) {
      expect({ status, headers, text }).toEqual({
        status: 404,
        headers: { 'content-type': 'application/problem+json', ...PRIVATE_HEADERS },
        text: '{"type":"/problems/not-found","title":"Not found","status":404}',
      });
    }
    expect(JSON.stringify(system.books.books())).toBe(before);
  });

  it('the sender of an InMail cannot respond to it', async () => {
    const system = await withAda();
    const answer = await system.respond('ada', ID);
    expect([answer.status, answer.text]).toEqual([404, (await system.respond('ada', 'ada~bob~000002')).text]);
  });

  it('an answered InMail of others is as absent as a pending one', async () => {
    const system = await withAda();
    const before = await system.respond('eve', ID);
    await system.respond('bob', ID);
    expect((await system.respond('eve', ID)).text).toBe(before.text);
  });

  it.each(['inbox', 'sent'])("another member's %s cannot be requested", async (box) => {
    const system = await withAda();
    const { status, json } = await system.call('list-inmails', { as: 'eve', query: { box } });
    expect([status, json]).toEqual([200, { inmails: [] }]);
    const asked = await system.call('list-inmails', { as: 'eve', query: { box, memberId: 'ada' } });
    expect([asked.status, asked.json.errors[0].pointer]).toEqual([400, '/memberId']);
  });

  it("another sender's key is a new key", async () => {
    const system = await withAda();
    const { status, headers, json } = await system.send('eve', 'bob', { key: 'k' });
    expect([status, json.inmail.inmailId]).toEqual([201, 'eve~bob~000001']);
    expect(headers).not.toHaveProperty('idempotency-replayed');
  });
});

describe('the caller', () => {
  it.each(['senderId', 'memberId', 'sub', 'callerId'])(
    'the caller cannot be set by a %s in the body',
    async (field) => {
      const system = await withAda();
      const body = { product: 'premium', recipientId: 'carol', subject: 'Hello', body: 'Talk?', [field]: 'ada' };
      const { status, json } = await system.call('send-inmail', {
        as: 'eve',
        headers: { 'idempotency-key': 'x' },
        body,
      });
      expect([status, json.errors]).toEqual([400, [{ in: 'body', pointer: `/${field}`, detail: 'unknown field' }]]);
      expect(await system.balanceOf('ada')).toBe(4);
    },
  );

  it.each(['x-member-id', 'x-forwarded-user', 'x-http-method-override', 'x-amzn-oidc-identity', 'from'])(
    'the caller cannot be set by the header %s',
    async (header) => {
      const system = await withAda();
      const call = { as: 'eve', path: { inmailId: ID }, headers: { [header]: 'ada' } };
      expect((await system.call('get-inmail', call)).status).toBe(404);
    },
  );

  it.each(['__proto__', '[ada eve]', 'x'.repeat(1_000), 'ada,eve', 'ada\n', 'a\u0000'])(
    'the caller cannot be %j',
    async (as) => {
      expect((await (await withAda()).call('list-plans', { as })).status).toBe(401);
    },
  );
});
