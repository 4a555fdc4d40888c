import { describe, expect, expectTypeOf, it } from 'vitest';
import { type Refusal, type RefusalOf, refuse } from '../../shared/domain/refusal.ts';
import type { decideResponse } from '../../shared/domain/responding.ts';
import type { decideReplay, decideSend } from '../../shared/domain/sending.ts';
import type { decideCancellation } from '../../shared/domain/subscribing.ts';

/** The reasons that a decision can give, as its type states them. Types are held by `npm run check`. */
type WhyOf<Decide extends (...args: never[]) => unknown> = Extract<ReturnType<Decide>, Refusal>['why'];

describe('a refusal', () => {
  it('a refusal says that it is one, its reason, and the facts that belong to the reason', () => {
    const refusal = refuse({ why: 'already-connected', recipientId: 'bob' });
    expect(refusal).toEqual({ kind: 'refused', why: 'already-connected', recipientId: 'bob' });
  });

  it('a refusal has the type of its own reason alone', () => {
    const refusal = refuse({ why: 'self-inmail' });
    expect(refusal).toEqual({ kind: 'refused', why: 'self-inmail' });
    expectTypeOf(refusal).toEqualTypeOf<RefusalOf<'self-inmail'>>();
  });

  it('a refusal that leaves out or invents a fact does not compile', () => {
    // @ts-expect-error: the connected recipient is missing.
    expect(refuse({ why: 'already-connected' })).not.toHaveProperty('recipientId');
    // @ts-expect-error: an InMail to oneself has no plan.
    expect(refuse({ why: 'self-inmail', plan: 'premium-career' })).toHaveProperty('plan');
  });

  it('a decision states exactly the reasons that it can give', () => {
    expectTypeOf<WhyOf<typeof decideReplay>>().toEqualTypeOf<'idempotency-key-reused'>();
    expectTypeOf<WhyOf<typeof decideResponse>>().toEqualTypeOf<'already-responded'>();
    expectTypeOf<WhyOf<typeof decideCancellation>>().toEqualTypeOf<'not-found'>();
    expectTypeOf<WhyOf<typeof decideSend>>().toEqualTypeOf<
      'self-inmail' | 'no-active-subscription' | 'already-connected' | 'response-pending' | 'insufficient-credits'
    >();
    expect.assertions(0);
  });
});
