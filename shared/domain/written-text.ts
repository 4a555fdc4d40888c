/**
 * The texts that members may write to each other. Any text that shows as what it is may be written, and markup and
 * formulas are text like any other. Line ends are unified. Characters that only turn or hide other text are taken out.
 *
 * Refused are control characters, because terminals and tables choke on them, and half characters, because no database
 * keeps them. Heaps of marks are refused because they overflow their line. So is text that shows nothing.
 */

export type Measure = { readonly lines: 'one' | 'many'; readonly maxCharacters: number };

export const SUBJECT = { lines: 'one', maxCharacters: 200 } as const satisfies Measure;
export const BODY = { lines: 'many', maxCharacters: 1_900 } as const satisfies Measure;
export const REPLY = { lines: 'many', maxCharacters: 1_900 } as const satisfies Measure;

/** Every line end, in Unicode or on older systems: line feed to carriage return, NEL, and two separators. */
const ENDS = '\\n-\\r\\u0085\\u2028\\u2029';
const END = { one: /\r\n?/g, many: new RegExp(`\\r\\n|[${ENDS}]`, 'g') } as const;

/**
 * C0, DEL and C1 without the tab and the line ends. A subject may have neither of these two, because it goes into
 * headers and lists.
 */
const CONTROLS = '\\u0000-\\u0008\\u000e-\\u001f\\u007f-\\u0084\\u0086-\\u009f';
export const REFUSED = { one: `${CONTROLS}\\t${ENDS}`, many: CONTROLS } as const;
const REFUSED_IN = { one: new RegExp(`[${REFUSED.one}]`), many: new RegExp(`[${REFUSED.many}]`) } as const;
const BREAK = new RegExp(`[\\t${ENDS}]`);
const HALF = /\p{Surrogate}/u;

/**
 * These are embeddings, overrides and isolates, which let a text pose as another. U+206A to U+206F are deprecated by
 * Unicode. Notes between lines, tags and noncharacters follow. The marks U+200E and U+200F stay, because Hebrew and
 * Arabic need them.
 */
const HIDING = '\\u202a-\\u202e\\u2066-\\u206f\\ufff9-\\ufffb\\p{NChar}\\u{e0000}-\\u{e007f}';
/** Tags that name a region make its flag. England, Scotland and Wales have no other flag. */
const FLAG = '\\u{1f3f4}[\\u{e0030}-\\u{e0039}\\u{e0061}-\\u{e007a}]{3,6}\\u{e007f}';
const FLAG_OR_HIDING = new RegExp(`(${FLAG})|[${HIDING}]`, 'gu');
/** Each varies the character before it. A row of them varies nothing, and rows have carried hidden messages. */
const VARIATION = '[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]';
const VARIATIONS = new RegExp(`(${VARIATION})${VARIATION}+`, 'gu');

/** Blanks, joiners, fillers and the Braille pattern without a dot show nothing by themselves. */
const SOMETHING = /[^\p{White_Space}\p{DI}\u2800]/u;

/** The bound of the Stream-Safe Text Format (UAX #15). No script of the world comes near it. */
const MAX_MARKS = 30;
const HEAP_OF_MARKS = new RegExp(`\\p{M}{${MAX_MARKS + 1}}`, 'u');

/**
 * With each line end as a line feed, so that the same text is equal from every system and a line end is one character.
 */
export const withLineFeeds = (text: string, { lines }: Pick<Measure, 'lines'>): string =>
  text.replace(END[lines], '\n');

/** Without the characters that turn or hide other text. */
export const asItShows = (text: string): string => text.replace(FLAG_OR_HIDING, '$1').replace(VARIATIONS, '$1');

/** The count of code points, because people count an emoji as one. */
export const charactersIn = (text: string): number => [...text].length;

/** All faults of a text, each in a few words. None when it may be written. */
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
