/** Checks what entries say of their pending InMails against the `sent` and `returned` entries themselves (I5, R17). */
import type { Violation } from './books.ts';
import { dateOf, type Instant, plusHours } from './instant.ts';
import type { Entry } from './ledger.ts';
import { formatPending, type PendingSend, parsePending } from './pending.ts';
import type { Rules } from './rules.ts';

const STARTS_TERM: readonly Entry['type'][] = ['subscribed', 'plan-changed', 'cancelled'];

/** `entries` are one wallet's, in the order of seq. */
export function auditPending(entries: readonly Entry[], rules: Rules): Violation[] {
  /** The sends of the term that still wait for a response, by seq. */
  const open = new Map<number, Entry>();
  return entries.flatMap((entry): Violation[] => {
    if (STARTS_TERM.includes(entry.type)) open.clear();
    if (entry.type === 'sent') open.set(entry.seq, entry);
    if (entry.type === 'returned') {
      for (const [seq, { inmailId }] of open) if (inmailId === entry.inmailId) open.delete(seq);
    }
    const what = faultOf(entry, open, rules);
    return what ? [{ invariant: 'I5', where: `${entry.walletId} ${entry.seq}`, what }] : [];
  });
}

function faultOf({ at, pending }: Entry, open: ReadonlyMap<number, Entry>, rules: Rules): string | undefined {
  const named = read(pending);
  if (!named) return `pending in no known form: ${pending}`;
  const since = windowStart(at, rules);
  const stray = named.find(({ seq, sentOn }) => {
    const sent = open.get(seq);
    return !sent || dateOf(sent.at) !== sentOn;
  });
  if (stray) return `says that entry ${stray.seq} of ${stray.sentOn} is pending, which it is not`;
  const seqs = new Set(named.map(({ seq }) => seq));
  const missing = [...open.values()].find((sent) => sent.at >= since && !seqs.has(sent.seq));
  return missing && `does not say that entry ${missing.seq} is pending`;
}

/** Undefined for text that is not a list of pending sends in its one form. */
function read(pending: string): PendingSend[] | undefined {
  try {
    const named = parsePending(pending);
    return formatPending(named) === pending ? named : undefined;
  } catch {
    return undefined;
  }
}

/** An `at` that is no instant breaks another law, so nothing is looked for here. */
function windowStart(at: Instant, { returnWindowHours }: Rules): string {
  try {
    return plusHours(at, -returnWindowHours);
  } catch {
    return '~';
  }
}
