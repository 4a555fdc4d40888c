/** A problem in plain words: what it is, why, and what would lift it and when (R8). */
import type { components } from '../../client/api.ts';
import { partsOfInMailId } from '../../shared/domain/inmail.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import { instantInWords, spanInWords } from '../words/instants.ts';
import { creditsInWords } from '../words/names.ts';
import type { Problem, Slug } from './problem.ts';

export type Explanation = { readonly title: string; readonly detail: string; readonly lift?: string };

/** `now` says how far away is what would lift it. */
export function explain(problem: Problem, now: Instant): Explanation {
  // A system newer than this page may have problems of which it knows no more than the document says.
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
    title: 'That is you',
    detail: 'Nobody can send an InMail to themselves. No credit was spent.',
    lift: 'Name another recipient.',
  }),
  'no-active-subscription': () => ({
    title: 'No active subscription',
    detail: 'An InMail is paid from the credits of the product it is sent from, and you have no plan of this one.',
    lift: 'Send it from another product that you have, or subscribe to a plan of this one.',
  }),
  'already-connected': () => ({
    title: 'You two are connected',
    detail: 'Connections message each other for free. No credit was spent.',
    lift: 'Nothing has to be lifted: write an ordinary message.',
  }),
  'response-pending': ({ inmailId }) => ({
    title: 'Your last InMail is still unanswered',
    detail: `${recipientIn(inmailId)} has not responded to it yet, and until then no other can follow, from any product.`,
    lift: 'Only a response lifts this, at any time; not expiry, not hiding the InMail, not another plan.',
  }),
  'insufficient-credits': ({ nextRenewal: { at, brings } }, now) => ({
    title: 'No credit left',
    detail: 'An InMail costs one credit, and the wallet of this product is empty.',
    lift:
      `The next renewal, on ${instantInWords(at)} (${spanInWords(now, instant(at))}), brings ${creditsInWords(brings)}; ` +
      'a response in time to a pending InMail gives one back at once.',
  }),
  'already-responded': () => ({
    title: 'This InMail has its response',
    detail: 'An InMail is responded to once, and this one was, differently.',
    lift: 'Nothing lifts this.',
  }),
  'idempotency-key-reused': () => ({
    title: 'This was sent before, with another text',
    detail: 'The first one counts; this one was not sent, and cost nothing.',
    lift: 'Look into Sent, then write anew.',
  }),
  'not-found': () => ({ title: 'There is nothing here', detail: 'It does not exist, or it is not yours to see.' }),
  forbidden: () => ({
    title: 'You may not do this',
    detail: 'It takes a permission that you are not signed in with. Nothing was changed.',
    lift: 'Sign in with the permission for billing.',
  }),
  unauthenticated: () => ({
    title: 'You are signed out',
    detail: 'The sign-in has run out.',
    lift: 'Reload the page to sign in again. Copy what you have written first: a reload does not keep it.',
  }),
  'invalid-request': ({ detail, errors = [] }) => ({
    title: 'Something is not as it has to be',
    detail: errors.map(faultInWords).join(' ') || detail || 'Nothing was changed.',
    lift: 'Put that right, and try again.',
  }),
  'payload-too-large': () => ({
    title: 'That is too long',
    detail: 'The text has more bytes than can be sent.',
    lift: 'Shorten it.',
  }),
  'invalid-cursor': () => ({
    title: 'The list has moved on',
    detail: 'The place to go on from is not known any more.',
    lift: 'Begin with the first page again.',
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
    detail: 'The system takes only so many in a second, of all members together. Nothing was changed.',
    lift: 'Try again in a moment.',
  }),
  'page-fault': () => ({
    title: 'A fault of this page',
    detail: 'It cannot show this.',
    lift: 'Try again, or reload the page; it may be older than the system.',
  }),
};

const outcomeUnknown = (title: string): Explanation => ({
  title,
  detail: 'Whether it was done is not known.',
  lift: 'Try again in a moment; that does nothing twice.',
});

/** Nothing a reader can put right. */
function askedBadly(): Explanation {
  return {
    title: 'The page asked for something the system does not take',
    detail: 'Nothing was changed.',
    lift: 'Reload the page; it may be older than the system.',
  };
}

const recipientIn = (inmailId: string): string => partsOfInMailId(inmailId)?.recipientId ?? 'The recipient';

function faultInWords({ pointer, detail }: components['schemas']['Fault']): string {
  const name = pointer.split('/').at(-1);
  return name ? `${name}: ${detail}.` : `${detail}.`;
}
