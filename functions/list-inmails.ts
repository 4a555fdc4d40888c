import * as z from 'zod';
import { listInMails as endpoint } from '../shared/contract/endpoints/inmails.ts';
import { at, DEFAULT_LIMIT, inmailParts } from '../shared/contract/schemas.ts';
import { PRODUCTS, type Product } from '../shared/domain/plans.ts';
import { api } from '../shared/http/api.ts';
import { openCursor, sealCursor } from '../shared/http/cursor.ts';
import { ok } from '../shared/http/response.ts';
import { inmailView } from '../shared/http/views.ts';
import type { Deps } from '../shared/runtime/runtime.ts';
import { readInbox, readSentBox, type SentPosition } from '../shared/store/boxes.ts';
import type { InMailKey, Store } from '../shared/store/store.ts';

/** `from` is the position at which the page of results begins. Without it, the page begins with the newest. */
export type ListInMailsInput = { readonly callerId: string; readonly limit?: number | undefined } & (
  | { readonly box: 'inbox'; readonly from?: InMailKey | undefined }
  | { readonly box: 'sent'; readonly from?: SentPosition | undefined }
);

/** The caller's own InMails, newest first, without hidden ones. `next` is the start of the next page of results. */
export async function listInMails(input: ListInMailsInput, { store, rules, now }: Deps) {
  const { callerId, limit = DEFAULT_LIMIT } = input;
  const { inmails, next } =
    input.box === 'inbox'
      ? await readInbox(store, callerId, limit, input.from)
      : await readSentBox(store, callerId, limit, input.from);
  const isEmpty = inmails.length === 0 && next === undefined && input.from === undefined;
  const allHidden = isEmpty && (await wasFilled(input, store));
  return { inmails: inmails.map((inmail) => inmailView(inmail, now, rules)), next, allHidden };
}

/** Whether a box that shows no InMails has some. Then all of them are hidden. */
const wasFilled = async ({ box, callerId }: ListInMailsInput, { inmails }: Store): Promise<boolean> =>
  box === 'inbox' ? (await inmails.inbox(callerId, { limit: 1 })).keys.length > 0 : inmails.hasSent(callerId);

/** A client can make a cursor of its own, so only this schema makes sure that it holds a position. */
const inboxPosition = z.strictObject({ ...inmailParts, sentAt: at });
const sentPosition = z.strictObject(
  Object.fromEntries(PRODUCTS.map((product) => [product, z.int().nonnegative()])) as Record<Product, z.ZodInt>,
);

export const handler = api(endpoint, async ({ caller, query: { box, limit, cursor } }, deps) => {
  const callerId = caller.memberId;
  const scope = { list: 'list-inmails', callerId, of: box } as const;
  const { inmails, next, allHidden } = await listInMails(
    box === 'inbox'
      ? { callerId, limit, box, from: openCursor(cursor, scope, inboxPosition) }
      : { callerId, limit, box, from: openCursor(cursor, scope, sentPosition) },
    deps,
  );
  const nextCursor = sealCursor(next, scope);
  return ok({ inmails, ...(nextCursor && { nextCursor }), ...(allHidden && { allHidden }) });
});
