/** Tells a ledger entry in one sentence, so that a member sees where a credit went. */
import { partsOfInMailId } from '../../shared/domain/inmail.ts';
import type { EntryBody, EntryType } from '../../shared/domain/ledger.ts';
import { creditsInWords, nameOf } from './names.ts';

/** `before` is the entry before this one. Without it, the sentence says a little less. */
export function sentenceOf(entry: EntryBody, before?: EntryBody): string {
  return SENTENCES[entry.type](entry, before);
}

const SENTENCES: { readonly [Type in EntryType]: (entry: EntryBody, before?: EntryBody) => string } = {
  subscribed: ({ plan, delta, term }) =>
    `Subscribed ${term > 1 ? 'again, now ' : ''}to ${nameOf(plan)}: its ${creditsInWords(delta)} came in at once.`,
  renewed: renewedSentence,
  sent: (entry) => `An InMail${otherSide('to', entry)} cost one credit.`,
  returned: (entry) => {
    const answered = `The InMail${otherSide('to', entry)} was answered in time`;
    if (entry.delta > 0) return `${answered}, and its credit came back.`;
    return `${answered}, but the wallet held its maximum of ${entry.balance}, so the credit was forfeited.`;
  },
  'plan-changed': ({ plan, balance, forfeited }, before) => {
    const from = before ? `from ${nameOf(before.plan)} ` : '';
    return `Changed plan ${from}to ${nameOf(plan)}: ${leftOver(forfeited)}, and ${creditsInWords(balance)} came in at once.`;
  },
  cancelled: ({ plan, forfeited }) => `Cancelled ${nameOf(plan)}: ${leftOver(forfeited)}.`,
};

/** Credits are forfeited only at the cap, so the balance afterwards is the cap. */
function renewedSentence({ plan, delta, balance, forfeited }: EntryBody): string {
  const renewal = `Monthly renewal of ${nameOf(plan)}`;
  if (forfeited === 0) return `${renewal}: ${creditsInWords(delta)} came in.`;
  if (delta === 0) return `${renewal}: the wallet held its maximum of ${balance}, so all ${forfeited} were forfeited.`;
  const were = forfeited === 1 ? 'was' : 'were';
  return `${renewal}: ${delta} of ${delta + forfeited} came in, up to the maximum of ${balance}, and ${forfeited} ${were} forfeited.`;
}

function leftOver(forfeited: number): string {
  if (forfeited === 0) return 'no credits were left to forfeit';
  return forfeited === 1 ? 'the 1 credit left was forfeited' : `the ${forfeited} credits left were forfeited`;
}

function otherSide(word: string, { inmailId = '' }: EntryBody): string {
  const parts = partsOfInMailId(inmailId);
  return parts ? ` ${word} ${parts.recipientId}` : '';
}

/** The rule of an entry, short enough for a tooltip. */
export const RULE_SAYS = {
  subscribed: 'Subscribing grants the allotment at once.',
  renewed: 'Each month the allotment comes in, up to the maximum. The rest is forfeited.',
  sent: 'An InMail costs one credit.',
  returned: 'A response within 90 days gives the credit back, unless the wallet is full.',
  'plan-changed': 'Changing plan forfeits the balance and grants the new allotment at once.',
  cancelled: 'Cancelling forfeits the whole balance.',
} as const satisfies Record<EntryType, string>;

export const TYPE_NAMES = {
  subscribed: 'Subscribed',
  renewed: 'Renewed',
  sent: 'Sent',
  returned: 'Returned',
  'plan-changed': 'Plan changed',
  cancelled: 'Cancelled',
} as const satisfies Record<EntryType, string>;
