/** Key conditions as SQL. Each partition attribute has one value, and a sort attribute at most one range. */
import { invalid } from './exceptions.ts';
import type { Bindings, Operand } from './expressions/bindings.ts';
import { type Condition, checkValues } from './expressions/condition.ts';
import type { Value } from './sqlite-file.ts';
import { type Place, quoted } from './tables.ts';

/** Conditions of SQL that all hold, with their values. */
export type Range = { readonly where: readonly string[]; readonly values: readonly Value[] };

/** Throws a ValidationException for a condition that no key condition can be. */
export function rangeOf(condition: Condition, place: Place, bindings: Bindings): Range {
  checkValues(condition, bindings);
  const parts = partsOf(condition).map((part) => rangeOfPart(part, bindings));
  const missing = place.partition.filter((name) => !parts.some((part) => part.attribute === name && part.isEqual));
  if (missing.length > 0) throw invalid(`the key condition has no value for ${missing.join(', ')}`);
  const others = parts.filter(({ attribute }) => !place.partition.includes(attribute));
  if (others.length > 1 || others.some(({ attribute }) => !place.sort.includes(attribute))) {
    throw invalid(`a key condition of ${place.name} is about ${[...place.partition, ...place.sort].join(', ')}`);
  }
  return { where: parts.flatMap(({ where }) => where), values: parts.flatMap(({ values }) => values) };
}

const partsOf = (condition: Condition): Condition[] =>
  condition.kind === 'and' ? [...partsOf(condition.left), ...partsOf(condition.right)] : [condition];

type Part = Range & { readonly attribute: string; readonly isEqual: boolean };

/** No text that begins with a start sorts behind the start and this character, because no text of ours holds it. */
const LAST_CHARACTER = '\u{10FFFF}';

function rangeOfPart(part: Condition, bindings: Bindings): Part {
  const constant = (operand: Operand) => bindings.constant(operand) as Value;
  switch (part.kind) {
    case 'compare': {
      const attribute = bindings.attribute(part.left);
      const where = [`${quoted(attribute)} ${part.sign} ?`];
      return { attribute, isEqual: part.sign === '=', where, values: [constant(part.right)] };
    }
    case 'between': {
      const attribute = bindings.attribute(part.operand);
      const where = [`${quoted(attribute)} >= ?`, `${quoted(attribute)} <= ?`];
      return { attribute, isEqual: false, where, values: [constant(part.low), constant(part.high)] };
    }
    case 'begins-with': {
      const attribute = bindings.attribute(part.operand);
      const start = constant(part.start);
      const where = [`${quoted(attribute)} >= ?`, `${quoted(attribute)} < ?`];
      return { attribute, isEqual: false, where, values: [start, `${start}${LAST_CHARACTER}`] };
    }
    default:
      throw invalid('a key condition compares keys, and nothing else');
  }
}
