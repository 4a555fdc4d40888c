/** Explains a problem in plain words: what it is, why, what would lift it, and when (R8). */
import type { components } from '../../client/api.ts';
import { partsOfInMailId } from '../../shared/domain/inmail.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import { instantInWords, spanInWords } from '../words/instants.ts';
import { creditsInWords } from '../words/names.ts';
import type { Problem, Slug } from './problem.ts';

export type Explanation = { readonly title: string; readonly detail: string; readonly lift?: string };

/** `now` tells how far away the instant is that would lift it. */
export function explain(problem: Problem, now: Instant): Explanation {
  // A system newer than this page may have problems that the page does not know. Their document has words of its own.
  const words = EXPLANATIONS[problem.slug] as ((of: Problem, now: Instant) => Explanation) | undefined;
  return words
    ? words(problem, now)
    : asTheDocumentSays(problem as { readonly title?: string; readonly detail?: string });
}

const asTheDocumentSays = ({ title, detail }: { readonly title?: string; readonly detail?: string }): Explanation => ({
  title: title ?? 'That was refused',
  detail: detail ?? 'Nothing was changed.',
});

const EXPLANATIONS: {
  readonly [Of in Slug]: (problem: Extract<Problem, { slug: Of }>, now: Instant) => Explanation;
} = {
  'self-inmail': () => ({
    title: 'You cannot send an InMail to yourself',
    detail: 'No credit was spent.',
    lift: 'Name another recipient.',
  }),
  'no-active-subscription': () => ({
    title: 'No active subscription',
    detail: 'You pay for an InMail with the credits of the product you send it from. You have no plan of this one.',
    lift: 'Send it from another product that you have, or subscribe to a plan of this one.',
  }),
  'already-connected': () => ({
    title: 'You are already connected',
    detail: 'Connections message each other for free. No credit was spent.',
    lift: 'Send an ordinary message instead.',
  }),
  'response-pending': ({ inmailId }) => ({
    title: 'Your last InMail is still unanswered',
    detail: `${recipientIn(inmailId)} has not responded to it yet. Until then you cannot send another one, from any product.`,
    lift: 'Only a response lifts this, at any time. Expiry does not, nor does hiding the InMail or changing your plan.',
  }),
  'insufficient-credits': ({ nextRenewal: { at, brings } }, now) => ({
    title: 'No credit left',
    detail: 'An InMail costs one credit, and the wallet of this product is empty.',
    lift:
      `The next renewal, on ${instantInWords(at)} (${spanInWords(now, instant(at))}), brings ${creditsInWords(brings)}. ` +
      'A response in time to a pending InMail gives one back at once.',
  }),
  'already-responded': () => ({
    title: 'You have already responded to this InMail',
    detail: 'Your first response counts, and it was a different one.',
    lift: 'A response cannot be changed.',
  }),
  'idempotency-key-reused': () => ({
    title: 'This InMail was sent before, with another text',
    detail: 'The first one counts. This one was not sent, and cost nothing.',
    lift: 'Look at your sent InMails, then write a new one.',
  }),
  'not-found': () => ({ title: 'There is nothing here', detail: 'It does not exist, or you may not see it.' }),
  forbidden: () => ({
    title: 'You may not do this',
    detail: 'You are signed in without the permission that this needs. Nothing was changed.',
    lift: 'Sign in with the permission for billing.',
  }),
  unauthenticated: () => ({
    title: 'You are signed out',
    detail: 'Your sign-in has ended.',
    lift: 'Reload the page to sign in again. Copy what you have written first, because a reload does not keep it.',
  }),
  'invalid-request': ({ detail, errors = [] }) => ({
    title: 'Something needs to be corrected',
    detail: errors.map(faultInWords).join(' ') || detail || 'Nothing was changed.',
    lift: 'Correct it, and try again.',
  }),
  'payload-too-large': () => ({
    title: 'That is too long',
    detail: 'The text has more bytes than can be sent.',
    lift: 'Shorten it.',
  }),
  'invalid-cursor': () => ({
    title: 'The rest of the list cannot be shown',
    detail: 'The system no longer knows where the list went on.',
    lift: 'Reload the page to see the list from its beginning.',
  }),
  'malformed-json': askedBadly,
  'unsupported-media-type': askedBadly,
  'idempotency-key-required': askedBadly,
  'idempotency-key-invalid': askedBadly,
  'internal-error': () => outcomeUnknown('Something went wrong on our side'),
  busy: () => outcomeUnknown('The system is busy'),
  unreachable: () => outcomeUnknown('The system cannot be reached'),
  'too-many-requests': () => ({
    title: 'Too many requests',
    detail: 'All members together sent more than the system accepts in a second. Nothing was changed.',
    lift: 'Try again in a moment.',
  }),
  'page-fault': () => ({
    title: 'This page has an error',
    detail: 'It cannot show this part.',
    lift: 'Try again, or reload the page. It may be older than the system.',
  }),
};

const outcomeUnknown = (title: string): Explanation => ({
  title,
  detail: 'It is not known whether it was done.',
  lift: 'Try again in a moment. Nothing is done twice.',
});

/** Explains a fault that no member can correct. */
function askedBadly(): Explanation {
  return {
    title: 'The page sent a request that the system does not accept',
    detail: 'Nothing was changed.',
    lift: 'Reload the page. It may be older than the system.',
  };
}

const recipientIn = (inmailId: string): string => partsOfInMailId(inmailId)?.recipientId ?? 'The recipient';

function faultInWords({ pointer, detail }: components['schemas']['Fault']): string {
  const name = pointer.split('/').at(-1);
  return name ? `${name}: ${detail}.` : `${detail}.`;
}
