/**
 * CSV (RFC 4180) that a spreadsheet neither runs nor rewrites, and a program reads back whole. A text that it would run
 * or rewrite gets an apostrophe in front, as OWASP's ASVS asks (1.2.10). A text that begins with an apostrophe gets one
 * as well. So a reader takes one leading apostrophe off every field to get the text itself. Numbers stay numbers.
 */

/** Spreadsheets read these as the start of a formula or of a command (DDE). The apostrophe is our own. */
const RUNS = /^['=+\-@|\t\r\n\0]/;
/** Only such characters make a number, a date or a time. `007` loses its zeros, and `1E5` and `3-4` change. */
const MAY_BE_A_NUMBER = /^[A-Za-z0-9.,:/$%+() -]*$/;
/** The words of numbers, dates and times. A text with any other letters is read as a text. */
const WORDS =
  /^(?:e|t|z|am?|pm?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?|september|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/i;
const TRUTH = /^(?:true|false)$/i;
/** The form of our instants. They mean the same, as an instant or as a text. */
const INSTANT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/;

const MARK = "'";

/** A text that a program reads and a spreadsheet does not run. `007` stays as it is. */
export const notRun = (text: string): string => (RUNS.test(text) ? MARK + text : text);

/** A text that a spreadsheet shows as it is. */
const asText = (text: string): string => (RUNS.test(text) || isRewritten(text) ? MARK + text : text);

function isRewritten(text: string): boolean {
  if (TRUTH.test(text)) return true;
  if (!/[0-9]/.test(text) || !MAY_BE_A_NUMBER.test(text) || INSTANT.test(text)) return false;
  return (text.match(/[A-Za-z]+/g) ?? []).every((word) => WORDS.test(word));
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** One line, with its end. A missing field is empty. */
export const csvLine = (fields: readonly (string | number | undefined)[]): string =>
  `${fields.map((field = '') => quoted(typeof field === 'number' ? String(field) : asText(field))).join(',')}\r\n`;

/** Every file system takes these characters in a name. They are all of an id's but `:` and `|`. */
export const fileNameOf = (parts: readonly string[]): string =>
  `${parts.map((part) => part.replaceAll(/[^A-Za-z0-9._@+-]/g, '_')).join('-')}.csv`;
