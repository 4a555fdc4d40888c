/** Real ids of identity providers pass through sockets, gateway, functions, tables and back to the client. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalSystem, startLocalSystem } from '../../local/system.ts';
import { audit } from '../../shared/domain/audit.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { scanBooks } from '../../shared/store/books.ts';
import { ownTables } from '../support/engine.ts';
import { LocalClient } from './local-client.ts';

let system: LocalSystem;
let client: LocalClient;
beforeAll(async () => {
  system = await startLocalSystem({ ...ownTables() });
  client = new LocalClient(system);
});
afterAll(() => system?.stop());

const LEDGER = '/v1/members/{memberId}/credits/{product}/ledger';

describe.each([
  ['of an identity provider', 'auth0|5f7c8ec7c33c6c004bbafe82', 'google-oauth2|1035'],
  ['that are names of resources', 'urn:li:person:ada', 'urn:li:person:bob'],
  ['that are mail addresses', 'ada+news@example.org', 'bob@example.org'],
  ['that spreadsheets would run or rewrite', '-2-3', '+1E5'],
  ['with dots', '..ada', 'bob..'],
  ['by an inherited name', 'constructor', 'toString'],
  ['of 128 characters', 'a'.repeat(128), 'b'.repeat(128)],
  ['of 128 characters that an address has to encode', '|'.repeat(128), ':'.repeat(128)],
])('members with ids %s', (ids, ada, bob) => {
  const inmailId = `${ada}~${bob}~000001`;
  const path = { inmailId };
  const wallet = { memberId: ada, product: 'premium' } as const;

  it(`members with ids ${ids} can subscribe, send, and find the InMail by its Location`, async () => {
    expect((await client.subscribe(ada, 'premium', 'premium-career')).status).toBe(200);
    const sent = await client.send(ada, bob, 'premium', 'first');
    expect([sent.status, sent.body.inmail?.inmailId]).toEqual([201, inmailId]);
    const location = sent.headers.get('location') ?? '';
    expect(location).toBe(`/v1/inmails/${encodeURIComponent(inmailId)}`);
    expect((await client.call('GET', location, { as: bob })).body).toMatchObject({ senderId: ada, recipientId: bob });
  });

  it(`members with ids ${ids} can read their lists to the end, one page of results after the other`, async () => {
    const first = await client.as(bob).GET('/v1/inmails', { params: { query: { box: 'inbox', limit: 1 } } });
    expect(first.data?.inmails.map((inmail) => inmail.inmailId)).toEqual([inmailId]);
    const cursor = first.data?.nextCursor;
    const query = { box: 'inbox', ...(cursor !== undefined && { cursor }) } as const;
    expect((await client.as(bob).GET('/v1/inmails', { params: { query } })).response.status).toBe(200);
    const { data } = await client.as(ada).GET(LEDGER, { params: { path: wallet, query: { limit: 1 } } });
    expect(typeof data === 'object' && data.entries[0]?.walletId).toBe(`${ada}#premium`);
  });

  it(`members with ids ${ids} can respond, hide, connect and cancel`, async () => {
    const answered = await client.as(bob).PUT('/v1/inmails/{inmailId}/response', {
      params: { path },
      body: { type: 'reply', text: 'Gladly.' },
    });
    expect(answered.data?.inmail).toMatchObject({ status: 'replied', credit: 'returned' });
    expect((await client.as(ada).DELETE('/v1/inmails/{inmailId}', { params: { path } })).response.status).toBe(204);
    const pair = { memberId: ada, otherId: bob };
    const desk = client.as('desk', ['billing']);
    const connection = { params: { path: pair } };
    const made = await desk.PUT('/v1/members/{memberId}/connections/{otherId}', connection);
    const unmade = await desk.DELETE('/v1/members/{memberId}/connections/{otherId}', connection);
    expect([made.response.status, unmade.response.status]).toEqual([204, 204]);
    const subscription = { params: { path: wallet } };
    const ended = await desk.DELETE('/v1/members/{memberId}/subscriptions/{product}', subscription);
    expect(ended.response.status).toBe(204);
    expect((await client.ledger(ada, 'premium')).map(({ type }) => type)).toEqual([
      'subscribed',
      'sent',
      'returned',
      'cancelled',
    ]);
  });
});

describe('the sweeps and the books', () => {
  it('the sweeps and the books hold these ids, too', async () => {
    await client.subscribe('|'.repeat(128), 'recruiter', 'recruiter-lite');
    await client.send('|'.repeat(128), '@'.repeat(128), 'recruiter', 'first');
    await client.move({ advance: 'P100D' });
    const { body } = await client.call(
      'GET',
      `/v1/inmails/${encodeURIComponent(`${'|'.repeat(128)}~${'@'.repeat(128)}~000001`)}`,
      { as: '@'.repeat(128) },
    );
    expect(body).toMatchObject({ status: 'expired', remindedAt: expect.any(String) });
    expect(audit(await scanBooks(system), RULES)).toEqual([]);
  });
});
