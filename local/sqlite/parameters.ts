/** A parameter that this engine would ignore is a fault, because DynamoDB would not ignore it. */
import { invalid } from './exceptions.ts';

export function checkParameters(action: string, input: object, known: readonly string[]): void {
  const others = Object.entries(input).filter(([name, value]) => value !== undefined && !known.includes(name));
  if (others.length > 0) {
    throw invalid(`${action} on SQLite does not take ${others.map(([name]) => name).join(', ')}`);
  }
}
