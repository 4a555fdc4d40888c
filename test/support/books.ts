/** Builders of plain facts. Each fact is whole and valid, and takes the parts that a test cares about. */
import { inmailIdOf, type UnansweredInMail } from '../../shared/domain/inmail.ts';
import { instant, plusHours } from '../../shared/domain/instant.ts';
import { type Entry, GENESIS_HASH, hashOf } from '../../shared/domain/ledger.ts';

export const JAN_31 = instant('2024-01-31T15:00:00Z');

/** Entry `seq` of a wallet, an hour after the entry before. It is not chained, because stores ignore the chain. */
export function entry(walletId: string, seq: number): Entry {
  const body = {
    walletId,
    seq,
    at: plusHours(JAN_31, seq),
    type: 'sent',
    delta: -1,
    balance: 100 - seq,
    forfeited: 0,
    term: 1,
    plan: 'premium-career',
    anchorDay: 31,
    lastGrantOn: '2024-01-31',
    pending: '',
    rule: 'R7',
    inmailId: inmailIdOf({ senderId: 'ada', recipientId: 'bob', n: seq }),
  } as Entry;
  return { ...body, prevHash: GENESIS_HASH, hash: hashOf(GENESIS_HASH, body) };
}

type InMailFacts = Partial<UnansweredInMail> & { readonly from?: string; readonly to?: string };

/** A pending InMail from `ada` to `bob`. */
export function inmail({ from = 'ada', to = 'bob', n = 1, ...rest }: InMailFacts = {}): UnansweredInMail {
  return {
    inmailId: inmailIdOf({ senderId: from, recipientId: to, n }),
    senderId: from,
    recipientId: to,
    n,
    product: 'premium',
    term: 1,
    seq: n + 1,
    subject: 'Hello',
    body: 'Would you like to talk?',
    sentAt: JAN_31,
    idempotencyKey: `key-${n}`,
    status: 'pending',
    ...rest,
  };
}
