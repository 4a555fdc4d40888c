import * as z from 'zod';
import { PRODUCTS } from '../shared/domain/plans.ts';
import { api, reply } from '../shared/edge/api.ts';
import { readCursor, writeCursor } from '../shared/edge/cursor.ts';
import type { Deps } from '../shared/edge/runtime.ts';
import { at, DEFAULT_LIMIT, inmailId, limit } from '../shared/edge/schemas.ts';
import { inmailView } from '../shared/edge/views.ts';
import { readInbox, readSentBox } from '../shared/store/boxes.ts';

export type ListInMailsInput = {
  readonly callerId: string;
  readonly box: 'inbox' | 'sent';
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
};

const inboxCursor = z.strictObject({ inmailId, sentAt: at });
const sentCursor = z.strictObject(
  Object.fromEntries(PRODUCTS.map((product) => [product, z.int().nonnegative().optional()])),
);

/** The caller's own InMails, newest first, without those they have hidden. */
export async function listInMails({ callerId, box, limit = DEFAULT_LIMIT, cursor }: ListInMailsInput, deps: Deps) {
  const { store, rules, now } = deps;
  const { inmails, next } =
    box === 'inbox'
      ? await readInbox(store, callerId, limit, cursor === undefined ? undefined : readCursor(cursor, inboxCursor))
      : await readSentBox(store, callerId, limit, cursor === undefined ? undefined : readCursor(cursor, sentCursor));
  const views = inmails.map((inmail) => inmailView(inmail, now, rules));
  return reply(200, { inmails: views, ...(next && { nextCursor: writeCursor(next) }) });
}

export const request = {
  query: z.strictObject({
    box: z.enum(['inbox', 'sent']),
    limit: limit.optional(),
    cursor: z.string().max(500).optional(),
  }),
};
export const handler = api('list-inmails', request, ({ caller, query }, deps) =>
  listInMails({ callerId: caller.memberId, ...query }, deps),
);
