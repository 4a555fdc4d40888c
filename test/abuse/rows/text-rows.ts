/** Texts that do not show their real content, in every field that takes a text. */
import type { EndpointName } from '../../../shared/contract/endpoints.ts';
import type { Row } from '../row.ts';
import { USUAL } from '../usual.ts';

/** The texts as JSON writes them. Half a character cannot be sent in UTF-8, but it can be sent as an escape. */
const BAD: readonly (readonly [shows: string, json: string])[] = [
  ['NUL', '"a\\u0000b"'],
  ['BEL', '"a\\u0007b"'],
  ['ESC', '"\\u001b[2J"'],
  ['DEL', '"a\\u007fb"'],
  ['a control character of C1', '"a\\u009bb"'],
  ['a first half of a character', '"a\\ud800b"'],
  ['a first half at the end', '"a\\ud83d"'],
  ['a second half of a character', '"\\udc00a"'],
  ['two halves the wrong way round', '"\\udc00\\ud800"'],
  ['two halves around an override', '"\\ud83d\\u202e\\ude42"'],
  ['31 combining marks', `"a${'\\u0301'.repeat(31)}"`],
  ['2,000 combining marks', `"a${'\u0301'.repeat(2_000)}"`],
  ['a heap of marks around an isolate', `"a${'\\u0301'.repeat(16)}\\u2069${'\\u0301'.repeat(16)}"`],
  ['nothing', '""'],
  ['a blank', '" "'],
  ['blanks of all widths', '"\\u00a0\\u2003\\u3000\\u205f"'],
  ['what has no width', '"\\u200b\\u200c\\u200d\\u2060\\ufeff"'],
  ['a Hangul filler', '"\\u3164"'],
  ['an empty pattern of Braille', '"\\u2800"'],
  ['turns of direction alone', '"\\u202e\\u2066\\u2069"'],
  ['tags alone', '"\\udb40\\udc49\\udb40\\udc67\\udb40\\udc6e"'],
  ['a format that was given up, alone', '"\\u206a"'],
  ['notes between lines, alone', '"\\ufff9\\ufffa\\ufffb"'],
  ['what is no character, alone', '"\\uffff\\ufdd0"'],
  ['a variation of nothing', '"\\ufe0f"'],
];

/** A subject is one line. */
const BAD_LINE = [
  ['a line feed', '"a\\nb"'],
  ['a carriage return', '"a\\rb"'],
  ['a line end of Windows', '"a\\r\\nb"'],
  ['a header on a line of its own', '"a\\r\\nBcc: eve@example.org"'],
  ['a vertical tab', '"a\\u000bb"'],
  ['a next line', '"a\\u0085b"'],
  ['a tab', '"a\\tb"'],
  ['a line separator', '"a\\u2028b"'],
  ['a paragraph separator', '"a\\u2029b"'],
] as const;

const FIELDS = [
  { route: 'send-inmail', field: 'subject', max: 200, bad: [...BAD, ...BAD_LINE] },
  { route: 'send-inmail', field: 'body', max: 1_900, bad: BAD },
  { route: 'respond-to-inmail', field: 'text', max: 1_900, bad: BAD },
] as const satisfies readonly { route: EndpointName; field: string; max: number; bad: typeof BAD }[];

const tooLong = (max: number) =>
  [
    ['a character too many', JSON.stringify('x'.repeat(max + 1))],
    ['an emoji too many', JSON.stringify('😀'.repeat(max + 1))],
  ] as const;

export const TEXT_ROWS: readonly Row[] = [
  ...FIELDS.flatMap(({ route, field, max, bad }) =>
    [...bad, ...tooLong(max)].map(([shows, json]): Row => {
      const { [field]: _, ...others } = USUAL[route].body ?? {};
      const body = `${JSON.stringify(others).slice(0, -1)},"${field}":${json}}`;
      return {
        route,
        abuse: 'text',
        shows: `${shows} in ${field}`,
        body,
        wants: [400, 'invalid-request', `/${field}`],
      };
    }),
  ),
  ...FIELDS.map(({ route, field }): Row => {
    const body = JSON.stringify({ ...USUAL[route].body, [field]: `a${'\u0301'.repeat(10_000)}` });
    return {
      route,
      abuse: 'text',
      shows: `10,000 combining marks in ${field}`,
      body,
      wants: [413, 'payload-too-large'],
    };
  }),
];
