/** Members who write every week, and how their recipients respond. They give the year its curves. */
import type { ResponseGiven } from '../../shared/domain/inmail.ts';
import type { Product } from '../../shared/domain/plans.ts';
import type { Scene } from './acts.ts';

export type Campaign = {
  readonly from: string;
  readonly product: Product;
  /** InMails a week. */
  readonly count: number;
  readonly firstWeek: number;
  readonly lastWeek: number;
  /** Begins the ids of the recipients, who get one InMail each: `dev-001`, `dev-002`… */
  readonly recipients: string;
  readonly subject: string;
  readonly body: string;
};

export const DAYS_OF_STORY = 365;

/** The responses of the recipients in turn, after so many days. Undefined is never, and 93 days are too late. */
const HABITS: readonly ({ readonly days: number; readonly response: ResponseGiven } | undefined)[] = [
  { days: 2, response: { type: 'accept' } },
  undefined,
  { days: 9, response: { type: 'reply', text: 'Thank you for writing. Could we talk next week?' } },
  { days: 9, response: { type: 'quick-reply', text: 'interested' } },
  undefined,
  { days: 2, response: { type: 'decline' } },
  { days: 30, response: { type: 'quick-reply', text: 'maybe-later' } },
  { days: 93, response: { type: 'reply', text: 'Sorry, I have only seen this now.' } },
  undefined,
  { days: 16, response: { type: 'quick-reply', text: 'not-interested' } },
];

export function scenesOf(campaign: Campaign): Scene[] {
  const { firstWeek, lastWeek, count } = campaign;
  const sends = Array.from({ length: (lastWeek - firstWeek + 1) * count }, (_, index) => index);
  return sends.flatMap((index) => correspondence(campaign, index)).filter(({ day }) => day < DAYS_OF_STORY);
}

/** One InMail and its response. */
function correspondence({ count, firstWeek, ...campaign }: Campaign, index: number): Scene[] {
  const { from, product, recipients, subject, body } = campaign;
  const sentOn = 7 * (firstWeek + Math.floor(index / count));
  const to = `${recipients}-${String(index + 1).padStart(3, '0')}`;
  const sending: Scene = { day: sentOn, acts: [{ do: 'send', from, to, product, subject, body }] };
  const habit = HABITS[index % HABITS.length];
  if (!habit) return [sending];
  return [sending, { day: sentOn + habit.days, acts: [{ do: 'respond', from, to, response: habit.response }] }];
}
