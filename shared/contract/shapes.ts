/**
 * The API's responses as schemas. They are strict here, so that the tests see every field without a description. The
 * OpenAPI document leaves that out, because a client must accept fields of later versions.
 */
import * as z from 'zod';
import { INMAIL_ID } from '../domain/inmail.ts';
import { ENTRY_TYPES } from '../domain/ledger.ts';
import { MEMBER_ID_SOURCE } from '../domain/member-id.ts';
import { PRODUCTS } from '../domain/plans.ts';
import { BODY, REPLY, SUBJECT } from '../domain/written-text.ts';
import { memberId, planName, product } from './schemas.ts';
import { written } from './text.ts';

const instant = z.iso.datetime({ precision: 3 });
const date = z.iso.date();
const count = z.int().nonnegative();
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const inmailId = z.string().regex(INMAIL_ID);

/** As long as a list's `limit` may be. */
const MAX_PAGE = 100;

export const nextRenewal = z
  .strictObject({
    at: instant.describe('Midnight, UTC, of the renewal date (R3, R4).'),
    brings: count.describe('Credits that come in, if nothing else happens until then.'),
    forfeits: count.describe('Credits of the allotment that do not fit under the cap (R2).'),
  })
  .meta({ id: 'NextRenewal', description: 'The next renewal of a wallet, and its effect (R17).' });

const creditsFields = {
  memberId,
  product,
  asOf: instant.describe('The instant at which all of this is true (R6).'),
  plan: planName.nullable().describe('The current plan. It is null after a cancellation.'),
  balance: count.describe('Credits left.'),
  cap: count.describe('The most the wallet may hold.'),
  allotment: count.describe('Credits that come in at each renewal.'),
  nextRenewal: nextRenewal.nullable().describe('The next renewal. It is null after a cancellation.'),
};

/** After a send. It leaves out the pending returns, because they would cost another read. */
const creditsLeft = z
  .strictObject(creditsFields)
  .meta({ id: 'CreditsLeft', description: 'The wallet that paid, right after the send (R7).' });

const pendingReturn = z
  .strictObject({
    inmailId,
    recipientId: memberId,
    sentAt: instant,
    returnableUntil: instant.describe('The last instant at which a response returns the credit (R13).'),
  })
  .meta({ id: 'PendingReturn', description: 'An InMail whose credit can still come back.' });

export const credits = z
  .strictObject({
    ...creditsFields,
    pendingReturns: z.array(pendingReturn).describe('Oldest first.'),
  })
  .meta({ id: 'Credits', description: 'The credits that a member has of one product (R17).' });

export const creditsList = z.strictObject({
  memberId,
  asOf: instant,
  credits: z.array(credits).max(PRODUCTS.length).describe('One for every product that the member has or had.'),
});

const response = z
  .strictObject({
    type: z.enum(['accept', 'decline', 'reply', 'quick-reply']),
    text: written(REPLY).optional().describe('The text of a reply, or the word of a quick reply.'),
    at: instant,
  })
  .meta({ id: 'Response', description: 'How the recipient responded (R12).' });

export const inmail = z
  .strictObject({
    inmailId,
    senderId: memberId,
    recipientId: memberId,
    product: product.describe('The product whose wallet paid.'),
    subject: written(SUBJECT),
    body: written(BODY),
    sentAt: instant,
    returnableUntil: instant.describe('The last instant at which a response returns the credit (R13).'),
    status: z.enum(['pending', 'accepted', 'declined', 'replied', 'quick-replied', 'expired']),
    credit: z.enum(['pending', 'returned', 'lost']).describe('The outcome for the credit.'),
    creditReason: z.enum(['late', 'term-ended', 'at-cap', 'expired']).optional().describe('The reason for the loss.'),
    remindedAt: instant.optional().describe('The instant of the reminder (R15).'),
    response: response.optional(),
  })
  .meta({ id: 'InMail', description: 'One InMail, as it is at the instant of the response (R16).' });

export const sent = z.strictObject({ inmail, credits: creditsLeft });
export const answered = z.strictObject({ inmail });

const nextCursor = z
  .string()
  .min(1)
  .max(500)
  .optional()
  .describe(
    'Send it as `cursor` to get the next page of results. The last page has none. A page may be shorter than its `limit`, or empty, and still have one, so go on until there is none.',
  );

export const inmailList = z.strictObject({
  inmails: z.array(inmail).max(MAX_PAGE),
  nextCursor,
  allHidden: z
    .literal(true)
    .optional()
    .describe(
      'The box has InMails, and the caller has hidden all of them. Only a first page that is empty and the last one says so. A walk over several pages of hidden InMails ends without it.',
    ),
});

const entry = z
  .strictObject({
    walletId: z.string().regex(new RegExp(`^${MEMBER_ID_SOURCE}#(${PRODUCTS.join('|')})$`)),
    seq: z.int().positive().describe('1, 2, 3… without gaps.'),
    at: instant.describe('Never earlier than the entry before.'),
    type: z.enum(ENTRY_TYPES),
    delta: z.int().describe('The change of the balance.'),
    balance: count.describe('Credits after the entry.'),
    forfeited: count.describe('Credits that were lost with the entry.'),
    term: z.int().positive().describe('Subscribing, changing plan and cancelling each start a new term.'),
    plan: planName.describe('The plan of the wallet. After a cancellation it is the plan that was cancelled.'),
    anchorDay: z.int().min(1).max(31).describe('Day of the month of the initial sign-up (R3).'),
    lastGrantOn: date.describe('Date of the last sign-up, plan change or renewal (R5).'),
    pending: z
      .string()
      .regex(/^([0-9]+:[0-9]+(,[0-9]+)*( [0-9]+:[0-9]+(,[0-9]+)*)*)?$/)
      .describe(
        'The entries of the term whose InMails wait for a response, by the day of the send. For example, `20784:12,1 2:3` is entries 12 and 13, sent on day 20784 since 1970, and entry 16 two days later.',
      ),
    rule: z
      .string()
      .regex(/^R[0-9]{1,2}$/)
      .describe('The rule of the entry.'),
    inmailId: inmailId.optional().describe('The InMail that the credit paid for, or came back from.'),
    prevHash: hash.describe('The `hash` of the entry before, or 64 zeros for the first entry.'),
    hash: hash.describe('SHA-256, in hex, of `prevHash` and the entry without its two hashes (RFC 8785).'),
  })
  .meta({ id: 'Entry', description: 'One entry of the ledger. The last one is the wallet.' });

export const entryList = z.strictObject({ entries: z.array(entry).max(MAX_PAGE), nextCursor });

const plan = z
  .strictObject({
    plan: planName,
    product,
    allotment: z.int().positive().describe('Credits a month.'),
    cap: z.int().positive().describe('The most a wallet may hold.'),
    renews: z.enum(['anniversary', 'first-of-month']).describe('On the day of the sign-up (R3), or on the 1st (R4).'),
  })
  .meta({ id: 'Plan', description: 'A plan of the catalogue, with what it grants today.' });

export const planList = z.strictObject({ plans: z.array(plan) });

/** The gateway's own response, before any function runs. */
export const gatewayMessage = z
  .strictObject({ message: z.string().max(200) })
  .meta({ id: 'GatewayMessage', description: 'A response of the gateway. The request reached no function.' });

export const csvStatement = z.string().max(1_000_000).meta({
  description:
    'RFC 4180, with a header line. Without `limit` it has all entries, up to 1,000. If there are more, a last line that begins with `#` says how many are left out, and `Link` names the next file. A text that a spreadsheet would run or rewrite (`-2-3`, `=A1`, `007`, `1E5`) has an apostrophe in front. Take one leading apostrophe off a field to get the text itself.',
});
