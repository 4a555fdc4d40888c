/** The document's introduction, and a check that everything is described. */
import type { createDocument } from 'zod-openapi';

export const INTRODUCTION = `Premium members send InMails to people they are not connected with, for credits. A plan grants credits every month. A response within 90 days gives the credit back. Rules are cited by their number, such as \`R9\`.

Every operation takes a bearer token, whose \`sub\` is the calling member. Members act only as themselves. Another member's things return the same 404 as things that do not exist.

Instants are ISO 8601 in UTC with milliseconds. A value that is missing is left out, and is null only where the schema says so. A request may hold only the fields that are described here. A response may hold more in the future, so ignore fields that you do not know.

After 500, 503, or no response at all, you cannot know whether anything was written. Send the same request again. A send is safe to repeat under the same \`Idempotency-Key\`, and every other request is safe to repeat as it is.`;

type Fields = {
  readonly properties?: Readonly<Record<string, { readonly description?: string }>>;
  readonly oneOf?: readonly Fields[];
};
type Described = {
  readonly operationId?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly description?: string;
    readonly schema: { description?: string };
  }[];
  readonly requestBody?: { readonly content: { readonly 'application/json'?: { readonly schema: Fields } } };
};

/** Removes descriptions from the schemas of parameters, because they stand beside them already. */
export function tidyParameters(document: ReturnType<typeof createDocument>): void {
  for (const { parameters = [] } of operationsOf(document))
    for (const { schema } of parameters) delete schema.description;
}

const operationsOf = (document: ReturnType<typeof createDocument>): Described[] =>
  Object.values(document.paths ?? {}).flatMap((methods) => Object.values(methods ?? {})) as Described[];

/** Throws for a parameter or a field without a description. */
export function checkWords(document: ReturnType<typeof createDocument>): void {
  for (const { operationId, parameters = [], requestBody } of operationsOf(document)) {
    const fields = fieldsOf(requestBody?.content['application/json']?.schema);
    const all = [...parameters.map(({ name, description }) => ({ name, description })), ...fields];
    const bare = all.find(({ description }) => !description);
    if (bare) throw new Error(`${operationId}: ${bare.name} needs a description`);
  }
}

const fieldsOf = ({
  properties = {},
  oneOf = [],
}: Fields = {}): { name: string; description: string | undefined }[] => [
  ...Object.entries(properties).map(([name, { description }]) => ({ name, description })),
  ...oneOf.flatMap(fieldsOf),
];
