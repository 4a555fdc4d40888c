/**
 * Random histories of commands over some years, with few members and a clock that jumps to deadlines. They can be
 * played.
 */
import fc from 'fast-check';
import { type InMail, isAnswered } from '../../shared/domain/inmail.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { walletIdOf } from '../../shared/domain/ledger.ts';
import { PRODUCTS, type Product } from '../../shared/domain/plans.ts';
import { RULES, type Rules, returnableUntil } from '../../shared/domain/rules.ts';
import { renewal } from '../../shared/domain/wallet.ts';
import { DAY_MILLIS, planOf, plus, RESPONSES, SMALL_RULES } from '../support/domain-builders.ts';
import { type Route, World } from './world.ts';

const MEMBERS = ['ada', 'bob', 'cyd', 'dan'] as const;
/** Everyone to everyone, and Ada to herself. */
const ROUTES = MEMBERS.flatMap((from) => MEMBERS.map((to) => ({ from, to }))).filter(
  ({ from, to }) => from !== to || from === 'ada',
);

/** The clock moves before a command by a while, or to a deadline, a millisecond before it or after it. */
type Move =
  | { readonly kind: 'wait'; readonly millis: number }
  | { readonly kind: 'renewal' | 'window'; readonly pick: number; readonly offset: number };

type Act =
  | { readonly kind: 'subscribe'; readonly member: string; readonly plan: string }
  | { readonly kind: 'cancel'; readonly member: string; readonly product: Product }
  | { readonly kind: 'send'; readonly route: Omit<Route, 'product'>; readonly product: Product }
  | { readonly kind: 'respond'; readonly pick: number; readonly response: (typeof RESPONSES)[number] };

type Step = {
  readonly move: Move;
  readonly act: Act;
  readonly sweepsAt: number | undefined;
  readonly lagMillis: number;
};
export type History = { readonly rules: Rules; readonly start: number; readonly steps: readonly Step[] };

const waitUpTo = (millis: number) => fc.record({ kind: fc.constant('wait' as const), millis: fc.nat(millis) });

/** Mostly little time passes, so that much happens within a window and a term. Now and then it is up to a year. */
const moves: fc.Arbitrary<Move> = fc.oneof(
  { weight: 10, arbitrary: waitUpTo(0) },
  { weight: 40, arbitrary: waitUpTo(DAY_MILLIS / 4) },
  { weight: 16, arbitrary: waitUpTo(2 * DAY_MILLIS) },
  { weight: 4, arbitrary: waitUpTo(40 * DAY_MILLIS) },
  { weight: 1, arbitrary: waitUpTo(400 * DAY_MILLIS) },
  {
    weight: 14,
    arbitrary: fc.record({
      kind: fc.constantFrom('renewal' as const, 'renewal' as const, 'window' as const),
      pick: fc.nat(99),
      offset: fc.integer({ min: -1, max: 1 }),
    }),
  },
);

function actsOf(rules: Rules): fc.Arbitrary<Act> {
  const member = fc.constantFrom(...MEMBERS);
  const route = fc.constantFrom(...ROUTES);
  const plan = fc.constantFrom(...rules.catalogue.keys());
  const product = fc.constantFrom(
    'premium' as const,
    ...new Set([...rules.catalogue.values()].map((known) => known.product)),
  );
  const response = fc.constantFrom(...RESPONSES);
  return fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('subscribe' as const), member, plan }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), member, product }) },
    { weight: 10, arbitrary: fc.record({ kind: fc.constant('send' as const), route, product }) },
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('respond' as const), pick: fc.nat(99), response }) },
  );
}

const atOnce = (act: Act): Step => ({
  move: { kind: 'wait', millis: 0 },
  act,
  sweepsAt: undefined,
  lagMillis: 0,
});

/**
 * Everyone signs up at the start, and then commands come in any order. Clocks that may lag do so by ten minutes at the
 * most.
 */
export const histories = ({ lagging = false } = {}): fc.Arbitrary<History> =>
  fc.constantFrom(RULES, SMALL_RULES, SMALL_RULES).chain((rules) => {
    const acts = actsOf(rules);
    const plans = fc.constantFrom(...rules.catalogue.keys());
    const steps = fc.record({
      move: moves,
      act: acts,
      sweepsAt: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
      lagMillis: lagging ? fc.nat(600_000) : fc.constant(0),
    });
    return fc
      .record({
        start: fc.integer({ min: Date.parse('2023-01-01'), max: Date.parse('2024-12-31') }),
        signUps: fc.tuple(plans, plans, plans, plans),
        rest: fc.array(steps, { minLength: 1, maxLength: 80, size: 'max' }),
      })
      .map(({ start, signUps, rest }) => {
        const first = signUps.map((plan, index) =>
          atOnce({ kind: 'subscribe', member: MEMBERS[index] ?? 'ada', plan }),
        );
        return { rules, start, steps: [...first, ...rest] };
      });
  });

/** The instant to which the clock goes. A deadline that has passed is none to jump to. */
function nextInstant(world: World, clock: Instant, move: Move): Instant {
  if (move.kind === 'wait') return plus(clock, move.millis);
  const deadlines = move.kind === 'renewal' ? renewalsAhead(world) : windowsAhead(world);
  const deadline = deadlines[move.pick % deadlines.length];
  const target = deadline ? plus(deadline, move.offset) : clock;
  return target > clock ? target : clock;
}

const renewalsAhead = (world: World): Instant[] =>
  world.walletIds.flatMap((walletId) => {
    const { state } = world.wallet(walletId);
    return state && state.type !== 'cancelled' ? [renewal(state, planOf(state.plan, world.rules), world.rules).at] : [];
  });

const windowsAhead = (world: World): Instant[] =>
  world.inmails
    .filter((inmail) => !isAnswered(inmail))
    .map(({ sentAt }) => returnableUntil(sentAt, world.rules))
    .filter((until) => until >= world.now);

/** `about` is the InMail a response was given to. */
export type Played = {
  readonly world: World;
  readonly now: Instant;
  readonly act: Act;
  readonly about: InMail | undefined;
  readonly answer: string;
};

type Playing = {
  /** Whether the renew and expire sweeps run at the moments the history has for them. */
  readonly sweeping?: boolean;
  /** Called after each command. */
  readonly watch?: (played: Played) => void;
};

/** Plays a history on a world of its own, from the first command to the last. */
export function play({ rules, start, steps }: History, { sweeping = false, watch = () => {} }: Playing = {}): World {
  const world = new World(rules).at(new Date(start).toISOString());
  let clock = world.now;
  for (const { move, act, sweepsAt, lagMillis } of steps) {
    const next = nextInstant(world.at(clock), clock, move);
    if (sweeping && sweepsAt !== undefined) {
      sweep(world.at(plus(clock, Math.floor((Date.parse(next) - Date.parse(clock)) * sweepsAt))));
    }
    clock = next;
    const now = plus(clock, -lagMillis);
    const about = act.kind === 'respond' ? answerable(world, act.pick) : undefined;
    watch({ world, now, act, about, answer: run(world.at(now), act, about) });
  }
  return world.at(clock);
}

export function sweep(world: World): World {
  for (const walletId of world.walletIds) world.renew(walletId);
  return world.expire();
}

/** Does what the history says next, and answers with one word. */
function run(world: World, act: Act, about: InMail | undefined): string {
  switch (act.kind) {
    case 'subscribe':
      return world.subscribe(act.member, act.plan).kind;
    case 'cancel':
      return wordOf(world.cancel(act.member, act.product));
    case 'send':
      return wordOf(world.send({ ...act.route, product: act.product }));
    case 'respond': {
      if (!about) return 'nothing-sent';
      const decision = world.respond(about.inmailId, act.response);
      if (decision.kind !== 'answered') return wordOf(decision);
      return decision.inmail.creditReason ?? decision.inmail.credit;
    }
  }
}

const wordOf = (decision: { readonly kind: string; readonly why?: string }): string => decision.why ?? decision.kind;

/** The InMail that a `respond` with this pick is about, which is mostly an unanswered one. */
function answerable(world: World, pick: number): InMail | undefined {
  const unanswered = world.inmails.filter((inmail) => !isAnswered(inmail));
  const among = unanswered.length > 0 && pick % 5 > 0 ? unanswered : world.inmails;
  return among[pick % among.length];
}

export const ALL_WALLETS = MEMBERS.flatMap((member) => PRODUCTS.map((product) => walletIdOf(member, product)));
