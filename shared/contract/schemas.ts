/** The pieces that requests are made of. Strict, without coercion; each says what it wants. */
import * as z from 'zod';
import { MAX_INMAIL_ID } from '../domain/inmail.ts';
import { type Instant, instant } from '../domain/instant.ts';
import { MEMBER_ID, MEMBER_ID_WORDS } from '../domain/member-id.ts';
import { PRODUCTS } from '../domain/plans.ts';

export { written } from './text.ts';

export const memberId = z.string().regex(MEMBER_ID, `a member id: ${MEMBER_ID_WORDS}`);
export const product = z.enum(PRODUCTS);
/** Whether there is such a plan is for the catalogue to say. */
export const planName = z.string().regex(/^[a-z0-9-]{1,64}$/, 'the name of a plan, such as premium-career');
export const inmailId = z.string().max(MAX_INMAIL_ID, `an InMail's id has ${MAX_INMAIL_ID} characters at the most`);

/** A page's length: 1 to 100. */
export const limit = z
  .string()
  .regex(/^([1-9][0-9]?|100)$/, 'a whole number from 1 to 100')
  .transform(Number);

export const DEFAULT_LIMIT = 20;

/** What `sealCursor` writes: 32 bytes and a position of 315 at the most, in base64url: 463 characters, and room to spare. */
export const cursor = z.string().regex(/^[A-Za-z0-9_-]{1,500}$/, 'the `nextCursor` of the page before');

/**
 * ISO 8601 with a zone. A `+` left bare in a query arrives as a space: it is taken for the `+` it was.
 */
export const at = z
  .string()
  .max(40, 'an ISO 8601 instant has 40 characters at the most')
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
