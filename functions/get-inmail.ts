import { refuse } from '../shared/domain/refusal.ts';
import { api } from '../shared/edge/api.ts';
import { reply } from '../shared/edge/reply.ts';
import type { Deps } from '../shared/edge/runtime.ts';
import { inmailPath } from '../shared/edge/schemas.ts';
import { inmailView } from '../shared/edge/views.ts';

export type GetInMailInput = { readonly inmailId: string; readonly callerId: string };

/** An InMail its sender or recipient asks for; for anybody else there is none. Hidden ones can still be asked for by id. */
export async function getInMail({ inmailId, callerId }: GetInMailInput, { store, rules, now }: Deps) {
  const inmail = await store.inmails.get(inmailId);
  if (inmail?.senderId !== callerId && inmail?.recipientId !== callerId) return refuse({ why: 'not-found' });
  return reply(200, inmailView(inmail, now, rules));
}

export const request = { path: inmailPath };
export const handler = api('get-inmail', request, ({ caller, path }, deps) =>
  getInMail({ ...path, callerId: caller.memberId }, deps),
);
