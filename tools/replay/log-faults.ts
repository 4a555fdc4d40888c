/** The faults of a line of a log, in words. Other tools write other formats, and a fault names them. */
import { shown } from './log-file.ts';

type Signs = readonly (readonly [sign: RegExp, what: string])[];

/** The first sign that is found says what the text is. `otherwise` says what it is not. */
function faultIn(text: string, signs: Signs, otherwise: string): Error {
  const [, what = otherwise] = signs.find(([sign]) => sign.test(text)) ?? [];
  return new Error(`${what}: read ${shown(text)}`);
}

const OTHERS: Signs = [
  [/^\s*$/, 'an empty line between others'],
  [/^\s*"?CONVERSATION ID"?,/i, 'an export of messages by LinkedIn, which is not such a log'],
];
const QUOTES = [/"/, 'fields in quotation marks'] as const;
const SEMICOLONS = [/;/, 'semicolons between fields'] as const;
const COMMAS = [/,/, 'commas between fields'] as const;

const MESSAGE = 'sender recipient unixSeconds';

/** For a line without three fields, or with marks that no field has. */
export function faultOfMessage(text: string): Error {
  const marks = [QUOTES, SEMICOLONS, COMMAS].map(([sign, what]) => [sign, `${what}, not "${MESSAGE}"`] as const);
  const time = [/\d{4}-\d\d-\d\d/, 'an ISO 8601 instant in place of unix seconds'] as const;
  return faultIn(text, [...OTHERS, ...marks, time], `not "${MESSAGE}"`);
}

/** For a third field that is not a whole number of seconds. */
export function faultOfSeconds(text: string): Error {
  const others: Signs = [
    [/^\d{13}$/, 'milliseconds in place of unix seconds'],
    [/^\d{16}$/, 'microseconds in place of unix seconds'],
    [/^\d{19}$/, 'nanoseconds in place of unix seconds'],
    [/^\d+(\.\d*|e\+?\d+|\.\d+e\+?\d+)$/i, 'a number that is not whole in place of unix seconds'],
    [/^\d{4}-\d\d-\d\d/, 'an ISO 8601 instant in place of unix seconds'],
    [/^-\d/, 'a time before 1970'],
  ];
  return faultIn(text, others, 'not unix seconds');
}

export const HEADER = 'at,memberId,product,plan';

export const faultOfHeader = (text: string): Error =>
  faultIn(text, [...OTHERS, QUOTES, SEMICOLONS], `the header is not "${HEADER}"`);

/** For a row without four fields, or with marks that no field has. */
export function faultOfRow(text: string): Error {
  const marks = [QUOTES, SEMICOLONS].map(([sign, what]) => [sign, `${what}, not "${HEADER}"`] as const);
  return faultIn(text, [...OTHERS, ...marks], `not "${HEADER}"`);
}

/** For a first field without a zone, which would be another instant on another machine. */
export function faultOfAt(text: string): Error {
  const number = [/^-?\d+(\.\d+)?$/, 'a number in place of an ISO 8601 instant'] as const;
  return faultIn(text, [number], 'not an instant with a zone');
}
