/**
 * Condition, filter and key condition expressions (docs.aws.amazon.com: Expressions.OperatorsAndFunctions). The store
 * does without some parts, and they are not understood: `<>`, `IN`, `NOT`, `contains`, `size`, `attribute_type` and nested
 * attributes.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Item } from '../../../shared/store/database.ts';
import { invalid } from '../exceptions.ts';
import type { Bindings, Expression, Name, Operand } from './bindings.ts';
import { Tokens } from './tokens.ts';

const SIGNS = ['=', '<', '<=', '>', '>='] as const;
type Sign = (typeof SIGNS)[number];

export type Condition =
  | { readonly kind: 'compare'; readonly left: Operand; readonly sign: Sign; readonly right: Operand }
  | { readonly kind: 'between'; readonly operand: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: 'begins-with'; readonly operand: Operand; readonly start: Operand }
  | { readonly kind: 'exists' | 'not-exists'; readonly operand: Operand }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition };

export type ConditionExpression = Expression & { readonly condition: Condition };

/** The store has a few dozen expressions, and each is read once. */
const read = new Map<string, ConditionExpression>();

/** Throws a ValidationException for an expression that is not understood. */
export function conditionIn(text: string): ConditionExpression {
  const known = read.get(text);
  if (known) return known;
  const tokens = new Tokens(text);
  const expression = { condition: readOr(tokens), placeholders: tokens.placeholders };
  tokens.expectEnd();
  read.set(text, expression);
  return expression;
}

function readOr(tokens: Tokens): Condition {
  let left = readAnd(tokens);
  while (tokens.takeIf('OR')) left = { kind: 'or', left, right: readAnd(tokens) };
  return left;
}

function readAnd(tokens: Tokens): Condition {
  let left = readOne(tokens);
  while (tokens.takeIf('AND')) left = { kind: 'and', left, right: readOne(tokens) };
  return left;
}

function readOne(tokens: Tokens): Condition {
  if (tokens.takeIf('(')) {
    const inner = readOr(tokens);
    tokens.expect(')');
    return inner;
  }
  const word = tokens.takeOperand();
  if (tokens.takeIf('(')) return readFunction(word, tokens);
  if (tokens.takeIf('BETWEEN')) {
    const low = tokens.takeOperand();
    tokens.expect('AND');
    return { kind: 'between', operand: word, low, high: tokens.takeOperand() };
  }
  const sign = SIGNS.find((known) => known === tokens.peek());
  if (!sign) throw tokens.fault();
  tokens.take();
  return { kind: 'compare', left: word, sign, right: tokens.takeOperand() };
}

function readFunction(name: string, tokens: Tokens): Condition {
  const operand = tokens.takeName();
  if (name === 'attribute_exists' || name === 'attribute_not_exists') {
    tokens.expect(')');
    return { kind: name === 'attribute_exists' ? 'exists' : 'not-exists', operand };
  }
  if (name !== 'begins_with') throw tokens.fault();
  tokens.expect(',');
  const start = tokens.takeOperand();
  tokens.expect(')');
  return { kind: 'begins-with', operand, start };
}

/** Whether the condition holds for an item. An item that does not exist has no attributes. */
export type Predicate = (item: Item) => boolean;

/** Without an expression every item passes. Throws a ValidationException for a value that its comparison does not take. */
export function predicateOf(expression: ConditionExpression | undefined, bindings: Bindings): Predicate {
  if (!expression) return () => true;
  const { condition } = expression;
  checkValues(condition, bindings);
  return (item) => holds(condition, item, bindings);
}

/** Only texts and numbers have an order, and only texts have a beginning. */
export function checkValues(condition: Condition, bindings: Bindings): void {
  const valuesOf = (...operands: Operand[]) =>
    operands.filter((operand) => operand.startsWith(':')).map((operand) => bindings.constant(operand));
  switch (condition.kind) {
    case 'compare':
      if (condition.sign !== '=') checkOrdered(valuesOf(condition.left, condition.right));
      return;
    case 'between': {
      checkOrdered(valuesOf(condition.operand));
      const bounds = valuesOf(condition.low, condition.high);
      checkOrdered(bounds);
      if (bounds.length === 2 && !compares(bounds[0], '<=', bounds[1]))
        throw invalid('BETWEEN wants the lower value first');
      return;
    }
    case 'begins-with':
      if (valuesOf(condition.start).some((value) => typeof value !== 'string'))
        throw invalid('begins_with wants a text');
      return;
    case 'and':
    case 'or':
      checkValues(condition.left, bindings);
      checkValues(condition.right, bindings);
  }
}

/** The names of the attributes that a condition is about. */
export function attributesIn(condition: Condition): Name[] {
  switch (condition.kind) {
    case 'compare':
      return [condition.left, condition.right].filter((operand) => !operand.startsWith(':'));
    case 'between':
    case 'begins-with':
    case 'exists':
    case 'not-exists':
      return [condition.operand];
    case 'and':
    case 'or':
      return [...attributesIn(condition.left), ...attributesIn(condition.right)];
  }
}

function checkOrdered(values: readonly unknown[]): void {
  const odd = values.find((value) => typeof value !== 'string' && typeof value !== 'number');
  if (odd !== undefined) throw invalid(`${JSON.stringify(odd)} has no order`);
}

function holds(condition: Condition, item: Item, bindings: Bindings): boolean {
  switch (condition.kind) {
    case 'compare':
      return compares(bindings.valueOf(condition.left, item), condition.sign, bindings.valueOf(condition.right, item));
    case 'between': {
      const value = bindings.valueOf(condition.operand, item);
      const [low, high] = [bindings.valueOf(condition.low, item), bindings.valueOf(condition.high, item)];
      return compares(value, '>=', low) && compares(value, '<=', high);
    }
    case 'begins-with': {
      const value = bindings.valueOf(condition.operand, item);
      const start = bindings.valueOf(condition.start, item);
      return typeof value === 'string' && typeof start === 'string' && value.startsWith(start);
    }
    case 'exists':
      return bindings.valueOf(condition.operand, item) !== undefined;
    case 'not-exists':
      return bindings.valueOf(condition.operand, item) === undefined;
    case 'and':
      return holds(condition.left, item, bindings) && holds(condition.right, item, bindings);
    case 'or':
      return holds(condition.left, item, bindings) || holds(condition.right, item, bindings);
  }
}

/** A missing attribute compares with nothing, and only texts or numbers have an order among themselves. */
function compares(left: unknown, sign: Sign, right: unknown): boolean {
  if (left === undefined || right === undefined) return false;
  if (sign === '=') return isDeepStrictEqual(left, right);
  const order = orderOf(left, right);
  switch (sign) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

/** Texts are in the order of their UTF-8 bytes. NaN for two values that have no order. */
function orderOf(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left !== 'string' || typeof right !== 'string') return Number.NaN;
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
