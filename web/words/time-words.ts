/** Words for the runs of sweeps while the local clock moves, and for the events that follow from them. */
import { SWEEPS, type Sweep } from '../../shared/contract/sweeps.ts';
import { countInWords, creditsInWords, nameOf } from './names.ts';

type SweepWords = Pick<Sweep, 'name' | 'title' | 'wrote'>;

type Report = Readonly<Record<'found' | 'written' | 'failed', number>> & { readonly leftOut?: number };

/** A run in the response of `POST /local/clock`. */
export type Run = {
  /** The name of a sweep. A system newer than this page may have one that the page does not know. */
  readonly sweep: string;
  readonly scheduledAt: string;
  readonly report?: Report;
  readonly error?: string;
};

/** `sweeps` are those that have words. Any other is called by its name: `check-wallets` is "Check wallets". */
export function titleOfSweep(name: string, sweeps: readonly SweepWords[] = SWEEPS): string {
  const { title = capitalized(name.replaceAll('-', ' ')) } = wordsOf(name, sweeps) ?? {};
  return title;
}

export function sentenceOfRun({ sweep, report, error }: Run, sweeps: readonly SweepWords[] = SWEEPS): string {
  if (!report) return `The run failed (${error ?? 'no reason given'}). The next one makes up for it.`;
  const { one, many } = wordsOf(sweep, sweeps)?.wrote ?? { one: 'write', many: 'writes' };
  const { written, failed, leftOut = 0 } = report;
  const failures = failed > 0 ? `, ${failed} failed` : '';
  const tooLate = leftOut > 0 ? `, ${leftOut} left out because it was too late` : '';
  return `${countInWords(written, one, many)}${failures}${tooLate}.`;
}

const wordsOf = (name: string, sweeps: readonly SweepWords[]) => sweeps.find((sweep) => sweep.name === name);

const capitalized = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

/** The fields of an event of `/local/events` that its sentence needs. `events/` describes all of it. */
export type LocalEvent = {
  readonly eventId: string;
  readonly type: string;
  readonly at: string;
  readonly memberId?: string;
  readonly senderId?: string;
  readonly recipientId?: string;
  readonly inmailId?: string;
  readonly product?: string;
  readonly plan?: string;
  readonly delta?: number;
  readonly balance?: number;
  readonly forfeited?: number;
  readonly status?: string;
  readonly credit?: string;
};

const EVENT_SENTENCES: Readonly<Record<string, (event: LocalEvent) => string>> = {
  SubscriptionStarted: ({ memberId, plan = '', delta = 0 }) =>
    `${memberId} subscribed to ${nameOf(plan)}: ${creditsInWords(delta)}.`,
  SubscriptionChanged: ({ memberId, plan = '', balance = 0, forfeited = 0 }) =>
    `${memberId} changed to ${nameOf(plan)}: ${creditsInWords(balance)}, ${forfeited} forfeited.`,
  SubscriptionCancelled: ({ memberId, plan = '', forfeited = 0 }) =>
    `${memberId} cancelled ${nameOf(plan)}: ${creditsInWords(forfeited)} forfeited.`,
  CreditsRenewed: ({ memberId, product = '', delta = 0, balance = 0 }) =>
    `${memberId}, ${nameOf(product)}: ${creditsInWords(delta)} came in, ${balance} now.`,
  InMailSent: ({ senderId, recipientId, balance = 0 }) =>
    `${senderId} sent ${recipientId} an InMail: ${creditsInWords(balance)} left.`,
  CreditReturned: ({ senderId, recipientId, delta = 0 }) =>
    delta > 0
      ? `${recipientId} responded, and ${senderId}'s credit came back.`
      : `${recipientId} responded, but ${senderId}'s wallet was full, so the credit was forfeited.`,
  CreditsForfeited: ({ memberId, product = '', forfeited = 0 }) =>
    `${memberId}, ${nameOf(product)}: ${creditsInWords(forfeited)} forfeited.`,
  InMailReminderDue: ({ senderId, recipientId }) => `${recipientId} is reminded of ${senderId}'s InMail.`,
  InMailExpired: ({ senderId, recipientId }) =>
    `${senderId}'s InMail to ${recipientId} expired. Its credit is lost, and the pair is still locked.`,
  InMailAnswered: ({ senderId, recipientId, status = '', credit = '' }) =>
    `${recipientId} answered ${senderId}'s InMail (${status}). The credit is ${credit}.`,
};

/** The types that have a sentence. */
export const EVENT_TYPES: readonly string[] = Object.keys(EVENT_SENTENCES);

export function sentenceOfEvent(event: LocalEvent): string {
  const sentence = Object.hasOwn(EVENT_SENTENCES, event.type) ? EVENT_SENTENCES[event.type] : undefined;
  return sentence ? sentence(event) : plainSentenceOf(event);
}

/** From the name of the type and the ids that are there: `InMail hidden: ada, bob.` */
function plainSentenceOf({ type, memberId, senderId, recipientId, inmailId, product }: LocalEvent): string {
  const people = [memberId, senderId, recipientId].filter((id) => id !== undefined);
  const about = [...people, ...(product === undefined ? [] : [nameOf(product)])];
  const ids = about.length === 0 && inmailId !== undefined ? [inmailId] : about;
  return `${titleOfType(type)}${ids.length > 0 ? `: ${ids.join(', ')}` : ''}.`;
}

/** `InMailHidden` is `InMail hidden`, and `CreditsAdjusted` is `Credits adjusted`. */
function titleOfType(type: string): string {
  const words = type.match(/InMails?|[A-Z]?[a-z0-9]+|[A-Z]/g) ?? [type];
  const [first = type, ...others] = words.map((word) => (word.startsWith('InMail') ? word : word.toLowerCase()));
  return [capitalized(first), ...others].join(' ');
}

/** `/local/events` says this first to a browser that comes back too late, or to another system than before. */
export type LocalGap = { readonly lastEventId: string; readonly oldestKept: string | null };

export const sentenceOfGap = ({ lastEventId, oldestKept }: LocalGap): string =>
  `Events are missing here: those after ${lastEventId}${oldestKept ? ` and before ${oldestKept}` : ''} are no longer kept.`;
