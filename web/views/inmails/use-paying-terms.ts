/** Which of one's own pending InMails were paid in a term that has ended: a response frees the pair, and no credit (R13). */
import { answered } from '../../app/answered.ts';
import { useApp } from '../../app/context.ts';
import { useRead } from '../../app/use-read.ts';
import type { InMail } from '../../words/inmail-words.ts';

/** False for all while nothing is known of them. The InMail itself does not say: it does not change when a plan does. */
export function usePayingTerms(): (inmail: InMail) => boolean {
  const { api, memberId } = useApp();
  const { data } = useRead(
    async () => answered(await api.GET('/v1/members/{memberId}/credits', { params: { path: { memberId } } })),
    [memberId],
  );
  return ({ inmailId, senderId, credit, sentAt }) => {
    if (!data || credit !== 'pending' || senderId !== memberId) return false;
    // One sent after the credits were read is none of theirs yet.
    if (sentAt > data.asOf) return false;
    return !data.credits.some(({ pendingReturns }) => pendingReturns.some((pending) => pending.inmailId === inmailId));
  };
}
