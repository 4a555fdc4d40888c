/**
 * What members may write to each other: any text that shows as what it is. Markup and formulas are text like any other.
 * Line ends are written in one way. What only turns or hides other text is taken out. Refused is what terminals and tables
 * choke on (control characters), what no database keeps as it was (half characters), what overflows the line it is on
 * (heaps of marks), and what nobody would see.
 */

export type Measure = { readonly lines: 'one' | 'many'; readonly maxCharacters: number };

export const SUBJECT = { lines: 'one', maxCharacters: 200 } as const satisfies Measure;
export const BODY = { lines: 'many', maxCharacters: 1_900 } as const satisfies Measure;
export const REPLY = { lines: 'many', maxCharacters: 1_900 } as const satisfies Measure;

/** Whatever ends a line, by Unicode or on an older system: from line feed to carriage return, NEL, and two separators. */
const ENDS = '\\n-\\r\\u0085\\u2028\\u2029';
const END = { one: /\r\n?/g, many: new RegExp(`\\r\\n|[${ENDS}]`, 'g') } as const;

/** C0, DEL and C1, but for the tab and what ends a line. A subject goes into a header, or into a list: it has neither. */
const CONTROLS = '\\u0000-\\u0008\\u000e-\\u001f\\u007f-\\u0084\\u0086-\\u009f';
export const REFUSED = { one: `${CONTROLS}\\t${ENDS}`, many: CONTROLS } as const;
const REFUSED_IN = { one: new RegExp(`[${REFUSED.one}]`), many: new RegExp(`[${REFUSED.many}]`) } as const;
const BREAK = new RegExp(`[\\t${ENDS}]`);
const HALF = /\p{Surrogate}/u;

/**
 * Embeddings, overrides and isolates, by which a text can pose as another; 206A to 206F, which Unicode has given up; notes
 * between lines; tags; and what is no character. The marks U+200E and U+200F stay, because Hebrew and Arabic need them.
 */
const HIDING = '\\u202a-\\u202e\\u2066-\\u206f\\ufff9-\\ufffb\\p{NChar}\\u{e0000}-\\u{e007f}';
/** Tags that name a region make its flag: England, Scotland and Wales have no other. */
const FLAG = '\\u{1f3f4}[\\u{e0030}-\\u{e0039}\\u{e0061}-\\u{e007a}]{3,6}\\u{e007f}';
const FLAG_OR_HIDING = new RegExp(`(${FLAG})|[${HIDING}]`, 'gu');
/** Each varies the character before it. Rows of them vary nothing, and have carried messages that nobody saw. */
const VARIATION = '[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]';
const VARIATIONS = new RegExp(`(${VARIATION})${VARIATION}+`, 'gu');

/** Blanks, joiners, fillers, and the pattern of Braille without a dot: by themselves they show as nothing. */
const SOMETHING = /[^\p{White_Space}\p{DI}\u2800]/u;

/** The Stream-Safe Text Format's bound (UAX #15); no script of the world comes near it. */
const MAX_MARKS = 30;
const HEAP_OF_MARKS = new RegExp(`\\p{M}{${MAX_MARKS + 1}}`, 'u');

/** With each line end as a line feed, however the sender's system writes it: it is one character, and one text. */
export const withLineFeeds = (text: string, { lines }: Pick<Measure, 'lines'>): string =>
  text.replace(END[lines], '\n');

/** Without what turns or hides other text. */
export const asItShows = (text: string): string => text.replace(FLAG_OR_HIDING, '$1').replace(VARIATIONS, '$1');

/** As people count them: by code point, an emoji is one. */
export const charactersIn = (text: string): number => [...text].length;

/** All that is wrong with a text, each in a few words; nothing where it may be written. */
export function faultsOfText(given: string, { lines, maxCharacters }: Measure): string[] {
  const text = withLineFeeds(given, { lines });
  const shown = asItShows(text);
  const refused = REFUSED_IN[lines].exec(text);
  return [
    ...(refused ? [`no ${nameOf(refused[0])}, as ${placeOf(refused, text)}`] : []),
    ...(text.isWellFormed() ? [] : [`no half of a character, as ${placeOf(HALF.exec(text), text)}`]),
    ...(HEAP_OF_MARKS.test(shown)
      ? [`at most ${MAX_MARKS} combining marks in a row, not as ${placeOf(HEAP_OF_MARKS.exec(shown), shown)}`]
      : []),
    ...(charactersIn(text) > maxCharacters ? [`at most ${maxCharacters} characters`] : []),
    ...(text === '' ? ['at least 1 character'] : []),
    ...(text !== '' && !SOMETHING.test(shown) ? ['at least 1 character that shows'] : []),
  ];
}

/** `U+0007, a control character`. */
function nameOf(character: string): string {
  const codePoint = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return `U+${codePoint}, ${BREAK.test(character) ? 'which is not for a single line' : 'a control character'}`;
}

/** Counted from 1, by code point. */
const placeOf = (found: RegExpExecArray | null, text: string): string =>
  `at character ${charactersIn(text.slice(0, found?.index)) + 1}`;
