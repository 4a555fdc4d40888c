/** Reads a message log and a list of subscriptions, whole and checked, before anything is replayed. */
import { type Instant, instant } from '../../shared/domain/instant.ts';
import { walletIdOf } from '../../shared/domain/ledger.ts';
import { isMemberId } from '../../shared/domain/member-id.ts';
import { PRODUCTS, type Product } from '../../shared/domain/plans.ts';
import type { Rules } from '../../shared/domain/rules.ts';
import { faultOfAt, faultOfHeader, faultOfMessage, faultOfRow, faultOfSeconds, HEADER } from './log-faults.ts';
import { type Line, LogError, readLines, shown } from './log-file.ts';

export type MessageEvent = {
  readonly kind: 'message';
  readonly at: Instant;
  readonly senderId: string;
  readonly recipientId: string;
  /** Its line in the file, which makes its idempotency key. */
  readonly line: number;
};

/** An event without a plan is a cancellation. */
export type SubscriptionEvent = {
  readonly kind: 'subscription';
  readonly at: Instant;
  readonly memberId: string;
  readonly product: Product;
  readonly plan: string | undefined;
  readonly line: number;
};

/** Lines `sender recipient unixSeconds` in time order, with blanks or tabs between the fields. Throws a LogError. */
export async function readMessages(file: string): Promise<MessageEvent[]> {
  return parseInOrder(file, await readLines(file), ({ text, line }) => {
    const [senderId = '', recipientId = '', seconds = '', ...more] = text.trim().split(/\s+/);
    if (seconds === '' || more.length > 0 || /[",;]/.test(text)) throw faultOfMessage(text);
    requireMember(senderId);
    requireMember(recipientId);
    if (!/^\d{1,11}$/.test(seconds)) throw faultOfSeconds(seconds);
    return { kind: 'message', at: instant(Number(seconds) * 1000), senderId, recipientId, line };
  });
}

/**
 * Rows `at,memberId,product,plan` under that header, in time order. An empty plan cancels what earlier rows subscribed to.
 * Throws a LogError.
 */
export async function readSubscriptions(file: string, { catalogue }: Rules): Promise<SubscriptionEvent[]> {
  const [header, ...rows] = await readLines(file);
  if (header && fieldsOf(header).join(',') !== HEADER)
    throw new LogError(`${file}:1: ${faultOfHeader(header.text).message}`);
  const isActive = new Map<string, boolean>();
  const parse = (row: Line): SubscriptionEvent => {
    const [at = '', memberId = '', name = '', plan, ...more] = fieldsOf(row);
    if (plan === undefined || more.length > 0 || /[";]/.test(row.text)) throw faultOfRow(row.text);
    if (!/(Z|[+-]\d\d:\d\d)$/.test(at)) throw faultOfAt(at);
    requireMember(memberId);
    const product = PRODUCTS.find((known) => known === name);
    if (!product) throw new Error(`there is no product ${shown(name)}`);
    if (plan && catalogue.get(plan)?.product !== product) throw new Error(`${name} has no plan ${shown(plan)}`);
    return { kind: 'subscription', at: instant(at), memberId, product, plan: plan || undefined, line: row.line };
  };
  return parseInOrder(file, rows, parse, ({ memberId, product, plan }) => {
    const walletId = walletIdOf(memberId, product);
    if (!plan && !isActive.get(walletId))
      throw new Error(
        `${memberId} has no ${product} to cancel: ${isActive.has(walletId) ? 'it is cancelled already' : 'it was never subscribed to'}`,
      );
    isActive.set(walletId, plan !== undefined);
  });
}

/** Fields stand between commas, or between tabs where there is no comma. Blanks at their ends are dropped. */
const fieldsOf = ({ text }: Line): string[] => text.split(text.includes(',') ? ',' : '\t').map((field) => field.trim());

/** `check` is called with each event that is in order. */
function parseInOrder<Event extends { at: Instant }>(
  file: string,
  lines: readonly Line[],
  parse: (line: Line) => Event,
  check: (event: Event) => void = () => {},
) {
  let latest = '';
  return lines.map((line) => {
    try {
      const event = parse(line);
      if (event.at < latest) throw new Error(`goes back in time, from ${latest} to ${event.at}`);
      latest = event.at;
      check(event);
      return event;
    } catch (error) {
      throw new LogError(`${file}:${line.line}: ${(error as Error).message}`);
    }
  });
}

function requireMember(memberId: string): void {
  if (!isMemberId(memberId)) throw new Error(`not a member id: ${shown(memberId)}`);
}
