/** The attributes and values behind the placeholders of a request's expressions. */
import type { Item } from '../../../shared/store/database.ts';
import { invalid } from '../exceptions.ts';

/** A name as it stands in an expression: `sentAt` or `#status`. */
export type Name = string;
/** A name, or a value such as `:from`. */
export type Operand = string;

export type Placeholders = {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Item | undefined;
};

/** An expression that was read, with the placeholders that it has. */
export type Expression = { readonly placeholders: ReadonlySet<string> };

/** An expression that a request may have. */
export const optional = <Read>(text: string | undefined, read: (text: string) => Read): Read | undefined =>
  text === undefined ? undefined : read(text);

export class Bindings {
  readonly #names: Readonly<Record<string, string>>;
  readonly #values: Item;

  /** Throws a ValidationException for a placeholder that no expression has, as DynamoDB does. */
  constructor(
    { ExpressionAttributeNames = {}, ExpressionAttributeValues = {} }: Placeholders,
    expressions: readonly (Expression | undefined)[],
  ) {
    this.#names = ExpressionAttributeNames;
    this.#values = ExpressionAttributeValues;
    const given = [...Object.keys(this.#names), ...Object.keys(this.#values).filter((name) => this.#has(name))];
    const unused = given.filter((name) => !expressions.some((expression) => expression?.placeholders.has(name)));
    if (unused.length > 0) throw invalid(`no expression has the placeholders ${unused.join(', ')}`);
  }

  /** The attribute that a name stands for. */
  attribute(name: Name): string {
    const attribute = name.startsWith('#') ? this.#names[name] : name;
    if (attribute === undefined) throw invalid(`the name ${name} is not defined`);
    return attribute;
  }

  /** The value of an operand for an item. Undefined if the item has no such attribute. */
  valueOf(operand: Operand, item: Item): unknown {
    return operand.startsWith(':') ? this.constant(operand) : item[this.attribute(operand)];
  }

  constant(placeholder: Operand): unknown {
    if (!placeholder.startsWith(':')) throw invalid(`${placeholder} is no value`);
    if (!this.#has(placeholder)) throw invalid(`the value ${placeholder} is not defined`);
    return this.#values[placeholder];
  }

  /** The document client leaves out what is undefined. */
  #has(placeholder: string): boolean {
    return this.#values[placeholder] !== undefined;
  }
}
