/** Calls a local system over HTTP. */

import type { Scope } from '../../local/http/issuer.ts';
import type { LocalSystem } from '../../local/system.ts';

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
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      body: isJson && text ? JSON.parse(text) : undefined,
      text,
      headers: response.headers,
    };
  }

  subscribe(memberId: string, product: string, plan: string) {
    const path = `/v1/members/${memberId}/subscriptions/${product}`;
    return this.call('PUT', path, { as: 'billing-office', scopes: ['billing'], json: { plan } });
  }

  send(as: string, recipientId: string, product: string, key = `${as}-${recipientId}`) {
    const json = { product, recipientId, subject: 'Hi', body: 'Hello' };
    return this.call('POST', '/v1/inmails', { as, json, headers: { 'idempotency-key': key } });
  }

  async ledger(memberId: string, product: string): Promise<Body[]> {
    const path = `/v1/members/${memberId}/credits/${product}/ledger?limit=100`;
    return (await this.call('GET', path, { as: memberId })).body.entries.toReversed();
  }

  async move(to: { advance: string } | { set: string }) {
    const { status, body } = await this.call('POST', '/local/clock', { json: to });
    if (status !== 200) throw new Error(`the clock answered ${status}: ${JSON.stringify(body)}`);
    return body as { now: string; ran: { sweep: string; scheduledAt: string; report: unknown }[]; passedOver: number };
  }
}
