import { type InMail, partsOfInMailId } from '../domain/inmail.ts';
import type { Store } from './store.ts';

/** The InMail that an id from outside names. None where the id is none. */
export async function readInMail({ inmails }: Store, inmailId: string): Promise<InMail | undefined> {
  const parts = partsOfInMailId(inmailId);
  return parts && inmails.get(parts);
}
