/** Update expressions with `SET` and `REMOVE` (docs.aws.amazon.com: Expressions.UpdateExpressions). */
import type { Item } from '../../../shared/store/database.ts';
import { invalid } from '../exceptions.ts';
import type { Bindings, Expression, Name, Operand } from './bindings.ts';
import { Tokens } from './tokens.ts';

/** `unless` is the attribute of `if_not_exists`, whose value stays if there is one. */
type Setting = { readonly name: Name; readonly unless?: Name; readonly value: Operand };

export type UpdateExpression = Expression & {
  readonly settings: readonly Setting[];
  readonly removed: readonly Name[];
};

/** The store has a few expressions, and each is read once. */
const read = new Map<string, UpdateExpression>();

/** Throws a ValidationException for an expression that is not understood. `ADD`, `DELETE`, `+` and `-` are not. */
export function updateIn(text: string): UpdateExpression {
  const known = read.get(text);
  if (known) return known;
  const tokens = new Tokens(text);
  const settings = tokens.takeIf('SET') ? listOf(tokens, readSetting) : [];
  const removed = tokens.takeIf('REMOVE') ? listOf(tokens, () => tokens.takeName()) : [];
  tokens.expectEnd();
  if (settings.length + removed.length === 0) throw tokens.fault();
  const expression = { settings, removed, placeholders: tokens.placeholders };
  read.set(text, expression);
  return expression;
}

function listOf<Part>(tokens: Tokens, readPart: (tokens: Tokens) => Part): Part[] {
  const parts: Part[] = [];
  do parts.push(readPart(tokens));
  while (tokens.takeIf(','));
  return parts;
}

function readSetting(tokens: Tokens): Setting {
  const name = tokens.takeName();
  tokens.expect('=');
  const value = tokens.takeOperand();
  if (!tokens.takeIf('(')) return { name, value };
  if (value !== 'if_not_exists') throw tokens.fault();
  const unless = tokens.takeName();
  tokens.expect(',');
  const setting = { name, unless, value: tokens.takeOperand() };
  tokens.expect(')');
  return setting;
}

/** The item after the update. Every operand is that of the item before it. Throws if a key attribute would change. */
export function updated(
  { settings, removed }: UpdateExpression,
  item: Item,
  bindings: Bindings,
  keyNames: readonly string[],
): Item {
  const after = { ...item };
  for (const { name, unless, value } of settings) {
    const kept = unless === undefined ? undefined : bindings.valueOf(unless, item);
    const given = kept === undefined ? bindings.valueOf(value, item) : kept;
    if (given === undefined) throw invalid(`the item has no attribute ${value}, which the update copies`);
    after[attributeToChange(name, bindings, keyNames)] = given;
  }
  for (const name of removed) delete after[attributeToChange(name, bindings, keyNames)];
  return after;
}

function attributeToChange(name: Name, bindings: Bindings, keyNames: readonly string[]): string {
  const attribute = bindings.attribute(name);
  if (keyNames.includes(attribute)) throw invalid(`the attribute ${attribute} is part of the key, and cannot change`);
  return attribute;
}
