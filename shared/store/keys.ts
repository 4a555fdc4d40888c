/** The key formats of the four tables, in one place (docs/design.md, Data). */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { DUE_SHARDS, RENEWAL_SHARDS } from '../contract/tables.ts';
import { digitsOf, type InMailParts } from '../domain/inmail.ts';

/** Spreads evenly, because both counts divide the 256 values of the hash's first byte. */
const shardOf = (id: string, shards: number): number => (sha256(utf8ToBytes(id))[0] ?? 0) % shards;

/** The place of an active subscription in the index `renewals`. */
export const renewalKey = (memberId: string, renewalDay: number) => ({
  renewalDay,
  shard: shardOf(memberId, RENEWAL_SHARDS),
});

/** The place of a pending InMail in the index `due`, which is in the order of `sentAt`. */
export const dueKey = (inmailId: string) => ({ shard: shardOf(inmailId, DUE_SHARDS) });

export type InMailTableKey = { readonly senderId: string; readonly recipientN: string };

/** All InMails to a recipient share this beginning of `recipientN`, because no member's id holds a `#`. */
export const pairPrefix = (recipientId: string): string => `${recipientId}#`;

export const inmailKey = ({ senderId, recipientId, n }: InMailParts): InMailTableKey => ({
  senderId,
  recipientN: `${pairPrefix(recipientId)}${digitsOf(n)}`,
});

/** For a row of an index, which has keys alone. No other place takes a `recipientN` apart. */
export function partsOfInMailKey({ senderId, recipientN }: InMailTableKey): InMailParts {
  const [recipientId = '', n] = recipientN.split('#');
  return { senderId, recipientId, n: Number(n) };
}
