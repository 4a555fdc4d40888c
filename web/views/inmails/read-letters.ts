/** InMails, with what they do not say by themselves. */
import { answered } from '../../app/answered.ts';
import type { App } from '../../app/context.ts';
import { readCredits } from '../../ledger/read-credits.ts';
import type { Page } from '../../parts/use-pages.ts';
import type { Box, InMail } from '../../words/inmail-words.ts';

export type Letter = {
  readonly inmail: InMail;
  /** It is pending, but the term that paid has ended: a response frees the pair, and no credit (R13). */
  readonly isTermOver: boolean;
};

type Reader = Pick<App, 'api' | 'memberId'>;

export async function readBox(reader: Reader, box: Box, cursor: string | undefined): Promise<Page<Letter>> {
  const toLetter = box === 'sent' ? await senderOf(reader) : asItIs;
  const query = { box, ...(cursor !== undefined && { cursor }) };
  const { inmails, nextCursor, allHidden } = answered(await reader.api.GET('/v1/inmails', { params: { query } }));
  return { items: inmails.map(toLetter), nextCursor, hasHidden: allHidden };
}

export async function readLetter(reader: Reader, box: Box, inmailId: string): Promise<Letter> {
  const toLetter = box === 'sent' ? await senderOf(reader) : asItIs;
  return toLetter(answered(await reader.api.GET('/v1/inmails/{inmailId}', { params: { path: { inmailId } } })));
}

/** As its recipient has it, whose credit it is not. */
export const asItIs = (inmail: InMail): Letter => ({ inmail, isTermOver: false });

/**
 * The credits come first: what is pending after that was so before, and of one's own it is left out of `pendingReturns`
 * only because its term is over. What was sent in between is none of those credits.
 */
async function senderOf({ api, memberId }: Reader): Promise<(inmail: InMail) => Letter> {
  const { asOf, credits } = await readCredits(api, memberId);
  const returnable = new Set(credits.flatMap(({ pendingReturns }) => pendingReturns.map(({ inmailId }) => inmailId)));
  return (inmail) => {
    const { inmailId, senderId, credit, sentAt } = inmail;
    const isOwn = senderId === memberId && credit === 'pending' && sentAt <= asOf;
    return { inmail, isTermOver: isOwn && !returnable.has(inmailId) };
  };
}
