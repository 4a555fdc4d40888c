/** The facts of a zod schema that JSON Schema cannot see by itself, and clients need to know. */
import type { CreateDocumentOptions } from 'zod-openapi';
import { at, limit } from '../../shared/contract/schemas.ts';

type Override = Extract<CreateDocumentOptions['override'], (...context: never[]) => void>;

export const asOnTheWire: Override = ({ jsonSchema, zodSchema, io }) => {
  // Clients have to ignore fields of later versions, so only requests are closed.
  if (io === 'output') delete jsonSchema.additionalProperties;
  // `format` is enough. The pattern of every valid date says nothing to a person.
  if (jsonSchema.format === 'date-time' || jsonSchema.format === 'date') delete jsonSchema.pattern;
  const schema: unknown = zodSchema;
  if (schema === at) Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
  // In a query everything is text. This is how a number from 1 to 100 looks there.
  if (schema === limit) {
    delete jsonSchema.pattern;
    Object.assign(jsonSchema, { type: 'integer', minimum: 1, maximum: 100 });
  }
};
