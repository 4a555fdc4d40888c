/** Reads InMails, with one fact that they do not tell themselves. */
import { answered } from '../../app/answered.ts';
import type { App } from '../../app/context.ts';
import { readCredits } from '../../ledger/read-credits.ts';
import type { Page } from '../../parts/use-pages.ts';
import type { Box, InMail } from '../../words/inmail-words.ts';

export type Letter = {
  readonly inmail: InMail;
  /** True if it is pending and the term that paid has ended. A response then frees the pair, but returns no credit (R13). */
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

/** For its recipient, who has no credit at stake. */
export const asItIs = (inmail: InMail): Letter => ({ inmail, isTermOver: false });

/**
 * Reads the credits first. An InMail that is still pending after that was pending before, so that `pendingReturns` lacks it
 * only if its term is over. An InMail sent in between is not judged.
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
