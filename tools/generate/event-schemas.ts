import * as z from 'zod';
import { domainEvent, type EventType } from '../../shared/contract/events.ts';

/**
 * The JSON Schema (draft 2020-12) of every event by its type. `io: 'input'` allows further fields, because later events may
 * have some.
 */
export function eventSchemas(): Record<EventType, object> {
  const schemas = domainEvent.options.map((option) => [
    option.shape.type.value,
    z.toJSONSchema(option, { target: 'draft-2020-12', io: 'input', override: withoutDatePattern }),
  ]);
  return Object.fromEntries(schemas);
}

/** `format: date-time` is enough. The pattern of every valid date says nothing to a person. */
function withoutDatePattern({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
}
