/** The words and signs of a DynamoDB expression (docs.aws.amazon.com: Expressions). */
import { invalid } from '../exceptions.ts';

const TOKEN = /\s*(?:(<=|>=|[=<>(),])|([#:]?[A-Za-z_][A-Za-z0-9_]*))/y;

const KEYWORDS: ReadonlySet<string> = new Set(['AND', 'OR', 'NOT', 'BETWEEN', 'IN', 'SET', 'REMOVE', 'ADD', 'DELETE']);

export class Tokens {
  /** The placeholders `#name` and `:value` that the expression has. */
  readonly placeholders: ReadonlySet<string>;
  readonly #expression: string;
  readonly #tokens: readonly string[];
  #next = 0;

  constructor(expression: string) {
    this.#expression = expression;
    this.#tokens = tokensIn(expression);
    this.placeholders = new Set(this.#tokens.filter((token) => /^[#:]/.test(token)));
  }

  peek(): string | undefined {
    return this.#tokens[this.#next];
  }

  /** The next token. Throws a ValidationException at the end. */
  take(): string {
    const token = this.peek();
    if (token === undefined) throw this.fault();
    this.#next += 1;
    return token;
  }

  /** Takes the name of an attribute. Throws a ValidationException for anything else. */
  takeName(): string {
    if (this.peek()?.startsWith(':')) throw this.fault();
    return this.takeOperand();
  }

  /** Takes a name or a value. Throws a ValidationException for a sign or a keyword. */
  takeOperand(): string {
    const token = this.peek() ?? '';
    if (!/^[#:A-Za-z_]/.test(token) || KEYWORDS.has(token.toUpperCase())) throw this.fault();
    return this.take();
  }

  /** Takes the next token if it is this one. Keywords have no case. */
  takeIf(wanted: string): boolean {
    if (this.peek()?.toUpperCase() !== wanted) return false;
    this.#next += 1;
    return true;
  }

  /** Throws a ValidationException if the next token is another one. */
  expect(wanted: string): void {
    if (!this.takeIf(wanted)) throw this.fault();
  }

  expectEnd(): void {
    if (this.peek() !== undefined) throw this.fault();
  }

  fault(): Error {
    const where = this.peek() === undefined ? 'at its end' : `near ${JSON.stringify(this.peek())}`;
    return invalid(`the expression ${JSON.stringify(this.#expression)} is not understood ${where}`);
  }
}

function tokensIn(expression: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const end = expression.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const [, sign, word] = TOKEN.exec(expression) ?? [];
    const token = sign ?? word;
    if (token === undefined)
      throw invalid(`the expression ${JSON.stringify(expression)} is not understood after ${at}`);
    tokens.push(token);
  }
  return tokens;
}
