/** Projection expressions: a list of attributes, without nested ones. */
import type { Item } from '../../../shared/store/database.ts';
import type { Bindings, Expression, Name } from './bindings.ts';
import { Tokens } from './tokens.ts';

export type ProjectionExpression = Expression & { readonly names: readonly Name[] };

/** Throws a ValidationException for an expression that is not understood. */
export function projectionIn(text: string): ProjectionExpression {
  const tokens = new Tokens(text);
  const names = [tokens.takeName()];
  while (tokens.takeIf(',')) names.push(tokens.takeName());
  tokens.expectEnd();
  return { names, placeholders: tokens.placeholders };
}

/** The attributes that the item has of those that are asked for. */
export function projected({ names }: ProjectionExpression, item: Item, bindings: Bindings): Item {
  return only(
    item,
    names.map((name) => bindings.attribute(name)),
  );
}

export const only = (item: Item, attributes: readonly string[]): Item =>
  Object.fromEntries(attributes.filter((name) => item[name] !== undefined).map((name) => [name, item[name]]));
