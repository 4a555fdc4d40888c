import { describe, expect, it } from 'vitest';
import { PRIVATE_HEADERS } from '../../shared/contract/security-headers.ts';
import { holds } from '../../shared/http/etag.ts';
import { type Answer, TestSystem } from '../support/system.ts';

const START = '2024-03-01T12:00:00Z';
const ROUTES = ['get-credits', 'list-credits'] as const;
type Name = (typeof ROUTES)[number];

async function withInMail(): Promise<TestSystem> {
  const system = new TestSystem(START);
  await system.subscribe('ada', 'premium-career');
  await system.send('ada', 'bob');
  return system;
}

function ask(system: TestSystem, name: Name, ifNoneMatch?: string, at?: string): Promise<Answer> {
  const path = name === 'get-credits' ? { memberId: 'ada', product: 'premium' } : { memberId: 'ada' };
  const headers = ifNoneMatch === undefined ? {} : { 'if-none-match': ifNoneMatch };
  return system.call(name, { as: 'ada', path, headers, ...(at && { query: { at } }) });
}

const tagOf = async (system: TestSystem, name: Name, at?: string) =>
  String((await ask(system, name, undefined, at)).headers.etag);

describe.each(ROUTES)('%s', (name) => {
  it(`the response of ${name} has a tag, and no cache keeps it`, async () => {
    const { status, headers } = await ask(await withInMail(), name);
    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    expect(headers.etag).toMatch(/^W\/"[0-9a-f]{32}"$/);
  });

  it(`the response of ${name} is a 304 with the tag and no body while nothing has changed`, async () => {
    const system = await withInMail();
    const tag = await tagOf(system, name);
    const { status, text, headers } = await ask(system.at('2024-03-31T23:59:59.999Z'), name, tag);
    expect({ status, text, headers }).toEqual({
      status: 304,
      text: '',
      headers: { etag: tag, ...PRIVATE_HEADERS },
    });
  });

  it.each<[string, string, (system: TestSystem) => unknown]>([
    ['a send', START, (system) => system.send('ada', 'carol')],
    ['a response', START, (system) => system.respond('bob', 'ada~bob~000001')],
    ['another plan', START, (system) => system.subscribe('ada', 'premium-business')],
    ['a cancellation', START, (system) => system.cancel('ada', 'premium')],
    ['the next renewal', '2024-03-31T23:59:59.999Z', (system) => system.at('2024-04-01T00:00:00Z')],
    ['a renewal that brings nothing', '2024-06-30T23:59:59.999Z', (system) => system.at('2024-07-01T00:00:00Z')],
    ['the 90 days of an InMail', '2024-05-30T12:00:00.000Z', (system) => system.at('2024-05-30T12:00:00.001Z')],
  ])(`the response of ${name} has another tag after %s`, async (_, from, change) => {
    const system = (await withInMail()).at(from);
    const tag = await tagOf(system, name);
    await change(system);
    const { status, headers } = await ask(system, name, tag);
    expect(status).toBe(200);
    expect(headers.etag).not.toBe(tag);
  });

  it(`the response of ${name} has the tag of the credits at the requested instant`, async () => {
    const system = await withInMail();
    const [before, after] = ['2024-03-31T23:59:59.999Z', '2024-04-01T00:00:00.000Z'];
    const tag = await tagOf(system, name, before);
    expect((await ask(system, name, tag, before)).status).toBe(304);
    expect((await ask(system, name, tag, after)).status).toBe(200);
  });

  it(`a renewal that a sweep wrote keeps the tag of ${name}`, async () => {
    const system = (await withInMail()).at('2024-04-01T00:05:00Z');
    const tag = await tagOf(system, name);
    await system.sweep('renew-wallets');
    expect((await ask(system, name, tag)).status).toBe(304);
  });

  it(`a refused caller never gets a 304 from ${name}`, async () => {
    const system = await withInMail();
    const path = name === 'get-credits' ? { memberId: 'ada', product: 'premium' } : { memberId: 'ada' };
    const call = { path, headers: { 'if-none-match': '*' } };
    expect((await system.call(name, { ...call, as: 'eve' })).status).toBe(404);
    expect((await system.call(name, { ...call })).status).toBe(401);
    expect((await system.call(name, { ...call, as: 'ada', query: { more: '1' } })).status).toBe(400);
  });
});

it('the tag of all credits changes with another product, and the tag of one product does not', async () => {
  const system = await withInMail();
  const [one, all] = [await tagOf(system, 'get-credits'), await tagOf(system, 'list-credits')];
  await system.subscribe('ada', 'recruiter-lite');
  expect((await ask(system, 'get-credits', one)).status).toBe(304);
  expect((await ask(system, 'list-credits', all)).status).toBe(200);
});

describe('If-None-Match', () => {
  const tag = 'W/"abc"';
  it.each<[string, boolean]>([
    ['W/"abc"', true],
    ['"abc"', true],
    ['"x", W/"abc"', true],
    ['W/"x","abc" , "y"', true],
    ['*', true],
    [' * ', true],
    ['"x"', false],
    ['abc', false],
    ['w/"abc"', false],
    ['"ABC"', false],
    ['"abc', false],
    ['"*"', false],
    ['"x", *', false],
    ['', false],
    [',,', false],
  ])('the header If-None-Match %j matches: %s', (header, expected) => {
    expect(holds(header, tag)).toBe(expected);
  });

  it('the header If-None-Match has no effect if there is no tag', () => {
    expect(holds('*', undefined)).toBe(false);
    expect(holds(undefined, tag)).toBe(false);
  });
});
