/** The key formats of the four tables, in one place (design.md, Data). */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { DUE_SHARDS, RENEWAL_SHARDS } from '../contract/tables.ts';
import { inmailIdOf, partsOfInMailId } from '../domain/inmail.ts';

/** Spreads evenly: both counts divide the 256 values of the hash's first byte. */
const shardOf = (id: string, shards: number): number => (sha256(utf8ToBytes(id))[0] ?? 0) % shards;

/** Where an active subscription stands in the index `renewals`. */
export const renewalKey = (memberId: string, renewalDay: number) => ({
  renewalDay,
  shard: shardOf(memberId, RENEWAL_SHARDS),
});

/** Where a pending InMail stands in the index `due`, in the order of `sentAt`. */
export const dueKey = (inmailId: string) => ({ shard: shardOf(inmailId, DUE_SHARDS) });

export type InMailTableKey = { readonly senderId: string; readonly recipientN: string };

export const pairPrefix = (recipientId: string): string => `${recipientId}#`;

/** Undefined for what is no InMail's id. */
export function inmailKey(inmailId: string): InMailTableKey | undefined {
  const parts = partsOfInMailId(inmailId);
  if (!parts) return undefined;
  const { senderId, recipientId } = parts;
  return { senderId, recipientN: `${recipientId}#${inmailId.slice(-6)}` };
}

export function inmailIdOfKey({ senderId, recipientN }: InMailTableKey): string {
  const [recipientId = '', n] = recipientN.split('#');
  return inmailIdOf(senderId, recipientId, Number(n));
}
