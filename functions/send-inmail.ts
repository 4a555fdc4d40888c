import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import * as z from 'zod';
import { creditsOf } from '../shared/domain/credits.ts';
import type { InMail } from '../shared/domain/inmail.ts';
import { type EntryBody, walletIdOf } from '../shared/domain/ledger.ts';
import { decideReplay, decideSend, type SendCommand } from '../shared/domain/sending.ts';
import { api } from '../shared/edge/api.ts';
import { reply } from '../shared/edge/reply.ts';
import type { Deps } from '../shared/edge/runtime.ts';
import { line, memberId, product, text } from '../shared/edge/schemas.ts';
import { sentView } from '../shared/edge/views.ts';
import { commitAll } from '../shared/store/commit-all.ts';
import type { Store } from '../shared/store/store.ts';
import { readWallet } from '../shared/store/wallets.ts';

export type SendInMailInput = Omit<SendCommand, 'requestHash'>;

/**
 * R7–R9: sends for one credit. A key that was used before is looked for ahead of everything else, so that a replay
 * answers 201 however the wallet stands by now.
 */
export async function sendInMail(input: SendInMailInput, deps: Deps) {
  const { store, rules, now } = deps;
  const { senderId, recipientId, product } = input;
  const command = { ...input, requestHash: requestHashOf(input) };
  const [wallet, last, connected] = await Promise.all([
    readWallet(store, walletIdOf(senderId, product), now, rules),
    store.inmails.last(senderId, recipientId),
    store.connections.has(senderId, recipientId),
  ]);
  const earlier = await inmailWithKey(input, last, store);
  const decision = earlier ? decideReplay(earlier, command) : decideSend(command, { wallet, connected, last }, rules);
  if (decision.kind === 'refused') return decision;
  if (decision.kind === 'replayed') return firstAnswer(decision.inmail, deps);
  await commitAll(store, decision.changes);
  return firstAnswer(decision.inmail, deps, decision.body);
}

/** The pair's InMail that carries the key. Only a pair with a history costs a second read. */
async function inmailWithKey(
  { senderId, recipientId, idempotencyKey }: SendInMailInput,
  last: InMail | undefined,
  store: Store,
) {
  if (last?.idempotencyKey === idempotencyKey) return last;
  return last && last.n > 1 ? store.inmails.withKey(senderId, recipientId, idempotencyKey) : undefined;
}

/** 201 as the first time: the InMail as it was, the credits as its `sent` entry left them. Only a header tells a replay. */
async function firstAnswer(inmail: InMail, { store, rules }: Deps, written?: EntryBody) {
  const walletId = walletIdOf(inmail.senderId, inmail.product);
  const entry = written ?? (await store.ledger.entry(walletId, inmail.seq));
  if (!entry) throw new Error(`${walletId}: entry ${inmail.seq} of ${inmail.inmailId} is missing`);
  const body = { inmail: sentView(inmail, rules), credits: creditsOf(entry, entry.at, rules) };
  return reply(201, body, {
    location: `/v1/inmails/${inmail.inmailId}`,
    ...(!written && { 'idempotency-replayed': 'true' }),
  });
}

function requestHashOf({ product, recipientId, subject, body }: SendInMailInput): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify([product, recipientId, subject, body]))));
}

export const request = {
  body: z.strictObject({ product, recipientId: memberId, subject: line(200), body: text(1_900) }),
  idempotencyKey: true,
} as const;
export const handler = api('send-inmail', request, ({ caller, body, idempotencyKey }, deps) =>
  sendInMail({ senderId: caller.memberId, ...body, idempotencyKey }, deps),
);
