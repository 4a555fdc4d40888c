/** Addresses within the page that name a member or an InMail. An id may hold characters that mean something in an address. */
import { INMAIL_ID } from '../../shared/domain/inmail.ts';
import { isMemberId } from '../../shared/domain/member-id.ts';

type PlaceOfId = 'inbox' | 'sent' | 'operator';

export const addressOf = (place: PlaceOfId, id: string): string => `#/${place}/${encodeURIComponent(id)}`;

const ADDRESS = /^#\/([a-z]*)(?:\/([^/]{1,1000}))?$/;

/** `#/operator/ada` is `operator` and `ada`. Undefined if it is no address of the page. */
export function partsOfAddress(hash: string): { name: string; id: string | undefined } | undefined {
  const [, name, encoded] = ADDRESS.exec(hash) ?? [];
  if (name === undefined) return undefined;
  if (encoded === undefined) return { name, id: undefined };
  const id = decoded(encoded);
  return id !== undefined && (isMemberId(id) || INMAIL_ID.test(id)) ? { name, id } : undefined;
}

/** Undefined if a percent sign encodes nothing. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
