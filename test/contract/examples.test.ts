/** The examples of the contract, played in order to the whole system, and compared with the schemas of the contract. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { type LocalSystem, startLocalSystem } from '../../local/system.ts';
import { problemsOf, type Success } from '../../shared/contract/endpoint.ts';
import { ENDPOINTS, endpointNamed } from '../../shared/contract/endpoints.ts';
import type { Exchange } from '../../shared/contract/examples/exchange.ts';
import { STORY } from '../../shared/contract/examples/story.ts';
import { STORY_STARTS_AT } from '../../shared/contract/examples/values.ts';
import { PROBLEM_SCHEMAS } from '../../shared/contract/problem-schemas.ts';
import { PROBLEMS, type ProblemSlug, problemDocument } from '../../shared/contract/problems.ts';
import { RESPONSE_HEADERS } from '../../shared/contract/response-headers.ts';
import { MAX_INMAIL_ID } from '../../shared/domain/inmail.ts';
import { type Answer, LocalClient } from '../local/local-client.ts';
import { ownTables } from '../support/engine.ts';

let system: LocalSystem;
let client: LocalClient;

beforeAll(async () => {
  system = await startLocalSystem({ ...ownTables() });
  client = new LocalClient(system);
  await client.move({ set: STORY_STARTS_AT });
});
afterAll(() => system?.stop());

function play({ endpoint, as, scopes, path = {}, query, headers = {}, body }: Exchange): Promise<Answer> {
  const { method, path: template } = endpointNamed(endpoint);
  const target = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  return client.call(method, query ? `${target}?${new URLSearchParams(query)}` : target, {
    ...(as !== undefined && { as }),
    ...(scopes && { scopes }),
    headers: { ...(text !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(text !== undefined && { body: text }),
  });
}

/**
 * Midnights are promised exactly. Other instants, hashes and cursors differ from run to run, so only their kind is
 * compared.
 */
const kindsOf = (body: unknown): unknown =>
  JSON.parse(
    JSON.stringify(body ?? null)
      .replaceAll(/\d{4}-\d\d-\d\dT(?!00:00:00\.000Z)[\d:.]{12}Z/g, '<instant>')
      .replaceAll(/\b[0-9a-f]{64}\b/g, '<hash>')
      .replaceAll(/"nextCursor":"[\w.-]+"/g, '"nextCursor":"<cursor>"'),
  );

const slugOf = ({ body }: Answer): ProblemSlug => body.type.replace('/problems/', '');

/** The schema of a response, as the contract has it. It is strict, so that an undocumented field is a fault. */
function schemaOf(exchange: Exchange, answer: Answer): z.ZodType | undefined {
  const type = contentTypeOf(answer);
  if (type === 'application/problem+json') return PROBLEM_SCHEMAS[slugOf(answer)];
  const successes: Readonly<Record<number, Success>> = endpointNamed(exchange.endpoint).responses;
  expect(successes).toHaveProperty(String(answer.status));
  const { json, csv } = successes[answer.status] ?? {};
  return type === 'text/csv' ? csv : json;
}

function requiredHeaders({ endpoint, response: { status } }: Exchange) {
  const successes: Readonly<Record<number, Success>> = endpointNamed(endpoint).responses;
  return successes[status]?.headers?.filter((name) => 'required' in RESPONSE_HEADERS[name]) ?? [];
}

const contentTypeOf = ({ headers }: Answer) => headers.get('content-type')?.split(';')[0];

describe('the examples', () => {
  it.each(STORY.map((exchange) => [exchange.endpoint, exchange.shows ?? 'carries the story on', exchange] as const))(
    '%s gives the response of the example: %s',
    async (_, __, exchange) => {
      const { status, contentType, body, headers = {} } = exchange.response;
      const answer = await play(exchange);
      expect(answer.status, answer.text).toBe(status);
      for (const [name, value] of Object.entries(headers)) expect(answer.headers.get(name)).toBe(value);
      if (contentType) expect(contentTypeOf(answer)).toBe(contentType);
      for (const name of requiredHeaders(exchange)) expect([name, answer.headers.has(name)]).toEqual([name, true]);
      if (status === 204) return expect(answer.text).toBe('');
      const got = answer.body ?? answer.text;
      expect(schemaOf(exchange, answer)?.safeParse(got)).toMatchObject({ success: true });
      if (body !== undefined) expect(kindsOf(got)).toEqual(kindsOf(body));
    },
  );

  it('the examples show every operation', () => {
    expect(new Set(STORY.map(({ endpoint }) => endpoint))).toEqual(new Set(ENDPOINTS.map(({ name }) => name)));
  });

  it('the examples show every problem, except those that only our own faults cause', () => {
    const shown = STORY.flatMap(({ response }) => (response.body as { type?: string } | undefined)?.type ?? []);
    const missing = Object.keys(PROBLEMS).filter((slug) => !shown.includes(`/problems/${slug}`));
    expect(missing).toEqual(['internal-error', 'busy']);
  });

  it.each(STORY.filter(({ response }) => response.status >= 400).map((one) => [one.endpoint, one.shows, one] as const))(
    '%s documents the problem of the example: %s',
    (name, _, { response }) => {
      const slug = (response.body as { type: string }).type.replace('/problems/', '');
      expect(problemsOf(endpointNamed(name))).toContain(slug);
    },
  );
});

describe('a conditional operation', () => {
  const asked = STORY.filter(
    ({ endpoint, response }) => endpointNamed(endpoint).conditional && response.status === 200,
  );
  it.each(asked.map((one) => [one.endpoint, one] as const))('%s gives its response an ETag', async (_, one) => {
    const { status, headers } = await play(one);
    expect([status, headers.get('etag')]).toEqual([200, expect.stringMatching(/^(W\/)?"[\w+/=-]+"$/)]);
  });

  // Without an instant, the response is another one a moment later.
  const lasting = asked.filter(({ query }) => query?.at !== undefined);
  it.each(lasting.map((one) => [one.endpoint, one] as const))(
    '%s responds with a 304 to a client that has the response',
    async (_, one) => {
      const etag = (await play(one)).headers.get('etag') ?? '';
      const again = await play({ ...one, headers: { 'if-none-match': `"another", ${etag}` } });
      expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
      expect((await play({ ...one, headers: { 'if-none-match': '"another"' } })).status).toBe(200);
    },
  );
});

describe('the ids in problem documents', () => {
  it.each(['response-pending', 'already-responded'] as const)(
    'the problem %s may name an InMail of the longest ids',
    (slug) => {
      const inmailId = 'a'.repeat(MAX_INMAIL_ID);
      const problem = JSON.parse(JSON.stringify(problemDocument({ slug, more: { inmailId } })));
      expect(PROBLEM_SCHEMAS[slug].safeParse(problem).error?.issues).toBeUndefined();
    },
  );
});
