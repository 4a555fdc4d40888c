/** What stands in the queues of the sweeps. Schedules and operators write pages, the lister writes batches. */
import * as z from 'zod';
import { at, inmailId, memberId, product } from './schemas.ts';
import { SWEEPS, type SweepName, sweepNamed } from './sweeps.ts';

/**
 * Work for the lister: a sweep, the time it was scheduled for, how far it looks back beyond its own period, and the
 * shards to read, all of them where none are named. An operator may queue any.
 */
export const pagesMessage = z
  .strictObject({
    sweep: z.enum(SWEEPS.map(({ name }) => name)),
    scheduledAt: at,
    // Without an upper bound: a sweep may have been off for any time, and looking back costs what is found.
    lookBackHours: z.int().min(0),
    shards: z.strictObject({ first: z.int().min(0), last: z.int().min(0) }).optional(),
  })
  .refine(({ sweep, shards }) => !shards || (shards.first <= shards.last && shards.last < sweepNamed(sweep).shards), {
    path: ['shards'],
    error: 'first to last, within the shards of the sweep',
  });

export type PagesMessage = z.infer<typeof pagesMessage>;

/** 100 keys of at most some 330 bytes: an eighth of what SQS takes in one message. */
export const MAX_BATCH_KEYS = 100;

const batchOf = <Key extends z.ZodType>(key: Key) => z.strictObject({ keys: z.array(key).min(1).max(MAX_BATCH_KEYS) });

const wallets = batchOf(z.strictObject({ memberId, product }));
/** `sentAt` comes from an index that may lag: the InMail itself is asked before anything is written. */
const inmails = batchOf(z.strictObject({ inmailId, sentAt: at }));

/** Work for the worker of each sweep. */
export const BATCH_MESSAGES = {
  'renew-wallets': wallets,
  'remind-recipients': inmails,
  'expire-inmails': inmails,
} as const satisfies Record<SweepName, z.ZodType>;

export type KeyOf<Name extends SweepName> = z.infer<(typeof BATCH_MESSAGES)[Name]>['keys'][number];
