import type { Books } from '../../shared/domain/books.ts';
import { isAnswered } from '../../shared/domain/inmail.ts';

/** The promise of a response: the InMail is there, and perhaps its answer. */
export type Promised = { readonly inmailId: string; readonly answered: boolean };

/** Every promise that the books do not keep, in words. */
export function brokenPromises(promises: readonly Promised[], { inmails }: Pick<Books, 'inmails'>): string[] {
  if (promises.length === 0) return ['nothing was acknowledged, so nothing was tried'];
  const found = new Map(inmails.map((inmail) => [inmail.inmailId, inmail]));
  return promises.flatMap(({ inmailId, answered }) => {
    const inmail = found.get(inmailId);
    if (!inmail) return [`${inmailId} was acknowledged, and is lost`];
    return answered && !isAnswered(inmail) ? [`the response to ${inmailId} was acknowledged, and is lost`] : [];
  });
}
