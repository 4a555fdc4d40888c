/** Plays the story through the API and `/local/clock`, as a page and a person at the keyboard would. */
import { type ApiClient, createApiClient } from '../../client/client.ts';
import type { LocalSystem } from '../../local/system.ts';
import { type Instant, plusHours } from '../../shared/domain/instant.ts';
import type { Act, Scene } from './acts.ts';

/** The story and the system disagree, so one of them is wrong. No demo is better than a false one. */
class StoryError extends Error {
  override readonly name = 'StoryError';
}

type ActOf<Do extends Act['do']> = Extract<Act, { do: Do }>;

/** The operator that changes subscriptions and connections. */
const DESK = 'desk';

export class Player {
  readonly #system: Pick<LocalSystem, 'baseUrl' | 'tokenFor'>;
  readonly #startsAt: Instant;
  readonly #clients = new Map<string, ApiClient>();
  readonly #inmailIds = new Map<string, string>();
  #keys = 0;

  constructor(system: Pick<LocalSystem, 'baseUrl' | 'tokenFor'>, startsAt: Instant) {
    this.#system = system;
    this.#startsAt = startsAt;
  }

  get inmailCount(): number {
    return this.#inmailIds.size;
  }

  /**
   * The acts on one member's wallet follow each other, and members act at once. Throws a StoryError where a response is not
   * what the story says.
   */
  async play({ day, acts }: Scene): Promise<void> {
    // The clock goes forward only, and it is past the beginning by now.
    if (day > 0) await this.moveTo(day);
    const byMember = Map.groupBy(acts, (act) => ('from' in act ? act.from : act.memberId));
    await Promise.all([...byMember.values()].map((own) => this.#performAll(own)));
  }

  async #performAll(acts: readonly Act[]): Promise<void> {
    for (const act of acts) await this.#perform(act);
  }

  async moveTo(day: number): Promise<void> {
    const set = plusHours(this.#startsAt, day * 24);
    const response = await fetch(`${this.#system.baseUrl}/local/clock`, {
      method: 'POST',
      body: JSON.stringify({ set }),
    });
    if (!response.ok) throw new StoryError(`the clock would not move to ${set}: ${await response.text()}`);
  }

  #perform(act: Act): Promise<void> {
    switch (act.do) {
      case 'subscribe':
        return this.#subscribe(act);
      case 'cancel':
        return this.#cancel(act);
      case 'connect':
        return this.#connect(act);
      case 'send':
        return this.#send(act);
      case 'respond':
        return this.#respond(act);
    }
  }

  async #subscribe({ memberId, product, plan }: ActOf<'subscribe'>): Promise<void> {
    const path = { memberId, product };
    const { data } = await this.#as(DESK).PUT('/v1/members/{memberId}/subscriptions/{product}', {
      params: { path },
      body: { plan },
    });
    hold(data?.plan === plan, `${memberId} has no ${plan}`);
  }

  async #cancel({ memberId, product }: ActOf<'cancel'>): Promise<void> {
    const path = { memberId, product };
    const { response } = await this.#as(DESK).DELETE('/v1/members/{memberId}/subscriptions/{product}', {
      params: { path },
    });
    hold(response.ok, `${memberId} could not cancel ${product}`);
  }

  async #connect({ memberId, otherId }: ActOf<'connect'>): Promise<void> {
    const path = { memberId, otherId };
    const { response } = await this.#as(DESK).PUT('/v1/members/{memberId}/connections/{otherId}', { params: { path } });
    hold(response.ok, `${memberId} and ${otherId} could not be connected`);
  }

  async #send({ from, to, product, subject, body }: ActOf<'send'>): Promise<void> {
    this.#keys += 1;
    const { data, error } = await this.#as(from).POST('/v1/inmails', {
      params: { header: { 'Idempotency-Key': `demo-${this.#keys}` } },
      body: { product, recipientId: to, subject, body },
    });
    if (!data) throw new StoryError(`${from} could not write to ${to}: ${JSON.stringify(error)}`);
    this.#inmailIds.set(`${from} to ${to}`, data.inmail.inmailId);
  }

  async #respond({ from, to, response, credit }: ActOf<'respond'>): Promise<void> {
    const inmailId = this.#inmailIds.get(`${from} to ${to}`);
    if (!inmailId) throw new StoryError(`${from} has not written to ${to}`);
    const { data, error } = await this.#as(to).PUT('/v1/inmails/{inmailId}/response', {
      params: { path: { inmailId } },
      body: response,
    });
    if (!data) throw new StoryError(`${to} could not respond to ${from}: ${JSON.stringify(error)}`);
    const fate = data.inmail.creditReason ?? data.inmail.credit;
    hold(credit === undefined || fate === credit, `the credit for ${inmailId} was to be ${credit}, and is ${fate}`);
  }

  #as(memberId: string): ApiClient {
    const known = this.#clients.get(memberId);
    if (known) return known;
    const scopes = memberId === DESK ? (['billing'] as const) : [];
    const token = this.#system.tokenFor(memberId, scopes);
    const client = createApiClient({ baseUrl: this.#system.baseUrl, token: () => token });
    this.#clients.set(memberId, client);
    return client;
  }
}

function hold(isSo: boolean, otherwise: string): void {
  if (!isSo) throw new StoryError(otherwise);
}
