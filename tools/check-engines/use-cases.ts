/** Random calls of the use cases, by a few members who meet all the time. */
import * as fc from 'fast-check';
import { cancelSubscription } from '../../functions/cancel-subscription.ts';
import { deleteConnection } from '../../functions/delete-connection.ts';
import { expireInMail } from '../../functions/expire-inmails.ts';
import { getCredits } from '../../functions/get-credits.ts';
import { getInMail } from '../../functions/get-inmail.ts';
import { hideInMail } from '../../functions/hide-inmail.ts';
import { listInMails } from '../../functions/list-inmails.ts';
import { listLedger } from '../../functions/list-ledger.ts';
import { putConnection } from '../../functions/put-connection.ts';
import { putSubscription } from '../../functions/put-subscription.ts';
import { remindRecipient } from '../../functions/remind-recipients.ts';
import { renewWallet } from '../../functions/renew-wallets.ts';
import { respondToInMail } from '../../functions/respond-to-inmail.ts';
import { sendInMail } from '../../functions/send-inmail.ts';
import { sweepDirectly } from '../../local/queues/direct.ts';
import { SWEEPS, sweepNamed } from '../../shared/contract/sweeps.ts';
import { inmailIdOf, partsOfInMailId } from '../../shared/domain/inmail.ts';
import { plusHours } from '../../shared/domain/instant.ts';
import { CATALOGUE, PRODUCTS } from '../../shared/domain/plans.ts';
import type { Deps } from '../../shared/runtime/runtime.ts';

/** `afterHours` is the time since the command before. */
export type UseCaseCall = {
  readonly afterHours: number;
  readonly what: string;
  readonly make: (deps: Deps) => Promise<unknown>;
};

const memberId = fc.constantFrom('ada', 'bob', 'cyd', 'dan');
const product = fc.constantFrom(...PRODUCTS);
const plan = fc.constantFrom(...CATALOGUE.values());
const limit = fc.integer({ min: 1, max: 5 });
const inmailId = fc
  .record({ senderId: memberId, recipientId: memberId, n: fc.integer({ min: 1, max: 4 }) })
  .map(inmailIdOf);
const response = fc.constantFrom<{ type: 'accept' } | { type: 'reply'; text: string }>(
  { type: 'accept' },
  { type: 'reply', text: 'Grüße, 你好, 🙂' },
);

/** Each use case with its input, and how often it comes. */
const CALLS = [
  call(
    6,
    'send',
    { senderId: memberId, recipientId: memberId, product, key: fc.integer({ min: 1, max: 9 }) },
    (input, deps) => {
      const { key, ...pair } = input;
      return sendInMail({ ...pair, subject: `No. ${key}`, body: 'Hello', idempotencyKey: `key-${key}` }, deps);
    },
  ),
  call(5, 'respond', { inmailId, responderId: memberId, response }, respondToInMail),
  call(3, 'subscribe', { memberId, plan }, ({ plan: chosen, ...member }, deps) =>
    putSubscription({ ...member, product: chosen.product, plan: chosen.plan }, deps),
  ),
  call(1, 'cancel', { memberId, product }, cancelSubscription),
  call(1, 'hide', { inmailId, callerId: memberId }, hideInMail),
  call(1, 'connect', { memberId, otherId: memberId }, putConnection),
  call(1, 'disconnect', { memberId, otherId: memberId }, deleteConnection),
  call(
    2,
    'credits',
    { memberId, product, hoursAgo: fc.integer({ min: 0, max: 3_000 }) },
    ({ hoursAgo, ...wallet }, deps) =>
      getCredits({ ...wallet, at: hoursAgo === 0 ? undefined : plusHours(deps.now, -hoursAgo) }, deps),
  ),
  call(1, 'ledger', { memberId, product, limit }, listLedger),
  call(1, 'inbox', { callerId: memberId, limit }, (input, deps) => listInMails({ ...input, box: 'inbox' }, deps)),
  call(1, 'sent box', { callerId: memberId, limit }, (input, deps) => listInMails({ ...input, box: 'sent' }, deps)),
  call(1, 'InMail', { inmailId, callerId: memberId }, getInMail),
  call(2, 'renewal', { memberId, product }, renewWallet),
  call(1, 'reminder', { inmailId }, (input, deps) => ofInMail(input.inmailId, remindRecipient, deps)),
  call(1, 'expiry', { inmailId }, (input, deps) => ofInMail(input.inmailId, expireInMail, deps)),
];

/** A sweep asks for every shard, so it comes seldom. */
const sweep = call(1, 'sweep', { name: fc.constantFrom(...SWEEPS.map(({ name }) => name)) }, ({ name }, deps) =>
  sweepDirectly({ sweep: name, scheduledAt: deps.now, lookBackHours: sweepNamed(name).lookBackHours }, deps),
);

export const useCaseCall: fc.Arbitrary<UseCaseCall> = fc.oneof({ weight: 400, arbitrary: fc.oneof(...CALLS) }, sweep);

type Inputs = Record<string, fc.Arbitrary<unknown>>;
type InputOf<Shape extends Inputs> = { [Name in keyof Shape]: Shape[Name] extends fc.Arbitrary<infer T> ? T : never };

function call<Shape extends Inputs>(
  weight: number,
  name: string,
  shape: Shape,
  make: (input: InputOf<Shape>, deps: Deps) => Promise<unknown>,
): { weight: number; arbitrary: fc.Arbitrary<UseCaseCall> } {
  const afterHours = fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 0, max: 6 }) },
    fc.integer({ min: 7, max: 2_500 }),
  );
  const input = fc.record(shape) as unknown as fc.Arbitrary<InputOf<Shape>>;
  const arbitrary = fc.tuple(afterHours, input).map(([hours, given]) => ({
    afterHours: hours,
    what: `${name} ${JSON.stringify(given)}`,
    make: (deps: Deps) => make(given, deps),
  }));
  return { weight, arbitrary };
}

/** The work of a sweep on one InMail, with the send time that the InMail has, or none. */
async function ofInMail(id: string, handleKey: typeof expireInMail, deps: Deps): Promise<unknown> {
  const parts = partsOfInMailId(id);
  const inmail = parts && (await deps.store.inmails.get(parts));
  return parts && handleKey({ ...parts, sentAt: inmail?.sentAt ?? deps.now }, deps);
}
