/** Calls a local system over HTTP. */
import { type ApiClient, type ApiClientOptions, createApiClient } from '../../client/client.ts';
import type { Scope } from '../../local/identity/issuer.ts';
import type { LocalSystem } from '../../local/system.ts';
import type { Product } from '../../shared/domain/plans.ts';

// biome-ignore lint/suspicious/noExplicitAny: what a test expects of a body is all the type it needs
export type Body = any;

export type Answer = { readonly status: number; readonly body: Body; readonly text: string; readonly headers: Headers };

export type Call = {
  readonly as?: string;
  readonly scopes?: readonly Scope[];
  readonly headers?: Record<string, string>;
  readonly json?: unknown;
  readonly body?: RequestInit['body'];
};

export class LocalClient {
  readonly #system: Pick<LocalSystem, 'baseUrl' | 'tokenFor'>;

  constructor(system: Pick<LocalSystem, 'baseUrl' | 'tokenFor'>) {
    this.#system = system;
  }

  /** A request by the contract. Any other path, field or value is a type error. */
  as(memberId: string, scopes: readonly Scope[] = [], fetch?: ApiClientOptions['fetch']): ApiClient {
    const { baseUrl, tokenFor } = this.#system;
    return createApiClient({ baseUrl, token: () => tokenFor(memberId, scopes), ...(fetch && { fetch }) });
  }

  /** Any other request, right or wrong. */
  async call(method: string, path: string, { as, scopes, headers, json, body }: Call = {}): Promise<Answer> {
    const response = await fetch(`${this.#system.baseUrl}${path}`, {
      method,
      headers: {
        ...(as !== undefined && { authorization: `Bearer ${await this.#system.tokenFor(as, scopes)}` }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(body && { body }),
    });
    return answerOf(response);
  }

  subscribe(memberId: string, product: Product, plan: string): Promise<Answer> {
    const params = { path: { memberId, product } };
    return this.#whole('billing-office', ['billing'], (api) =>
      api.PUT('/v1/members/{memberId}/subscriptions/{product}', { params, body: { plan } }),
    );
  }

  send(as: string, recipientId: string, product: Product, key = `${as}-${recipientId}`): Promise<Answer> {
    const params = { header: { 'Idempotency-Key': key } };
    const body = { product, recipientId, subject: 'Hi', body: 'Hello' };
    return this.#whole(as, [], (api) => api.POST('/v1/inmails', { params, body }));
  }

  /** Oldest first. */
  async ledger(memberId: string, product: Product) {
    const { data } = await this.as(memberId).GET('/v1/members/{memberId}/credits/{product}/ledger', {
      params: { path: { memberId, product }, query: { limit: 100 } },
    });
    if (typeof data !== 'object') throw new Error(`${memberId} has no ledger of ${product}`);
    return data.entries.toReversed();
  }

  async move(to: { advance: string } | { set: string }) {
    const { status, body } = await this.call('POST', '/local/clock', { json: to });
    if (status !== 200) throw new Error(`the clock answered ${status}: ${JSON.stringify(body)}`);
    return body as { now: string; ran: { sweep: string; scheduledAt: string; report: unknown }[]; passedOver: number };
  }

  /** The response to a request by the contract, with its bytes. */
  async #whole(as: string, scopes: readonly Scope[], call: (api: ApiClient) => Promise<unknown>): Promise<Answer> {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const api = this.as(as, scopes, async (request) => {
      const response = await fetch(request);
      resolve(answerOf(response.clone()));
      return response;
    });
    await call(api);
    return promise;
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const { status, headers } = response;
  const text = await response.text();
  const isJson = /json/.test(headers.get('content-type') ?? '');
  return { status, body: isJson && text ? JSON.parse(text) : undefined, text, headers };
}
