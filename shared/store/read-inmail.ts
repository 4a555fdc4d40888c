import { type InMail, partsOfInMailId } from '../domain/inmail.ts';
import type { Store } from './store.ts';

/** The InMail of an id that comes from outside. None when the id is not one. */
export async function readInMail({ inmails }: Store, inmailId: string): Promise<InMail | undefined> {
  const parts = partsOfInMailId(inmailId);
  return parts && inmails.get(parts);
}
