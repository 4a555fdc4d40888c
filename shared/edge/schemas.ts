/** The pieces that requests are made of. Strict, without coercion; each says what it wants. */
import * as z from 'zod';
import { type Instant, instant } from '../domain/instant.ts';
import { PRODUCTS } from '../domain/plans.ts';
import { MEMBER_ID } from './caller.ts';

export const memberId = z.string().regex(MEMBER_ID, 'a member id: 1 to 64 of A-Z a-z 0-9 _ -');
export const product = z.enum(PRODUCTS);
export const inmailId = z.string().max(200);

/** Counts characters as people do, by code point: an emoji is one. */
export const text = (max: number) =>
  z
    .string()
    .min(1)
    .refine((value) => [...value].length <= max, `at most ${max} characters`);

/** A page's length: 1 to 100. */
export const limit = z
  .string()
  .regex(/^([1-9][0-9]?|100)$/, 'a whole number from 1 to 100')
  .transform(Number);

export const DEFAULT_LIMIT = 20;

/**
 * ISO 8601 with a zone. A `+` left bare in a query arrives as a space: it is taken for the `+` it was.
 */
export const at = z
  .string()
  .transform((value) => value.replace(/ (?=[0-9]{2}:[0-9]{2}$)/, '+'))
  .pipe(z.iso.datetime({ offset: true, error: 'an ISO 8601 instant with a zone, such as 2024-01-31T15:00:00Z' }))
  .transform((value, context): Instant => {
    try {
      return instant(value);
    } catch {
      context.addIssue({ code: 'custom', message: 'an instant of the years 1 to 2999' });
      return z.NEVER;
    }
  });

export const memberPath = z.strictObject({ memberId });
export const walletPath = z.strictObject({ memberId, product });
export const connectionPath = z
  .strictObject({ memberId, otherId: memberId })
  .refine((pair) => pair.memberId !== pair.otherId, { path: ['otherId'], error: 'another member than memberId' });
export const inmailPath = z.strictObject({ inmailId });
