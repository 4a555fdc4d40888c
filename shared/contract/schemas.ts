/** The pieces of requests. They are strict and coerce nothing, and each has a message and a description. */
import * as z from 'zod';
import { MAX_INMAIL_ID, MAX_N } from '../domain/inmail.ts';
import { type Instant, instant } from '../domain/instant.ts';
import { MEMBER_ID, MEMBER_ID_WORDS } from '../domain/member-id.ts';
import { PRODUCTS } from '../domain/plans.ts';

export const memberId = z.string().regex(MEMBER_ID, `a member id: ${MEMBER_ID_WORDS}`);
export const product = z.enum(PRODUCTS);
/** The catalogue says whether there is such a plan. */
export const planName = z.string().regex(/^[a-z0-9-]{1,64}$/, 'the name of a plan, such as premium-career');
const inmailId = z.string().max(MAX_INMAIL_ID, `an InMail's id has ${MAX_INMAIL_ID} characters at the most`);

/** They name an InMail inside a cursor and inside the message of a queue. */
export const inmailParts = { senderId: memberId, recipientId: memberId, n: z.int().positive().max(MAX_N) };

/** The length of a page of results: 1 to 100. */
export const limit = z
  .string()
  .regex(/^([1-9][0-9]?|100)$/, 'a whole number from 1 to 100')
  .transform(Number);

export const DEFAULT_LIMIT = 20;

/**
 * `sealCursor` writes 32 bytes and a position of 335 at the most. That is 490 characters of base64url, so 500 has some
 * to spare.
 */
const cursor = z.string().regex(/^[A-Za-z0-9_-]{1,500}$/, 'the `nextCursor` of the previous page of results');

/** ISO 8601 with a zone. A bare `+` in a query arrives as a space, so it is read as the `+` that it was. */
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

/** A parameter of a path or a query. The description is for the OpenAPI document. */
export const parameter = <Schema extends z.ZodType>(schema: Schema, description: string, example?: string | number) =>
  schema.meta({ description, param: example === undefined ? {} : { example } });

const ofMember = parameter(
  memberId,
  'The member that the books or the subscription belong to. It is the `sub` of their token.',
  'ada',
);
const ofProduct = parameter(product, 'The product that the credits are for.', 'premium');

export const memberPath = z.strictObject({ memberId: ofMember });
export const walletPath = z.strictObject({ memberId: ofMember, product: ofProduct });
export const connectionPath = z
  .strictObject({
    memberId: ofMember,
    otherId: parameter(memberId, 'The other member. It must not be the same one.', 'bob'),
  })
  .refine((pair) => pair.memberId !== pair.otherId, { path: ['otherId'], error: 'another member than memberId' });
export const inmailPath = z.strictObject({
  inmailId: parameter(inmailId, 'The id that the send responded with.', 'ada~bob~000001'),
});

export const atQuery = z.strictObject({
  at: parameter(
    at.optional(),
    'Any instant of the years 1 to 2999, past or future, with a zone. The default is now.',
    '2031-02-28T00:00:00Z',
  ),
});

/** The query of a list. */
export const pageOfResults = {
  limit: parameter(limit.optional(), 'Length of a page of results. The default is 20, and 1,000 as CSV.', 20),
  cursor: parameter(
    cursor.optional(),
    'The `nextCursor` of the previous page of results, of the same caller and the same list.',
  ),
};
