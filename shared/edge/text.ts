/**
 * What members may write to each other: any text that shows as what it is. Markup and formulas are text like any other.
 * Refused is what terminals and tables choke on (control characters), what lets text pose as another (overrides of its
 * direction), what no database keeps as it was (half characters), and what overflows the line it is on (heaps of marks).
 */
import * as z from 'zod';

/** C0, DEL and C1, but for tab and line feed. A carriage return is one of them: a line ends in `\n`, on every system. */
const CONTROLS = '\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f';
/** Embeddings, overrides and isolates. The marks U+200E and U+200F stay: Hebrew and Arabic need them. */
const TURNS = '\\u202a-\\u202e\\u2066-\\u2069';
/** Whatever ends a line, the separators of Unicode too: a subject goes into a header, or into a list. */
const BREAKS = '\\t\\n\\u2028\\u2029';

const TURN = new RegExp(`[${TURNS}]`);
const BREAK = new RegExp(`[${BREAKS}]`);
const HALF = /\p{Surrogate}/u;

/** The Stream-Safe Text Format's bound (UAX #15); no script of the world comes near it. */
const MAX_MARKS = 30;
const HEAP_OF_MARKS = new RegExp(`\\p{M}{${MAX_MARKS + 1}}`, 'u');

/** Text of one or more lines. */
export const text = (max: number) => textWithout(`${CONTROLS}${TURNS}`, max);

/** Text of one line. */
export const line = (max: number) => textWithout(`${CONTROLS}${TURNS}${BREAKS}`, max);

/**
 * Counts characters as people do, by code point: an emoji is one. One has four bytes at the most, as UTF-8, so this bounds
 * bytes as well: 1,900 characters are 7.6 kB. `refused` lies within the first plane, so that as a pattern in the contract it
 * means the same to those who read patterns as Unicode and to those who do not.
 */
function textWithout(refused: string, max: number) {
  const one = new RegExp(`[${refused}]`);
  return z
    .string()
    .regex(new RegExp(`^[^${refused}]*$`), { error: ({ input }) => `no ${nameOf(one, String(input))}` })
    .refine((value) => value !== '', 'at least 1 character')
    .refine((value) => value.isWellFormed(), {
      error: ({ input }) => `no half of a character, as ${placeOf(HALF, String(input))}`,
    })
    .refine((value) => !HEAP_OF_MARKS.test(value), {
      error: ({ input }) =>
        `at most ${MAX_MARKS} combining marks in a row, not as ${placeOf(HEAP_OF_MARKS, String(input))}`,
    })
    .refine((value) => [...value].length <= max, `at most ${max} characters`)
    .meta({ minLength: 1, maxLength: max });
}

/** `U+202E, which turns the direction of text, as at character 5`. */
function nameOf(refused: RegExp, value: string): string {
  const [character = ''] = refused.exec(value) ?? [];
  const codePoint = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return `U+${codePoint}, ${kindOf(character)}, as ${placeOf(refused, value)}`;
}

function kindOf(character: string): string {
  if (character === '\r') return 'a carriage return (lines end in a line feed alone)';
  if (TURN.test(character)) return 'which turns the direction of text';
  return BREAK.test(character) ? 'which is not for a single line' : 'a control character';
}

/** Counted from 1, by code point. */
const placeOf = (wanted: RegExp, value: string): string =>
  `at character ${[...value.slice(0, wanted.exec(value)?.index)].length + 1}`;
