/**
 * Takes a log through the use cases, with time moving as the log says. At one instant sweeps come first, then subscription
 * events, then messages. It knows no more of the books than a client, which sees only responses.
 */
import { cancelSubscription } from '../../functions/cancel-subscription.ts';
import { putSubscription } from '../../functions/put-subscription.ts';
import { respondToInMail } from '../../functions/respond-to-inmail.ts';
import { sendInMail } from '../../functions/send-inmail.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { PRODUCTS, type Product } from '../../shared/domain/plans.ts';
import type { Refusal } from '../../shared/domain/refusal.ts';
import type { Rules } from '../../shared/domain/rules.ts';
import { perform, SYSTEM, type UseCase } from '../../shared/runtime/runtime.ts';
import type { Store } from '../../shared/store/store.ts';
import type { MessageEvent, SubscriptionEvent } from './log.ts';
import { type RunSweep, SweepTimetable } from './sweep-timetable.ts';

export type ReplayEvent = MessageEvent | SubscriptionEvent;
export type Refused = { [why in Refusal['why']]?: number };

/** Merges the two logs. At the same instant a subscription event comes first. */
export function inOrder(subscriptions: readonly SubscriptionEvent[], messages: readonly MessageEvent[]): ReplayEvent[] {
  return [...subscriptions, ...messages].sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)));
}

/** As many calls as one DynamoDB Local works on at a time. More would only queue. */
const MOST_AT_ONCE = 16;

const membersOf = (event: ReplayEvent): string[] =>
  event.kind === 'message' ? [event.senderId, event.recipientId] : [event.memberId];

/**
 * The first events before `until`, up to one that shares a member with another. They touch different wallets and pairs, so
 * playing them at once leaves the same books as playing them one by one.
 */
export function independent(events: readonly ReplayEvent[], until: Instant): ReplayEvent[] {
  const seen = new Set<string>();
  const end = events.findIndex((event) => {
    const members = membersOf(event);
    const depends = members.some((member) => seen.has(member));
    for (const member of members) seen.add(member);
    return depends || event.at >= until;
  });
  return end === -1 ? [...events] : events.slice(0, end);
}

export type ReplayParts = {
  readonly store: Store;
  readonly rules: Rules;
  /** Before everything that will be played. */
  readonly start: Instant;
  readonly runSweep: RunSweep;
};

export class ReplayDriver {
  /** How often each refusal was met. */
  readonly refused: Refused = {};
  readonly #store: Store;
  readonly #rules: Rules;
  readonly #sweeps: SweepTimetable;
  readonly #active = new Map<string, Set<Product>>();
  /** The unanswered InMail of a pair `sender~recipient`. */
  readonly #unanswered = new Map<string, string>();

  constructor({ store, rules, start, runSweep }: ReplayParts) {
    this.#store = store;
    this.#rules = rules;
    this.#sweeps = new SweepTimetable(rules, start, runSweep);
  }

  /** Plays all events, in order as far as order can be seen, and calls `onEvent` after each. */
  async playAll(events: readonly ReplayEvent[], onEvent: (event: ReplayEvent) => void): Promise<void> {
    for (let first = 0, count = 0; first < events.length; first += count) {
      const rest = events.slice(first, first + MOST_AT_ONCE);
      await this.sweepUntil(rest[0]?.at as Instant);
      const together = independent(rest, this.#sweeps.nextRunAt());
      count = together.length;
      await Promise.all(together.map(async (event) => onEvent(await this.#play(event))));
    }
  }

  async #play(event: ReplayEvent): Promise<ReplayEvent> {
    if (event.kind === 'subscription') await this.#subscribe(event);
    else await this.#message(event);
    return event;
  }

  /** Runs every sweep due at or before `until`. */
  sweepUntil(until: Instant): Promise<void> {
    return this.#sweeps.runUntil(until);
  }

  async #subscribe({ at, memberId, product, plan, line }: SubscriptionEvent): Promise<void> {
    const active = this.#active.get(memberId) ?? new Set();
    this.#active.set(memberId, active);
    const result = plan
      ? await this.#perform(putSubscription, { memberId, product, plan }, at)
      : await this.#perform(cancelSubscription, { memberId, product }, at);
    if (result.kind === 'refused') throw new Error(`subscription ${line}: ${result.why}`);
    this.#sweeps.noteSubscribed(at);
    if (plan) active.add(product);
    else active.delete(product);
  }

  /** A message is the response to the other's unanswered InMail, or else an InMail. */
  async #message({ at, senderId, recipientId, line }: MessageEvent): Promise<void> {
    const inmailId = this.#unanswered.get(`${recipientId}~${senderId}`);
    if (inmailId) {
      const response = { type: 'reply', text: `message ${line}` } as const;
      const result = await this.#perform(respondToInMail, { inmailId, responderId: senderId, response }, at);
      if (result.kind === 'refused') throw new Error(`message ${line}: ${inmailId}: ${result.why}`);
      this.#unanswered.delete(`${recipientId}~${senderId}`);
      return;
    }
    const text = { subject: `Message ${line}`, body: `Line ${line} of the log.`, idempotencyKey: `message-${line}` };
    const product = this.#productOf(senderId);
    const result = await this.#perform(sendInMail, { senderId, recipientId, product, ...text }, at);
    if (result.kind === 'refused') {
      this.refused[result.why] = (this.refused[result.why] ?? 0) + 1;
      return;
    }
    this.#sweeps.noteSent(at);
    this.#unanswered.set(`${senderId}~${recipientId}`, result.body.inmail.inmailId);
  }

  /** The first product with an active subscription. Without one the send is refused, whatever product it names. */
  #productOf(memberId: string): Product {
    return PRODUCTS.find((product) => this.#active.get(memberId)?.has(product)) ?? PRODUCTS[0];
  }

  #perform<Input, Result>(useCase: UseCase<Input, Result>, input: Input, at: Instant): Promise<Result> {
    return perform(useCase, input, { ...SYSTEM, clock: () => at, rules: this.#rules, storeFor: () => this.#store });
  }
}
