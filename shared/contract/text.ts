/** The texts that members write (`domain/written-text.ts`), as schemas. */
import * as z from 'zod';
import { asItShows, faultsOfText, type Measure, REFUSED, withLineFeeds } from '../domain/written-text.ts';

/**
 * The characters of the first plane that show as nothing. In that plane a pattern means the same with and without the
 * flag `u`. Other such characters lie beyond it, above all tags, and the contract names those in words.
 */
const NOTHING =
  ' \\u00a0\\u00ad\\u034f\\u061c\\u115f\\u1160\\u1680\\u17b4\\u17b5\\u180b-\\u180f\\u2000-\\u200f\\u202a-\\u202f' +
  '\\u205f-\\u206f\\u2800\\u3000\\u3164\\ufdd0-\\ufdef\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffb\\ufffe\\uffff';
const BLANKS = { one: NOTHING, many: `\\t-\\r\\u0085\\u2028\\u2029${NOTHING}` } as const;

/**
 * Some character shows, and none is refused. The pattern finds the first visible character in one way only, so no input
 * makes it slow.
 */
const patternOf = ({ lines }: Measure): string =>
  `^[${BLANKS[lines]}]*[^${REFUSED[lines]}${BLANKS[lines]}][^${REFUSED[lines]}]*$`;

/**
 * A text as it is kept. A character has at most four bytes in UTF-8, so a limit on characters also limits bytes. For
 * example, 1,900 characters are 7.6 kB.
 */
export const written = (measure: Measure) =>
  z
    .string()
    .overwrite((text) => withLineFeeds(text, measure))
    .check(({ value, issues }) => {
      for (const message of faultsOfText(value, measure)) issues.push({ code: 'custom', message, input: value });
    })
    .overwrite(asItShows)
    .meta({ minLength: 1, maxLength: measure.maxCharacters, pattern: patternOf(measure) });

/** For the descriptions of such texts. */
export const TAKEN_OUT =
  'Characters that turn or hide other text are taken out: U+202A to U+202E, U+2066 to U+206F, U+FFF9 to U+FFFB, tags outside of flags, rows of variation selectors, and noncharacters.';
