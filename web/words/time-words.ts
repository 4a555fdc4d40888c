/** What happened while the local clock moved, in words: runs of sweeps, and the events that came of them. */
import { creditsInWords, nameOf } from './names.ts';

export const SWEEP_NAMES = {
  'renew-wallets': 'Renewals',
  'remind-recipients': 'Reminders',
  'expire-inmails': 'Expiries',
} as const;

export type SweepName = keyof typeof SWEEP_NAMES;

type Report = Readonly<Record<'found' | 'written' | 'failed', number>> & { readonly leftOut?: number };

/** A run, as `POST /local/clock` answers it. */
export type Run = {
  readonly sweep: SweepName;
  readonly scheduledAt: string;
  readonly report?: Report;
  readonly error?: string;
};

const WRITTEN = {
  'renew-wallets': ['wallet', 'wallets', 'renewed'],
  'remind-recipients': ['recipient', 'recipients', 'reminded'],
  'expire-inmails': ['InMail', 'InMails', 'expired'],
} as const satisfies Record<SweepName, readonly string[]>;

export function sentenceOfRun({ sweep, report, error }: Run): string {
  if (!report) return `The run failed, and will be made up for: ${error ?? 'no reason given'}.`;
  const [one, many, done] = WRITTEN[sweep];
  const { written, failed, leftOut = 0 } = report;
  const failures = failed > 0 ? `, ${failed} failed` : '';
  const tooLate = leftOut > 0 ? `, ${leftOut} left out because it was too late` : '';
  return `${written} ${written === 1 ? one : many} ${done}${failures}${tooLate}.`;
}

/** Of an event of `/local/events` what its sentence needs; `events/` has the whole. */
export type LocalEvent = {
  readonly eventId: string;
  readonly type: string;
  readonly at: string;
  readonly memberId?: string;
  readonly senderId?: string;
  readonly recipientId?: string;
  readonly product?: string;
  readonly plan?: string;
  readonly delta?: number;
  readonly balance?: number;
  readonly forfeited?: number;
  readonly status?: string;
  readonly credit?: string;
};

/** Every type of event there is; others are left alone. */
export const EVENT_SENTENCES: Readonly<Record<string, (event: LocalEvent) => string>> = {
  SubscriptionStarted: ({ memberId, plan = '', delta = 0 }) =>
    `${memberId} subscribed to ${nameOf(plan)}: ${creditsInWords(delta)}.`,
  SubscriptionChanged: ({ memberId, plan = '', balance = 0, forfeited = 0 }) =>
    `${memberId} changed to ${nameOf(plan)}: ${creditsInWords(balance)}, ${forfeited} forfeited.`,
  SubscriptionCancelled: ({ memberId, plan = '', forfeited = 0 }) =>
    `${memberId} cancelled ${nameOf(plan)}: ${creditsInWords(forfeited)} forfeited.`,
  CreditsRenewed: ({ memberId, product = '', delta = 0, balance = 0 }) =>
    `${memberId}, ${nameOf(product)}: ${creditsInWords(delta)} came in, ${balance} now.`,
  InMailSent: ({ senderId, recipientId, balance = 0 }) => `${senderId} wrote to ${recipientId}; ${balance} left.`,
  CreditReturned: ({ senderId, recipientId, delta = 0 }) =>
    delta > 0
      ? `${recipientId} responded: ${senderId}'s credit came back.`
      : `${recipientId} responded: ${senderId}'s wallet was full, the credit forfeited.`,
  CreditsForfeited: ({ memberId, product = '', forfeited = 0 }) =>
    `${memberId}, ${nameOf(product)}: ${creditsInWords(forfeited)} forfeited.`,
  InMailReminderDue: ({ senderId, recipientId }) => `${recipientId} is reminded of ${senderId}'s InMail.`,
  InMailExpired: ({ senderId, recipientId }) =>
    `${senderId}'s InMail to ${recipientId} expired: its credit is lost, the pair still locked.`,
  InMailAnswered: ({ senderId, recipientId, status = '', credit = '' }) =>
    `${recipientId} answered ${senderId} (${status}): the credit is ${credit}.`,
};

/** What `/local/events` says first to whoever comes back too late, or to another system than before. */
export type LocalGap = { readonly lastEventId: string; readonly oldestKept: string | null };

export const sentenceOfGap = ({ lastEventId, oldestKept }: LocalGap): string =>
  `Events are missing here: those after ${lastEventId}${oldestKept ? ` and before ${oldestKept}` : ''} are no longer kept.`;
