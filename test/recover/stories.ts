/** Logs of messages and subscriptions that the drills play: one that is made here, and part of the college's. */
import { existsSync } from 'node:fs';
import { type Instant, plusMillis } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { inOrder, type ReplayEvent } from '../../tools/replay/driver.ts';
import { type MessageEvent, readMessages, readSubscriptions, type SubscriptionEvent } from '../../tools/replay/log.ts';
import { JAN_31 } from '../support/books.ts';

export type Story = { readonly name: string; readonly isThere: boolean; readonly read: () => Promise<ReplayEvent[]> };

/** The same numbers in every run: a linear congruential generator modulo 2³² (Numerical Recipes). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const MEMBERS = 24;
const MESSAGES = 900;
/** Some 8 months of messages, so that InMails expire and wallets meet their caps. */
const MEAN_GAP_MILLIS = 6 * 3_600_000;
const PLANS = ['premium-career', 'premium-business', 'sales-navigator-core', 'recruiter-lite'];

const productOf = (plan: string) => RULES.catalogue.get(plan)?.product ?? 'premium';

/** Members write to few others, so that many messages are responses. Some plans change, and some end. */
export function madeStory(): ReplayEvent[] {
  const below = numbers(20_261_127);
  const messages: MessageEvent[] = [];
  let at: Instant = JAN_31;
  for (let line = 1; line <= MESSAGES; line += 1) {
    at = plusMillis(at, 1_000 * Math.ceil(below(2 * MEAN_GAP_MILLIS) / 1_000));
    const sender = below(MEMBERS);
    const recipient = (sender + 1 + below(3)) % MEMBERS;
    const [senderId, recipientId] = below(2) === 0 ? [sender, recipient] : [recipient, sender];
    messages.push({ kind: 'message', at, senderId: `m${senderId}`, recipientId: `m${recipientId}`, line });
  }
  return inOrder(madeSubscriptions(below, messages), messages);
}

function madeSubscriptions(below: (limit: number) => number, messages: readonly MessageEvent[]): SubscriptionEvent[] {
  let line = 0;
  const event = (member: number, plan: string, at: Instant, ends: boolean): SubscriptionEvent => {
    line += 1;
    const product = productOf(plan);
    return { kind: 'subscription', at, memberId: `m${member}`, product, plan: ends ? undefined : plan, line };
  };
  const somewhen = (share: number) => messages[Math.floor(share * messages.length) + below(100)]?.at ?? JAN_31;
  const events = Array.from({ length: MEMBERS }, (_, member) => {
    const plan = PLANS[member % PLANS.length] ?? '';
    const first = event(member, plan, JAN_31, false);
    if (plan === 'premium-career') return [first, event(member, 'premium-business', somewhen(0.3), false)];
    return member % 5 === 0 ? [first, event(member, plan, somewhen(0.7), true)] : [first];
  });
  return events.flat().sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)));
}

const COLLEGE = {
  messages: '../shared/data/college-messages.txt.gz',
  rows: '../shared/data/college-subscriptions.csv',
};
/** The first weeks of six months. All of it takes a minute, and shows no more. */
const COLLEGE_MESSAGES = 3_000;

async function collegeStory(): Promise<ReplayEvent[]> {
  const messages = (await readMessages(COLLEGE.messages)).slice(0, COLLEGE_MESSAGES);
  const until = messages.at(-1)?.at ?? '';
  return inOrder(await readSubscriptions(COLLEGE.rows, RULES), messages).filter(({ at }) => at <= until);
}

export const STORIES: readonly Story[] = [
  { name: 'a made year', isThere: true, read: async () => madeStory() },
  {
    name: existsSync(COLLEGE.messages)
      ? 'the college'
      : 'the college (skipped where its log is not beside the repository)',
    isThere: existsSync(COLLEGE.messages),
    read: collegeStory,
  },
];
