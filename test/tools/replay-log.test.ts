import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RULES } from '../../shared/domain/rules.ts';
import { readMessages, readSubscriptions } from '../../tools/replay/log.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replay-log-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** The events in a file, each as one text, or the fault that is told of it. */
async function reading(
  kind: 'messages' | 'subscriptions',
  content: string | Uint8Array,
  name = 'log',
): Promise<unknown> {
  const file = join(folder, name);
  await writeFile(file, content);
  try {
    if (kind === 'messages') {
      const events = await readMessages(file);
      return events.map(({ senderId, recipientId, at, line }) => `${line}: ${senderId} ${recipientId} ${at}`);
    }
    const events = await readSubscriptions(file, RULES);
    return events.map(({ at, memberId, product, plan }) => `${at} ${memberId} ${product} ${plan ?? 'cancelled'}`);
  } catch (error) {
    return (error as Error).message.slice(folder.length + 1);
  }
}

const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const swapped = (text: string) => utf16(text).swap16();

describe('a log of messages', () => {
  const LOG = 'a b 1\nb c 2\n';
  const EVENTS = ['1: a b 1970-01-01T00:00:01.000Z', '2: b c 1970-01-01T00:00:02.000Z'];

  it.each<[string, string | Uint8Array, string?]>([
    ['as it is', LOG],
    ['without an end of its last line', LOG.trimEnd()],
    ['with the line ends of Windows', LOG.replaceAll('\n', '\r\n')],
    ['with the line ends of old Macs', LOG.replaceAll('\n', '\r')],
    ['with a byte order mark', `\ufeff${LOG}`],
    ['with tabs between its fields', LOG.replaceAll(' ', '\t')],
    ['with several blanks between its fields', LOG.replaceAll(' ', '  \t ')],
    ['with blanks around its lines', LOG.replaceAll('\n', ' \t\n  ')],
    ['with blank last lines', `${LOG}\n \n\t\r\n`],
    ['as gzip', gzipSync(LOG), 'log.gz'],
    ['as gzip, its name in capitals', gzipSync(LOG), 'LOG.GZ'],
    ['as gzip that no name tells of', gzipSync(LOG)],
    ['as plain text, whatever its name', LOG, 'log.gz'],
    ['as gzip in two parts', Buffer.concat([gzipSync('a b 1\n'), gzipSync('b c 2\n')])],
  ])('a message log is read %s', async (_, content, name) => {
    expect(await reading('messages', content, name)).toEqual(EVENTS);
  });

  const NOT = 'not "sender recipient unixSeconds"';
  it.each<[string, string]>([
    ['a b\n', `log:1: ${NOT}: read "a b"`],
    ['a b 1\na b 2\na b 3 4\n', `log:3: ${NOT}: read "a b 3 4"`],
    ['<html>\n', `log:1: ${NOT}: read "<html>"`],
    [`${'x'.repeat(81)}\n`, `log:1: ${NOT}: read "${'x'.repeat(80)}…"`],
    ['a b 1\n\na b 2\n', 'log:2: an empty line between others: read ""'],
    ['a b -1\n', 'log:1: a time before 1970: read "-1"'],
    ['a b 1082040961000\n', 'log:1: milliseconds in place of unix seconds: read "1082040961000"'],
    ['a b 1082040961000000\n', 'log:1: microseconds in place of unix seconds: read "1082040961000000"'],
    ['a b 1082040961000000000\n', 'log:1: nanoseconds in place of unix seconds: read "1082040961000000000"'],
    ['a b 1082040961.5\n', 'log:1: a number that is not whole in place of unix seconds: read "1082040961.5"'],
    ['a b 1.08e9\n', 'log:1: a number that is not whole in place of unix seconds: read "1.08e9"'],
    ['a b 2004-04-15T14:56:01Z\n', 'log:1: an ISO 8601 instant in place of unix seconds: read "2004-04-15T14:56:01Z"'],
    [
      'a b 2004-04-15 14:56:01\n',
      'log:1: an ISO 8601 instant in place of unix seconds: read "a b 2004-04-15 14:56:01"',
    ],
    ['a b 0x1\n', 'log:1: not unix seconds: read "0x1"'],
    ['a b 123456789012\n', 'log:1: not unix seconds: read "123456789012"'],
    ['a b 99999999999\n', 'log:1: not an instant of the years 1 to 2999: 99999999999000'],
    ['a;b;1\n', `log:1: semicolons between fields, ${NOT}: read "a;b;1"`],
    ['a; b; 1\n', `log:1: semicolons between fields, ${NOT}: read "a; b; 1"`],
    ['a,b,1\n', `log:1: commas between fields, ${NOT}: read "a,b,1"`],
    ['"a" "b" 1\n', String.raw`log:1: fields in quotation marks, ${NOT}: read "\"a\" \"b\" 1"`],
    ['a#b c 1\n', 'log:1: not a member id: "a#b"'],
    ['a \u200bb 1\n', String.raw`log:1: not a member id: "\u200bb"`],
    ['a b 200\nb a 100\n', 'log:2: goes back in time, from 1970-01-01T00:03:20.000Z to 1970-01-01T00:01:40.000Z'],
    ['', 'log: the file is empty'],
    ['\ufeff\r\n \n', 'log: the file is empty'],
    [
      'CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n2-a,,Ada,,Bob,,,Hi,INBOX\n',
      'log:1: an export of messages by LinkedIn, which is not such a log: read ' +
        '"CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTE…"',
    ],
  ])('a message log is refused that reads %j', async (content, fault) => {
    expect(await reading('messages', content)).toBe(fault);
  });

  const CUT = 'log: gzip that cannot be unpacked: unexpected end of file';
  it.each<[string, Uint8Array, string]>([
    ['as UTF-16', Buffer.concat([Buffer.from('fffe', 'hex'), utf16(LOG)]), 'log: UTF-16 (little-endian), not UTF-8'],
    [
      'as UTF-16, turned',
      Buffer.concat([Buffer.from('feff', 'hex'), swapped(LOG)]),
      'log: UTF-16 (big-endian), not UTF-8',
    ],
    ['as UTF-16 without its mark', utf16(LOG), 'log: UTF-16, not UTF-8'],
    ['as UTF-16 without its mark, turned', swapped(LOG), 'log: UTF-16, not UTF-8'],
    ['as UTF-16 in gzip', gzipSync(utf16(`\ufeff${LOG}`)), 'log: UTF-16 (little-endian), not UTF-8'],
    ['with a zero in it', Buffer.from('a b 1\n\0'), 'log: zeros between its letters: not text'],
    ['as gzip in gzip', gzipSync(gzipSync(LOG)), 'log: gzip within gzip, where one is unpacked'],
    ['as half a gzip', gzipSync(LOG).subarray(0, 20), CUT],
    ['as a zip archive', Buffer.from('504b0304140000', 'hex'), 'log: a zip archive, not text or gzip'],
    [
      'as Latin-1',
      Buffer.from('a b 1\r\nJosé b 2\r\n', 'latin1'),
      'log:2: not UTF-8, Latin-1 perhaps: read "José b 2"',
    ],
  ])('a message log is refused that comes %s', async (_, content, fault) => {
    expect(await reading('messages', content)).toBe(fault);
  });

  it('a message log that is not there is refused by its name', async () => {
    await expect(readMessages(join(folder, 'nowhere.txt'))).rejects.toThrow(/nowhere\.txt: ENOENT/);
  });

  it('a message log of 60,000 lines is read in a second or two', async () => {
    const file = join(folder, 'long.gz');
    await writeFile(
      file,
      gzipSync(Array.from({ length: 60_000 }, (_, n) => `m${n % 1_900} m${n % 7} ${n}\n`).join('')),
    );
    const start = performance.now();
    expect(await readMessages(file)).toHaveLength(60_000);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe('a list of subscriptions', () => {
  const HEADER = 'at,memberId,product,plan';
  const ROWS = `${HEADER}
2024-01-31T15:00:00Z,ada,premium,premium-career
2024-02-01T15:00:00Z,ada,premium,
`;
  const EVENTS = [
    '2024-01-31T15:00:00.000Z ada premium premium-career',
    '2024-02-01T15:00:00.000Z ada premium cancelled',
  ];

  it.each<[string, string | Uint8Array, string?]>([
    ['as it is', ROWS],
    ['with the line ends of Windows', ROWS.replaceAll('\n', '\r\n')],
    ['with a byte order mark', `\ufeff${ROWS}`],
    ['with blanks around its commas', ROWS.replaceAll(',', ' ,\t ')],
    ['with blanks around its lines', ROWS.replaceAll('\n', ' \t\n')],
    ['with tabs for commas', ROWS.replaceAll(',', '\t')],
    ['with blank last lines', `${ROWS}\n \n`],
    ['as gzip', gzipSync(ROWS), 'rows.csv.GZ'],
  ])('a list of subscriptions is read %s', async (_, content, name) => {
    expect(await reading('subscriptions', content, name)).toEqual(EVENTS);
  });

  it('a list of subscriptions may be a header alone', async () => {
    expect(await reading('subscriptions', `${HEADER}\n`)).toEqual([]);
  });

  const NOT = `not "${HEADER}"`;
  it.each<[string, string]>([
    ['when,who\n', `log:1: the header is ${NOT}: read "when,who"`],
    [
      '"at","memberId","product","plan"\n',
      String.raw`log:1: fields in quotation marks: read "\"at\",\"memberId\",\"product\",\"plan\""`,
    ],
    ['at;memberId;product;plan\n', 'log:1: semicolons between fields: read "at;memberId;product;plan"'],
    [
      'CONVERSATION ID,FROM\n',
      'log:1: an export of messages by LinkedIn, which is not such a log: read "CONVERSATION ID,FROM"',
    ],
    ['', 'log: the file is empty'],
  ])('a list of subscriptions is refused under the header %j', async (content, fault) => {
    expect(await reading('subscriptions', content)).toBe(fault);
  });

  it.each<[string, string]>([
    ['2024-01-01T00:00:00Z,a,premium,gold', '2: premium has no plan "gold"'],
    ['2024-01-01T00:00:00Z,a,premium,recruiter-lite', '2: premium has no plan "recruiter-lite"'],
    ['2024-01-01T00:00:00Z,a,gold,', '2: there is no product "gold"'],
    ['2024-01-01T00:00:00Z,a#b,premium,', '2: not a member id: "a#b"'],
    ['2024-01-01,a,premium,', '2: not an instant with a zone: read "2024-01-01"'],
    ['1704067200,a,premium,', '2: a number in place of an ISO 8601 instant: read "1704067200"'],
    ['2024-02-30T00:00:00Z,a,premium,', '2: not an instant of the years 1 to 2999: 2024-02-30T00:00:00Z'],
    ['2024-01-01T00:00:00Z,a,premium', `2: ${NOT}: read "2024-01-01T00:00:00Z,a,premium"`],
    ['2024-01-01T00:00:00Z,a,premium,,', `2: ${NOT}: read "2024-01-01T00:00:00Z,a,premium,,"`],
    ['2024-01-01T00:00:00Z;a;premium;', `2: semicolons between fields, ${NOT}: read "2024-01-01T00:00:00Z;a;premium;"`],
    ['\n2024-01-01T00:00:00Z,a,premium,premium-career', '2: an empty line between others: read ""'],
    ['2024-01-01T00:00:00Z,zed,premium,', '2: zed has no premium to cancel: it was never subscribed to'],
    [
      '2024-01-01T00:00:00Z,a,premium,premium-career\n2024-01-02T00:00:00Z,a,recruiter,',
      '3: a has no recruiter to cancel: it was never subscribed to',
    ],
    [
      '2024-01-01T00:00:00Z,a,premium,premium-career\n2024-01-02T00:00:00Z,a,premium,\n2024-01-03T00:00:00Z,a,premium,',
      '4: a has no premium to cancel: it is cancelled already',
    ],
    [
      '2024-01-02T00:00:00Z,a,premium,premium-career\n2024-01-01T00:00:00Z,a,premium,',
      '3: goes back in time, from 2024-01-02T00:00:00.000Z to 2024-01-01T00:00:00.000Z',
    ],
  ])('a list of subscriptions is refused with the rows %j', async (rows, fault) => {
    expect(await reading('subscriptions', `${HEADER}\n${rows}\n`)).toBe(`log:${fault}`);
  });

  it('a list may subscribe to the plan that a member has (R10), and anew after a cancellation', async () => {
    const rows = ['premium-career', 'premium-career', '', 'premium-business', ''];
    const text = rows.map((plan, index) => `2024-01-0${index + 1}T00:00:00Z,a,premium,${plan}\n`).join('');
    expect(await reading('subscriptions', `${HEADER}\n${text}`)).toHaveLength(5);
  });
});
