import { hideInMail as endpoint } from '../shared/contract/endpoints/inmails.ts';
import { inmailPartsOf } from '../shared/domain/inmail.ts';
import { refuse } from '../shared/domain/refusal.ts';
import { api } from '../shared/http/api.ts';
import { NO_CONTENT } from '../shared/http/response.ts';
import type { Deps } from '../shared/runtime/runtime.ts';
import { commit } from '../shared/store/commit.ts';
import { readInMail } from '../shared/store/read-inmail.ts';

export type HideInMailInput = { readonly inmailId: string; readonly callerId: string };

/**
 * R9, R13: takes an InMail out of the caller's box. No credit comes back, and no pair is freed. It can still be
 * answered.
 */
export async function hideInMail({ inmailId, callerId }: HideInMailInput, { store }: Deps) {
  const inmail = await readInMail(store, inmailId);
  if (inmail?.senderId !== callerId && inmail?.recipientId !== callerId) return refuse({ why: 'not-found' });
  const from = inmail.senderId === callerId ? 'sender' : 'recipient';
  await commit(store, [{ kind: 'hide-inmail', ...inmailPartsOf(inmail), from }]);
  return NO_CONTENT;
}

export const handler = api(endpoint, ({ caller, path }, deps) =>
  hideInMail({ ...path, callerId: caller.memberId }, deps),
);
