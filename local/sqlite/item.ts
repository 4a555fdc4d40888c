/**
 * Items as DynamoDB takes them: texts, whole and other numbers, booleans, null, lists and maps. Limits and sizes are DynamoDB's
 * own (docs.aws.amazon.com: Constraints, CapacityUnitCalculations).
 */
import type { Item } from '../../shared/store/database.ts';
import { invalid } from './exceptions.ts';

const KILOBYTE = 1_024;
export const MAX_ITEM_BYTES = 400 * KILOBYTE;
const MAX_PARTITION_KEY_BYTES = 2_048;
const MAX_SORT_KEY_BYTES = 1_024;

/** A list or a map, and each of its elements, costs some bytes besides its content. */
const COLLECTION_BYTES = 3;
const ELEMENT_BYTES = 1;

/** In bytes, with the names of the attributes. Throws a ValidationException for a value of another type. */
export function sizeOf(item: Item): number {
  let bytes = 0;
  for (const name in item) {
    const value = item[name];
    if (value !== undefined) bytes += Buffer.byteLength(name) + sizeOfValue(value);
  }
  return bytes;
}

function sizeOfValue(value: unknown): number {
  if (typeof value === 'string') return sizeOfText(value);
  if (typeof value === 'number') return sizeOfNumber(value);
  if (typeof value === 'boolean' || value === null) return 1;
  if (Array.isArray(value)) {
    return value.reduce((bytes, element) => bytes + ELEMENT_BYTES + sizeOfValue(element), COLLECTION_BYTES);
  }
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return COLLECTION_BYTES + Object.keys(value).length * ELEMENT_BYTES + sizeOf(value as Item);
  }
  throw invalid(`a value is of a type that the tables do not hold: ${typeof value}`);
}

/** A lone surrogate has no UTF-8. DynamoDB would get another character in its place. */
function sizeOfText(text: string): number {
  if (!text.isWellFormed()) throw invalid(`a text is not well-formed: ${JSON.stringify(text.slice(0, 80))}`);
  return Buffer.byteLength(text);
}

/** A byte for every two significant digits, one for the exponent, and one for a minus sign. */
function sizeOfNumber(value: number): number {
  if (!Number.isFinite(value)) throw invalid(`${value} is no number that the tables hold`);
  const [mantissa = ''] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '').length;
  return Math.ceil(digits / 2) + 1 + (value < 0 ? 1 : 0);
}

export function checkItemSize(item: Item): void {
  const bytes = sizeOf(item);
  if (bytes > MAX_ITEM_BYTES) throw invalid(`an item of ${bytes} bytes is over the limit of ${MAX_ITEM_BYTES}`);
}

export type KeyAttribute = { readonly name: string; readonly type: 'S' | 'N'; readonly role: 'HASH' | 'RANGE' };

/** The value of a key attribute. Throws a ValidationException for one that is missing, empty, too long or of another type. */
export function keyValueIn(item: Item, { name, type, role }: KeyAttribute): string | number {
  const value = item[name];
  if (type === 'N' && typeof value === 'number') return value;
  if (type !== 'S' || typeof value !== 'string') throw invalid(`the key attribute ${name} is not of type ${type}`);
  const most = role === 'HASH' ? MAX_PARTITION_KEY_BYTES : MAX_SORT_KEY_BYTES;
  const bytes = sizeOfText(value);
  if (bytes === 0 || bytes > most) throw invalid(`the key attribute ${name} has ${bytes} bytes, not 1 to ${most}`);
  return value;
}
