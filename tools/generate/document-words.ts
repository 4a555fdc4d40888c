/** What the document says besides: how to begin, and what each parameter is for. */
import type { createDocument } from 'zod-openapi';

export const INTRODUCTION = `Premium members send InMails to people they are not connected with, for credits. A plan grants credits every month; a response within 90 days gives the credit back. Rules are cited by their number, such as \`R9\`.

Every operation but those of the contract takes a bearer token, whose \`sub\` is the member who calls. Members act only as themselves; what is not theirs answers like what does not exist.

Instants are ISO 8601 in UTC with milliseconds. Absent is absent, not null, except where said. Requests may hold nothing that is not described here. Answers may come to hold more: leave alone fields that you do not know.

After 500, 503, or no answer at all, whether something was written is unknown. Send the same request again: sends are safe under the same \`Idempotency-Key\`, everything else by its meaning.`;

/** By name: a parameter means the same wherever it stands. */
const PARAMETERS: Readonly<Record<string, { readonly description: string; readonly example?: string | number }>> = {
  memberId: {
    description: 'Whose books or subscription it is: the `sub` of their token, as it stands.',
    example: 'ada',
  },
  otherId: { description: 'The other of the two; not the same member.', example: 'bob' },
  product: { description: 'What the credits are for.', example: 'premium' },
  inmailId: { description: 'As the send answered it.', example: 'ada~bob~000001' },
  at: {
    description: 'Any instant of the years 1 to 2999, past or to come, with a zone; left out, it is now.',
    example: '2031-02-28T00:00:00Z',
  },
  box: { description: 'InMails that were received, or sent.', example: 'inbox' },
  limit: { description: 'Length of a page; left out, 20, or 1,000 as CSV.', example: 20 },
  cursor: { description: 'The `nextCursor` of the page before, for the same caller and the same question.' },
  format: {
    description: 'Left out, JSON. CSV is a file of all entries, up to 1,000; what follows is named in a `Link` header.',
    example: 'csv',
  },
  'Idempotency-Key': {
    description:
      'One key of 1 to 255 characters, as `"abc"` or `abc`; it belongs to the sender and the recipient, for good.',
    example: '6f1e1c54-2f0b-4b0e-9c61-0d5f7a1c8e42',
  },
  'If-None-Match': { description: 'The `ETag` of an answer one has: 304 if it is still the same.' },
};

const TAKEN_OUT =
  'What turns or hides other text is taken out: U+202A to U+202E, U+2066 to U+206F, U+FFF9 to U+FFFB, tags outside of flags, rows of variation selectors, and what is no character.';

/** By name, of request bodies. */
const FIELDS: Readonly<Record<string, string>> = {
  plan: 'A plan of the product, as the catalogue names it.',
  product: 'Whose wallet pays.',
  recipientId: 'The member it is for.',
  subject: `One line that shows something. ${TAKEN_OUT} Characters are counted as people do: an emoji is one.`,
  body: `What the recipient reads: something that shows. Each line end comes back as a line feed, and is one character. ${TAKEN_OUT}`,
  type: 'How one responds (R12).',
  text: `What one replies, as the body of an InMail; for a quick reply, its word.`,
};

type Fields = { readonly properties?: Readonly<Record<string, object>>; readonly oneOf?: readonly Fields[] };
type Described = {
  readonly operationId?: string;
  readonly parameters?: readonly { readonly name: string }[];
  readonly requestBody?: { readonly content: { readonly 'application/json'?: { readonly schema: Fields } } };
};

/** Throws for a parameter or a field that nobody has described. */
export function describe(document: ReturnType<typeof createDocument>): void {
  const paths = Object.values(document.paths ?? {});
  for (const operation of paths.flatMap((methods) => Object.values(methods ?? {})) as Described[]) {
    const { operationId, parameters = [], requestBody } = operation;
    const wordsFor = <Words>(words: Readonly<Record<string, Words>>, name: string): Words => {
      if (words[name] === undefined) throw new Error(`${operationId}: ${name} wants a description`);
      return words[name];
    };
    for (const parameter of parameters) Object.assign(parameter, wordsFor(PARAMETERS, parameter.name));
    for (const [name, field] of fieldsOf(requestBody?.content['application/json']?.schema)) {
      Object.assign(field, { description: wordsFor(FIELDS, name) });
    }
  }
}

const fieldsOf = ({ properties = {}, oneOf = [] }: Fields = {}): [string, object][] => [
  ...Object.entries(properties),
  ...oneOf.flatMap(fieldsOf),
];
