/** The handlers themselves, on a store and a clock of the test, called as API Gateway and EventBridge call them. */
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { type EndpointName, endpointNamed } from '../../shared/contract/endpoints.ts';
import { SCOPE_PREFIX } from '../../shared/contract/scopes.ts';
import { type SweepName, sweepNamed } from '../../shared/contract/sweeps.ts';
import { audit } from '../../shared/domain/audit.ts';
import type { Violation } from '../../shared/domain/books.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import type { Runtime } from '../../shared/runtime/runtime.ts';
import type { Store } from '../../shared/store/store.ts';
import type { SweepReport } from '../../shared/sweeps/worker.ts';
import { CONTEXT } from './context.ts';
import { MemoryStore } from './memory-store.ts';
import { sweepOnce } from './sweeping.ts';

export type Call = {
  /** The caller. Without one, the gateway passes no claims. */
  readonly as?: string | undefined;
  readonly scopes?: readonly ('billing' | 'support')[];
  readonly tokenUse?: 'access' | 'id';
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** JSON, or text as it is. Bytes go as base64, because the gateway hands on binary bodies in that form. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the function, if it is not the usual one. */
  readonly context?: Context;
};

/** The gateway gives each request an id. */
export const GATEWAY_REQUEST_ID = 'gateway-request-1';

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
  readonly json: any;
};

/** API Gateway's HTTP API event, payload version 2.0, as far as handlers may read it. */
function eventOf({ method, path: template }: { method: string; path: string }, call: Call) {
  const { as, scopes = [], tokenUse = 'access', path = {}, query = {}, body, headers = {} } = call;
  const scope = scopes.map((name) => SCOPE_PREFIX + name).join(' ');
  const claims = as === undefined ? undefined : { sub: as, scope, token_use: tokenUse };
  const json = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const sent = body instanceof Uint8Array ? Buffer.from(body).toString('base64') : json;
  return {
    version: '2.0',
    routeKey: `${method} ${template}`,
    rawPath: template,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: { ...(json !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    ...(Object.keys(path).length > 0 && { pathParameters: path }),
    requestContext: {
      http: { method },
      requestId: GATEWAY_REQUEST_ID,
      ...(claims && { authorizer: { jwt: { claims } } }),
    },
    ...(sent !== undefined && { body: sent }),
    isBase64Encoded: body instanceof Uint8Array,
  };
}

export class TestSystem {
  now: Instant;
  readonly books: MemoryStore;
  readonly runtime: Runtime;
  /** The requested pauses after lost races, in milliseconds. */
  readonly pauses: number[] = [];
  #keys = 0;

  /** `wrap` may put faults between the handlers and the books. */
  constructor(start: string, wrap: (store: Store) => Store = (store) => store) {
    this.now = instant(start);
    this.books = new MemoryStore();
    const store = wrap(this.books);
    const runtime: Runtime = {
      rules: RULES,
      clock: () => this.now,
      random: () => 0.5,
      pause: async (millis) => {
        this.pauses.push(millis);
      },
      storeFor: () => store,
    };
    this.runtime = runtime;
  }

  at(now: string): this {
    this.now = instant(now);
    return this;
  }

  async call(name: EndpointName, call: Call): Promise<Answer> {
    const { handler } = await import(`../../functions/${name}.ts`);
    const result: APIGatewayProxyStructuredResultV2 = await handler.on(this.runtime)(
      eventOf(endpointNamed(name), call),
      call.context ?? CONTEXT,
    );
    const { statusCode = 0, headers = {}, body: text = '' } = result;
    const isJson = /json/.test(String(headers['content-type']));
    return { status: statusCode, headers, text, json: isJson ? JSON.parse(text) : undefined };
  }

  subscribe(memberId: string, plan: string): Promise<Answer> {
    const product = RULES.catalogue.get(plan)?.product ?? 'premium';
    return this.call('put-subscription', {
      as: 'desk',
      scopes: ['billing'],
      path: { memberId, product },
      body: { plan },
    });
  }

  cancel(memberId: string, product: string): Promise<Answer> {
    return this.call('cancel-subscription', { as: 'desk', scopes: ['billing'], path: { memberId, product } });
  }

  send(senderId: string, recipientId: string, more: { product?: string; key?: string; subject?: string } = {}) {
    const { product = 'premium', key = `key-${++this.#keys}`, subject = 'Hello' } = more;
    return this.call('send-inmail', {
      as: senderId,
      headers: { 'idempotency-key': key },
      body: { product, recipientId, subject, body: 'Would you like to talk?' },
    });
  }

  respond(responderId: string, inmailId: string, response: object = { type: 'accept' }): Promise<Answer> {
    return this.call('respond-to-inmail', { as: responderId, path: { inmailId }, body: response });
  }

  async balanceOf(memberId: string, product = 'premium'): Promise<number> {
    return (await this.call('get-credits', { as: memberId, path: { memberId, product } })).json.balance;
  }

  async sweep(name: SweepName, lookBackHours?: number): Promise<SweepReport> {
    const usual = sweepNamed(name).lookBackHours;
    return sweepOnce({ sweep: name, scheduledAt: this.now, lookBackHours: lookBackHours ?? usual }, this.runtime);
  }

  /** The faults of all the books, which should be none. */
  audit(): Violation[] {
    return audit(this.books.books(), RULES);
  }
}

/** The parts of a store, so that a test can exchange one of them. */
export const partsOf = (store: Store): Store => ({
  ledger: store.ledger,
  inmails: store.inmails,
  subscriptions: store.subscriptions,
  connections: store.connections,
  transact: (changes) => store.transact(changes),
});

/** From now on a commit fails with the error of `next`, before it writes anything. */
export function failCommits({ books }: TestSystem, next: () => Error | undefined): void {
  const transact = MemoryStore.prototype.transact.bind(books);
  books.transact = async (changes) => {
    const error = next();
    if (error) throw error;
    await transact(changes);
  };
}
