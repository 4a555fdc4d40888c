/**
 * The highest cost of one member with a valid token, who calls every route as often as the gateway allows, in the
 * dearest way. The decision on rates states the sum, and this test shows how it comes about.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ENDPOINTS, type EndpointName } from '../../shared/contract/endpoints.ts';
import { firstPriceOf } from '../../tools/cost/charge.ts';

const MILLION = 1_000_000;
/** By the one price table, before free units. */
const PRICE = {
  gatewayRequest: firstPriceOf('apiRequest'), // for each started 512 kB
  invocation: firstPriceOf('lambdaRequest'),
  gigabyteSecond: firstPriceOf('lambdaGigabyteSecond'),
  writeUnit: firstPriceOf('writeUnit'),
  readUnit: firstPriceOf('readUnit'),
  logKilobyte: firstPriceOf('logGigabyte') / MILLION,
  kilobyteOut: firstPriceOf('gigabyteOut') / MILLION,
};
const MEMORY_GIGABYTES = 0.5;
/** The access log's line, Lambda's own three, and the metrics. */
const LOG_KILOBYTES = 1.5;

/** 200 and 1,900 characters of 4 bytes, and the fields around them. Reads count each 4 kB, writes each 1 kB. */
const INMAIL = { kilobytes: 9, readUnits: 3, writeUnits: 9 };
/** 100 entries of half a kilobyte, or of two more if hundreds of InMails are pending. */
const LEDGER_PAGE = { kilobytes: 250, readUnits: 63 };
/** The cap and four renewals of each wallet, sent within 90 days and not answered. Each is read by itself. */
const PENDING = [350, 105, 240];
const ALL_PENDING = PENDING.reduce((all, pending) => all + pending, 0);
/** A ledger of a million entries, with its tail. */
const PROBES = 41;

type Call = { readonly reads?: number; readonly writes?: number; readonly millis: number; readonly kilobytes?: number };

const REFUSED: Call = { millis: 20 };
const DEAREST: Readonly<Record<EndpointName, Call>> = {
  'list-plans': REFUSED,
  'put-subscription': REFUSED,
  'cancel-subscription': REFUSED,
  'put-connection': REFUSED,
  'delete-connection': REFUSED,
  // Three wallets with `?at=`, and each pending return is shown.
  'list-credits': { reads: 3 * PROBES + ALL_PENDING, millis: 300, kilobytes: 140 },
  'get-credits': { reads: PROBES + 350, millis: 200, kilobytes: 70 },
  // A thousand entries as CSV, of 300 bytes each, to recipients with the longest ids.
  'list-ledger': { reads: 1 + 10 * LEDGER_PAGE.readUnits, millis: 150, kilobytes: 300 },
  // Almost all sends are refused: tail, connection, the pair's last InMail, each twice, and ten more in search of the
  // key.
  'send-inmail': { reads: 4 + 12 * INMAIL.readUnits, millis: 50 },
  // Ten rounds of a hundred hidden InMails, by three ledgers, and a full page of results, though the two exclude each
  // other.
  'list-inmails': {
    reads: 6 + 10 * (100 * INMAIL.readUnits + 3 * LEDGER_PAGE.readUnits),
    millis: 1_000,
    kilobytes: 100 * INMAIL.kilobytes,
  },
  'get-inmail': { reads: INMAIL.readUnits, millis: 30, kilobytes: INMAIL.kilobytes },
  'respond-to-inmail': { reads: 1 + INMAIL.readUnits, millis: 30 },
  // Only this write can be repeated without end. It changes nothing, and its price depends on the size of the InMail.
  'hide-inmail': { reads: INMAIL.readUnits, writes: INMAIL.writeUnits, millis: 30 },
};

function dollarsOf({ reads = 0, writes = 0, millis, kilobytes = 1 }: Call): number {
  const gateway = Math.ceil(kilobytes / 512) * PRICE.gatewayRequest;
  const lambda = PRICE.invocation + (millis / 1_000) * MEMORY_GIGABYTES * PRICE.gigabyteSecond;
  const books = reads * PRICE.readUnit + writes * PRICE.writeUnit;
  return gateway + lambda + books + LOG_KILOBYTES * PRICE.logKilobyte + kilobytes * PRICE.kilobyteOut;
}

const sum = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0);
const hourly = ENDPOINTS.map(({ name, perSecond }) => ({
  name,
  dollars: 3_600 * perSecond * dollarsOf(DEAREST[name]),
  writeUnits: 3_600 * perSecond * (DEAREST[name].writes ?? 0),
}));

describe('one hostile member', () => {
  it('one hostile member costs at most 20 dollars an hour, at the rates of the gateway', () => {
    expect(Math.ceil(sum(hourly.map(({ dollars }) => dollars)))).toBe(20);
  });

  it('almost all of the cost is for reads, because repeatable writes cost 9 cents', () => {
    const writing = sum(hourly.map(({ writeUnits }) => writeUnits)) * PRICE.writeUnit;
    expect(Math.ceil(writing * 100)).toBe(9);
  });

  it('a hostile member can send only as many InMails as there are credits, for a cent at the largest caps', () => {
    // Two units for each kilobyte of the entry, three kilobytes at the most, and of the InMail, and two for the
    // indexes.
    const units = 6 + 2 * INMAIL.writeUnits + 2;
    const credits = 150 + 45 + 120;
    expect(Math.ceil(credits * units * PRICE.writeUnit * 100)).toBe(1);
  });

  it('a hostile member and an accomplice, who answers at once, write for a dollar and some cents', () => {
    const answered = ENDPOINTS.find(({ name }) => name === 'respond-to-inmail')?.perSecond ?? 0;
    // The send as above, the entry of the return, the InMail with its reply (twice), and an index.
    const units = 26 + (6 + 2 * 17 + 1);
    expect((3_600 * answered * units * PRICE.writeUnit).toFixed(2)).toBe('1.06');
  });

  describe('the numbers in docs/decisions/0024-rates-per-route.md', () => {
    const decision = readFileSync('docs/decisions/0024-rates-per-route.md', 'utf8').replaceAll(/\s+/g, ' ');
    const dearest = hourly.toSorted((one, other) => other.dollars - one.dollars).slice(0, 5);

    it('the decision on rates states these costs', () => {
      expect(decision).toContain('$20 an hour');
      expect(decision).toContain('9 cents');
      expect(decision).toContain('$1.06');
    });

    it.each(dearest)('the decision on rates states the cost of $name', ({ name, dollars }) => {
      expect(decision).toContain(`\`${name}\` ${(dollars - 1e-9).toFixed(2)}`);
    });

    it('the decision on rates states the rates that hold the cost down', () => {
      const perSecond = sum(ENDPOINTS.filter(({ path }) => path.startsWith('/v1/')).map((route) => route.perSecond));
      expect(decision).toContain(`${perSecond} a second`);
      expect(decision).toContain(`= ${perSecond * 12} functions`);
    });
  });
});
