/** Members who send and members who respond, as fast as a system takes it, until it is killed. */
import { type ApiClient, createApiClient } from '../../client/client.ts';
import type { Issuer } from '../../local/identity/issuer.ts';
import type { Promised } from './promises.ts';

export type LoadParts = Pick<Issuer, 'tokenFor'> & {
  readonly baseUrl: string;
  readonly writer: string;
  readonly onPromise: (promised: Promised) => void;
  /** Called with a response that the system must not give, and with every other error before it is killed. */
  readonly onFault: (fault: string) => void;
  readonly isKilled: () => boolean;
};

/** A plan with credits for many InMails under way. */
const PRODUCT = 'sales-navigator';
const PLAN = 'sales-navigator-core';

/** One writer over all starts. It repeats a request without a response under its key, as a client does. */
export class Writer {
  /** The InMails that this writer has begun to send. */
  #sent = 0;
  #isSubscribed = false;

  /** Returns when the system is killed, or after a fault. */
  async run({ baseUrl, writer, tokenFor, onPromise, onFault, isKilled }: LoadParts): Promise<void> {
    const as = (memberId: string, scopes: readonly 'billing'[] = []): ApiClient =>
      createApiClient({ baseUrl, token: () => tokenFor(memberId, scopes) });
    try {
      if (!this.#isSubscribed) await this.#subscribe(writer, as('desk', ['billing']));
      for (;;) {
        const recipientId = `${writer}-${this.#sent}`;
        const { data, error } = await as(writer).POST('/v1/inmails', {
          params: { header: { 'Idempotency-Key': recipientId } },
          body: { product: PRODUCT, recipientId, subject: 'Hello', body: 'Would you like to talk?' },
        });
        if (!data) throw new Error(`${writer} could not send to ${recipientId}: ${JSON.stringify(error)}`);
        const { inmailId } = data.inmail;
        onPromise({ inmailId, answered: false });
        await this.#respond(inmailId, as(recipientId));
        onPromise({ inmailId, answered: true });
        this.#sent += 1;
      }
    } catch (error) {
      if (!isKilled()) onFault(String(error));
    }
  }

  async #subscribe(memberId: string, desk: ApiClient): Promise<void> {
    const path = { memberId, product: PRODUCT } as const;
    const { data, error } = await desk.PUT('/v1/members/{memberId}/subscriptions/{product}', {
      params: { path },
      body: { plan: PLAN },
    });
    if (!data) throw new Error(`${memberId} could not subscribe: ${JSON.stringify(error)}`);
    this.#isSubscribed = true;
  }

  /** A response that was lost was perhaps written, and is then refused as a second one. */
  async #respond(inmailId: string, recipient: ApiClient): Promise<void> {
    const { data, error } = await recipient.PUT('/v1/inmails/{inmailId}/response', {
      params: { path: { inmailId } },
      body: { type: 'reply', text: 'Gladly.' },
    });
    if (data || (error && 'type' in error && error.type === '/problems/already-responded')) return;
    throw new Error(`${inmailId} could not be answered: ${JSON.stringify(error)}`);
  }
}
