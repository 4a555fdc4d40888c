/** The messages in the queues of the sweeps. Schedules and operators ask for listings. The lister writes batches. */
import * as z from 'zod';
import { at, inmailParts, memberId, product } from './schemas.ts';
import { SWEEPS, type SweepName, sweepNamed } from './sweeps.ts';

/**
 * Work for the lister. `scheduledAt` is the time that the run was meant for. `lookBackHours` reach back beyond the
 * sweep's own period. Without `shards` it reads all of them. An operator may queue any such message.
 */
export const listingMessage = z
  .strictObject({
    sweep: z.enum(SWEEPS.map(({ name }) => name)),
    scheduledAt: at,
    // Without an upper bound, because a sweep may have been off for any time. A look-back costs only what it finds.
    lookBackHours: z.int().min(0),
    shards: z.strictObject({ first: z.int().min(0), last: z.int().min(0) }).optional(),
  })
  .refine(({ sweep, shards }) => !shards || (shards.first <= shards.last && shards.last < sweepNamed(sweep).shards), {
    path: ['shards'],
    error: 'first to last, within the shards of the sweep',
  });

export type ListingMessage = z.infer<typeof listingMessage>;

/** 100 keys of at most 335 bytes are an eighth of the size that SQS takes in one message. */
export const MAX_BATCH_KEYS = 100;

const batchOf = <Key extends z.ZodType>(key: Key) => z.strictObject({ keys: z.array(key).min(1).max(MAX_BATCH_KEYS) });

/** Work for a worker, by the kind of its keys. */
const BATCHES = {
  wallet: batchOf(z.strictObject({ memberId, product })),
  /** `sentAt` comes from an index that may lag, so every write checks the InMail itself. */
  inmail: batchOf(z.strictObject({ ...inmailParts, sentAt: at })),
};

type KeyKind = keyof typeof BATCHES;
type KindOf<Name extends SweepName> = Extract<(typeof SWEEPS)[number], { name: Name }>['key'];

/** The lister of a sweep finds such keys, and its worker handles them. */
export type KeyOf<Name extends SweepName> = z.infer<(typeof BATCHES)[KindOf<Name>]>['keys'][number];

/** The message that a sweep's worker takes. */
export const batchMessageOf = <Name extends SweepName>({ key }: { readonly name: Name; readonly key: KeyKind }) =>
  BATCHES[key] as unknown as z.ZodType<{ keys: KeyOf<Name>[] }>;
