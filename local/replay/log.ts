/** Reads a message log and a list of subscriptions, whole and checked, before anything is replayed. */
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import { PRODUCTS, type Product } from '../../shared/domain/plans.ts';
import type { Rules } from '../../shared/domain/rules.ts';
import { MEMBER_ID } from '../../shared/edge/caller.ts';

export type MessageEvent = {
  readonly kind: 'message';
  readonly at: Instant;
  readonly senderId: string;
  readonly recipientId: string;
  /** Its line in the file, which makes it a request of its own. */
  readonly line: number;
};

/** Without a plan, a cancellation. */
export type SubscriptionEvent = {
  readonly kind: 'subscription';
  readonly at: Instant;
  readonly memberId: string;
  readonly product: Product;
  readonly plan: string | undefined;
};

/** A file that cannot be read, or a line that is not what it should be: names file, line and fault. */
class LogError extends Error {
  override readonly name = 'LogError';
}

type Line = { readonly text: string; readonly line: number };

/** Lines `sender recipient unixSeconds`, in time order; a file named `.gz` is unpacked. Throws a LogError. */
export async function readMessages(file: string): Promise<MessageEvent[]> {
  return parseInOrder(file, await readLines(file), ({ text, line }) => {
    const [senderId = '', recipientId = '', seconds = '', ...more] = text.split(' ');
    if (more.length > 0 || !/^\d{1,11}$/.test(seconds)) throw new Error('not "sender recipient unixSeconds"');
    requireMember(senderId);
    requireMember(recipientId);
    return { kind: 'message', at: instant(Number(seconds) * 1000), senderId, recipientId, line };
  });
}

const HEADER = 'at,memberId,product,plan';

/** Rows `at,memberId,product,plan` under that header, in time order; an empty plan cancels. Throws a LogError. */
export async function readSubscriptions(file: string, { catalogue }: Rules): Promise<SubscriptionEvent[]> {
  const [header, ...rows] = await readLines(file);
  if (header?.text !== HEADER) throw new LogError(`${file}:1: the header is not "${HEADER}"`);
  return parseInOrder(file, rows, ({ text }) => {
    const [at = '', memberId = '', name = '', plan = '', ...more] = text.split(',');
    if (more.length > 0) throw new Error(`not "${HEADER}"`);
    requireMember(memberId);
    const product = PRODUCTS.find((known) => known === name);
    if (!product) throw new Error(`no product ${JSON.stringify(name)}`);
    if (plan && catalogue.get(plan)?.product !== product)
      throw new Error(`${name} has no plan ${JSON.stringify(plan)}`);
    return { kind: 'subscription', at: instant(requireZone(at)), memberId, product, plan: plan || undefined };
  });
}

const unzip = promisify(gunzip);

async function readLines(file: string): Promise<Line[]> {
  let text: string;
  try {
    const bytes = await readFile(file);
    text = (file.endsWith('.gz') ? await unzip(bytes) : bytes).toString();
  } catch (error) {
    throw new LogError(`${file}: ${(error as Error).message}`);
  }
  const lines = text.split(/\r?\n/).map((content, index) => ({ text: content, line: index + 1 }));
  return lines.at(-1)?.text === '' ? lines.slice(0, -1) : lines;
}

function parseInOrder<Event extends { at: Instant }>(
  file: string,
  lines: readonly Line[],
  parse: (line: Line) => Event,
) {
  let latest = '';
  return lines.map((line) => {
    try {
      const event = parse(line);
      if (event.at < latest) throw new Error(`goes back in time, from ${latest} to ${event.at}`);
      latest = event.at;
      return event;
    } catch (error) {
      throw new LogError(`${file}:${line.line}: ${(error as Error).message}`);
    }
  });
}

function requireMember(memberId: string): void {
  if (!MEMBER_ID.test(memberId)) throw new Error(`no member id: ${JSON.stringify(memberId)}`);
}

/** Text without a zone would mean another instant on another machine. */
function requireZone(at: string): string {
  if (!/(Z|[+-]\d\d:\d\d)$/.test(at)) throw new Error(`no instant with a zone: ${JSON.stringify(at)}`);
  return at;
}
