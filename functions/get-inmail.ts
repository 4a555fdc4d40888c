import { getInMail as endpoint } from '../shared/contract/endpoints/inmails.ts';
import { refuse } from '../shared/domain/refusal.ts';
import { api } from '../shared/http/api.ts';
import { ok } from '../shared/http/response.ts';
import { inmailView } from '../shared/http/views.ts';
import type { Deps } from '../shared/runtime/runtime.ts';
import { readInMail } from '../shared/store/read-inmail.ts';

export type GetInMailInput = { readonly inmailId: string; readonly callerId: string };

/** An InMail, for its sender and its recipient. Others do not find it. A hidden one can still be asked for by id. */
export async function getInMail({ inmailId, callerId }: GetInMailInput, { store, rules, now }: Deps) {
  const inmail = await readInMail(store, inmailId);
  if (inmail?.senderId !== callerId && inmail?.recipientId !== callerId) return refuse({ why: 'not-found' });
  return ok(inmailView(inmail, now, rules));
}

export const handler = api(endpoint, ({ caller, path }, deps) =>
  getInMail({ ...path, callerId: caller.memberId }, deps),
);
