/** The bundles that CDK deploys, each in a fresh process with nothing but the environment of its template. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { APIGatewayProxyStructuredResultV2, DynamoDBRecord } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PERMISSIONS, usesTables } from '../../infra/lambda/permissions.ts';
import type { RecordSource } from '../../local/streams/record-source.ts';
import { ENDPOINTS, type EndpointName, type NamedEndpoint } from '../../shared/contract/endpoints.ts';
import { EVENT_SOURCES } from '../../shared/contract/events.ts';
import { SWEEPS, type SweepName } from '../../shared/contract/sweeps.ts';
import { walletIdOf } from '../../shared/domain/ledger.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import { faultsOf } from '../abuse/soundness.ts';
import { sequenceNumberOf, unreadable } from '../events/records.ts';
import { idOfInMailFrom, writeBooks } from './books.ts';
import { apiEvent, type Request, sqsEvent, sqsRecord, tokenEvent, waitingIn } from './events.ts';
import type { Outcome } from './lambda-runtime.ts';
import { openWorld, type World } from './world.ts';

let world: World;
let streams: readonly RecordSource[];

/** The synthesis takes ten seconds, and more while other tests run. */
beforeAll(async () => {
  world = await openWorld();
  // They begin at this instant.
  streams = await world.engine.openSources();
  await writeBooks(world.engine);
}, 120_000);
afterAll(() => world?.[Symbol.asyncDispose]());

const resultOf = ({ result, error }: Outcome) => {
  if (result === undefined) throw new Error(`${error?.errorType}: ${error?.errorMessage}`);
  return JSON.parse(result);
};

function gotFrom(outcome: Outcome) {
  const { statusCode = 0, headers = {}, body = '' }: APIGatewayProxyStructuredResultV2 = resultOf(outcome);
  return { status: statusCode, headers: headers as Record<string, string>, text: body };
}

describe('the bundles', () => {
  it('the stacks have a bundle of every function, and it holds code and map alone', () => {
    const sources = globSync('functions/*.ts').map((file) => basename(file, '.ts'));
    expect(world.functions.map(({ name }) => name).sort()).toEqual(sources.sort());
    for (const { folder } of world.functions) {
      expect(globSync('**', { cwd: folder }).sort()).toEqual(['.', 'index.js', 'index.js.map']);
    }
  });

  it('no bundle holds the client of DynamoDB for nothing', () => {
    const holders = world.functions.filter(({ folder }) =>
      readFileSync(join(folder, 'index.js'), 'utf8').includes('DynamoDB_20120810'),
    );
    const users = Object.keys(PERMISSIONS).filter((name) => usesTables(name as keyof typeof PERMISSIONS));
    expect(holders.map(({ name }) => name).sort()).toEqual(users.sort());
  });

  it('a map names the sources of its bundle', () => {
    for (const { name, folder } of world.functions) {
      const { sources } = JSON.parse(readFileSync(join(folder, 'index.js.map'), 'utf8'));
      expect(sources).toContainEqual(expect.stringMatching(new RegExp(`functions/${name}\\.ts$`)));
    }
  });

  it('the tests run on the Node that Lambda runs, where the lock file has one for this machine', async () => {
    const { nodeVersion } = await world.invoke('grant-scopes', tokenEvent([]));
    const runtimes = new Set(world.functions.map(({ properties }) => properties.Runtime));
    const [major] = nodeVersion.slice(1).split('.');
    expect([...runtimes]).toEqual([existsSync('node_modules/.bin/node') ? `nodejs${major}.x` : 'nodejs24.x']);
  });
});

const BILLING = { as: 'desk', scopes: ['billing'] } as const;
const LETTER = { product: 'premium', recipientId: 'cleo', subject: 'Hello', body: 'A role.' };

const REQUESTS: Readonly<Record<EndpointName, Request & { readonly status: number }>> = {
  'list-plans': { as: 'ada', target: '/v1/plans', status: 200 },
  'put-subscription': {
    ...{ ...BILLING, target: '/v1/members/dora/subscriptions/premium', status: 200 },
    body: { plan: 'premium-career' },
  },
  'cancel-subscription': { ...BILLING, target: '/v1/members/leaver/subscriptions/premium', status: 204 },
  'put-connection': { ...BILLING, target: '/v1/members/ada/connections/dora', status: 204 },
  'delete-connection': { ...BILLING, target: '/v1/members/ada/connections/emil', status: 204 },
  'list-credits': { as: 'ada', target: '/v1/members/ada/credits', status: 200 },
  'get-credits': { as: 'ada', target: '/v1/members/ada/credits/premium', status: 200 },
  'list-ledger': { as: 'ada', target: '/v1/members/ada/credits/premium/ledger?limit=1', status: 200 },
  'send-inmail': {
    ...{ as: 'ada', target: '/v1/inmails', status: 201 },
    ...{ headers: { 'idempotency-key': 'one' }, body: LETTER },
  },
  'list-inmails': { as: 'bob', target: '/v1/inmails?box=inbox', status: 200 },
  'get-inmail': { as: 'bob', target: `/v1/inmails/${idOfInMailFrom('fresh')}`, status: 200 },
  'respond-to-inmail': {
    ...{ as: 'bob', target: `/v1/inmails/${idOfInMailFrom('unread')}/response`, status: 200 },
    body: { type: 'accept' },
  },
  'hide-inmail': { as: 'bob', target: `/v1/inmails/${idOfInMailFrom('hidden')}`, status: 204 },
};

/** Nothing of our folders may leave a function. */
const SECRETS = ['index.js', 'inmail-credits-artifact-'];

describe('a function of the API', () => {
  it.each(ENDPOINTS)('$name answers as the contract says, and reads its whole environment', async (endpoint) => {
    const { status, ...request } = REQUESTS[endpoint.name];
    const outcome = await world.invoke(endpoint.name, apiEvent(endpoint, request));
    const got = gotFrom(outcome);
    expect(got).toMatchObject({ status });
    expect(faultsOf(endpoint, got, SECRETS)).toEqual([]);
    expect(world.unreadBy(endpoint.name, outcome)).toEqual([]);
  });

  const withBody = ENDPOINTS.filter(({ request }) => request.body);
  it.each(withBody)('$name answers a body that is no JSON with a problem', async (endpoint) => {
    const outcome = await world.invoke(endpoint.name, apiEvent(endpoint, { ...REQUESTS[endpoint.name], body: '{"' }));
    const got = gotFrom(outcome);
    expect([got.status, JSON.parse(got.text).type]).toEqual([400, '/problems/malformed-json']);
    expect(faultsOf(endpoint, got, SECRETS)).toEqual([]);
  });

  it.each(ENDPOINTS)('$name answers an empty event with a problem', async (endpoint) => {
    const got = gotFrom(await world.invoke(endpoint.name, {}));
    expect([got.status, JSON.parse(got.text).type]).toEqual([401, '/problems/unauthenticated']);
    expect(faultsOf(endpoint, got, SECRETS)).toEqual([]);
  });

  it.each(ENDPOINTS)('$name answers an event without headers with a problem, and logs the stack', async (endpoint) => {
    const { headers: _, ...event } = apiEvent(endpoint, REQUESTS[endpoint.name]);
    const got = gotFrom(await world.invoke(endpoint.name, event));
    expect([got.status, JSON.parse(got.text).type]).toEqual([500, '/problems/internal-error']);
    expect(faultsOf(endpoint, got, SECRETS)).toEqual(['status 500']);
    expect(world.logOf(endpoint.name)).toMatch(/index\.js:\d+:\d+/);
  });

  it('a list goes on at the cursor of its own bundle', async () => {
    const endpoint = ENDPOINTS.find(({ name }) => name === 'list-ledger') as NamedEndpoint;
    const { target, as } = REQUESTS['list-ledger'];
    const read = async (more: string) =>
      JSON.parse(gotFrom(await world.invoke('list-ledger', apiEvent(endpoint, { as, target: target + more }))).text);
    const { entries, nextCursor } = await read('');
    const next = await read(`&cursor=${nextCursor}`);
    expect(next.entries[0].seq).toBe(entries[0].seq - 1);
  });
});

/** What each sweep must have written, as the books tell. */
const DONE: Readonly<Record<SweepName, (store: ReturnType<typeof dynamoStore>) => Promise<unknown>>> = {
  'renew-wallets': async ({ ledger }) => (await ledger.tail(walletIdOf('nora', 'premium')))?.type === 'renewed',
  'remind-recipients': async ({ inmails }) => (await inmailFrom('late', inmails))?.remindedAt !== undefined,
  'expire-inmails': async ({ inmails }) => (await inmailFrom('expired', inmails))?.status === 'expired',
};

const inmailFrom = (senderId: string, inmails: ReturnType<typeof dynamoStore>['inmails']) =>
  inmails.get({ senderId, recipientId: 'bob', n: 1 });

describe('a function that a queue starts', () => {
  it.each(SWEEPS)('the lister and the worker of $name do their work, and fail poison alone', async ({ name }) => {
    const { queues, engine } = world;
    const listing = { sweep: name, scheduledAt: new Date().toISOString(), lookBackHours: 45 * 24 };
    const good = sqsRecord('good', JSON.stringify(listing));
    const listed = await world.invoke('list-due', sqsEvent(sqsRecord('poison', '{"sweep":"none"}'), good));
    expect(resultOf(listed)).toEqual({ batchItemFailures: [{ itemIdentifier: 'poison' }] });
    expect(world.unreadBy('list-due', listed)).toEqual([]);

    const bodies = await waitingIn(queues.client, queues.queues[name].url);
    expect(bodies.length).toBeGreaterThan(0);
    const batches = bodies.map((body, index) => sqsRecord(`good-${index}`, body));
    const worked = await world.invoke(name, sqsEvent(sqsRecord('poison', 'no JSON'), ...batches));
    expect(resultOf(worked)).toEqual({ batchItemFailures: [{ itemIdentifier: 'poison' }] });
    expect(world.unreadBy(name, worked)).toEqual([]);
    expect(await DONE[name](dynamoStore(engine))).toBe(true);
  });
});

/** The records of new entries, as the mapping of the ledger's stream passes them on. */
async function newEntries(): Promise<DynamoDBRecord[]> {
  const { engine } = world;
  const records: DynamoDBRecord[] = [];
  const change = EVENT_SOURCES.find(({ table }) => table === 'ledger')?.change;
  const read = async () => {
    for (const source of streams) {
      for (const batch of await source.next()) {
        if (batch.table === engine.tables.ledger)
          records.push(...batch.records.filter((one) => one.eventName === change));
        batch.settle();
      }
    }
    return records.length > 1;
  };
  await vi.waitUntil(read, { timeout: 15_000 });
  return records;
}

describe('the publisher', () => {
  it('the publisher puts the events ahead of a poison record on the bus, and asks for that record again', async () => {
    const [one, two] = (await newEntries()) as [DynamoDBRecord, DynamoDBRecord];
    const poison = unreadable();
    const outcome = await world.invoke('publish-events', { Records: [one, poison, two] });
    expect(resultOf(outcome)).toEqual({ batchItemFailures: [{ itemIdentifier: sequenceNumberOf(poison) }] });
    expect(world.unreadBy('publish-events', outcome)).toEqual([]);
    const { walletId, seq } = one.dynamodb?.Keys ?? {};
    expect(world.published.map(({ Detail }) => JSON.parse(Detail).eventId)).toEqual([`${walletId?.S}#${seq?.N}`]);
    expect(world.published).toMatchObject([{ EventBusName: expect.stringMatching(/-events$/) }]);
  });

  it('the publisher fails on a poison record that stands alone, so that Lambda gives it up', async () => {
    const { result, error } = await world.invoke('publish-events', { Records: [unreadable()] });
    expect([result, error?.errorType]).toEqual([undefined, 'UnreadableImageError']);
  });
});

describe('the trigger of sign-in', () => {
  it('the trigger gives operators the scopes of their groups, and reads its whole environment', async () => {
    const outcome = await world.invoke('grant-scopes', tokenEvent(['billing', 'others']));
    const { response } = resultOf(outcome);
    const scopesToAdd = ['inmail-credits/billing'];
    expect(response).toEqual({ claimsAndScopeOverrideDetails: { accessTokenGeneration: { scopesToAdd } } });
    expect(world.unreadBy('grant-scopes', outcome)).toEqual([]);
  });
});
