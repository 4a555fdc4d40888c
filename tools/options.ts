/** The options of a command, declared once as data: arguments are read by them, and the usage text is made of them. */
import { parseArgs } from 'node:util';
import { LocalFailure } from '../local/failure.ts';

/** The texts that an option takes. `wants` says them in words, and `read` returns undefined for any other text. */
export type Kind<Value> = { readonly wants?: string; readonly read: (text: string) => Value | undefined };

type Flag = { readonly does: string };

type Valued = Flag & {
  /** The name of its value in the usage text, such as `FILE`. */
  readonly takes: string;
  readonly kind: Kind<unknown>;
  /** The value of a missing option, as a person would type it. */
  readonly default?: string;
  readonly needed?: true;
};

/** By their names in code: `asOf` is `--as-of`. Every command has `--help` besides. */
export type OptionTable = Readonly<Record<string, Flag | Valued>>;

type ValueOf<Option> = Option extends { readonly kind: Kind<infer Value> }
  ? Option extends { readonly needed: true } | { readonly default: string }
    ? Value
    : Value | undefined
  : boolean;

export type ValuesOf<Table extends OptionTable> = { readonly [Name in keyof Table]: ValueOf<Table[Name]> };

export type Arguments<Table extends OptionTable> = {
  readonly values: ValuesOf<Table>;
  readonly operands: readonly string[];
};

export type Reading = {
  /** Whether it takes arguments that are not options. */
  readonly takesOperands?: boolean;
};

/** Undefined when the arguments ask for help. Throws a LocalFailure that names the option and says what it wants. */
export function readArguments<Table extends OptionTable>(
  table: Table,
  args: readonly string[],
  { takesOperands = false }: Reading = {},
): Arguments<Table> | undefined {
  const options = Object.entries(table).map(([name, option]) => {
    return [typedName(name), { type: 'kind' in option ? 'string' : 'boolean' }] as const;
  });
  const { tokens } = parseArgs({
    args: [...args],
    options: { ...Object.fromEntries(options), help: { type: 'boolean', short: 'h' } },
    ...{ strict: false, allowPositionals: true, tokens: true },
  });
  const given = tokens.filter((token) => token.kind === 'option');
  if (given.some(({ name }) => name === 'help')) return undefined;
  const known = new Set(options.map(([name]) => name));
  const unknown = given.find(({ name }) => !known.has(name));
  if (unknown) throw new LocalFailure(`${unknown.rawName} is not an option (see --help)`);
  const operands = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  if (!takesOperands && operands.length > 0) {
    throw new LocalFailure(`${JSON.stringify(operands[0])} is not an option, and nothing else is taken (see --help)`);
  }
  return { values: valuesOf(table, new Map(given.map((token) => [token.name, token]))), operands };
}

type Given = {
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
};

function valuesOf<Table extends OptionTable>(table: Table, given: ReadonlyMap<string, Given>): ValuesOf<Table> {
  const missing = Object.entries(table).filter(([name, option]) => isNeeded(option) && !given.has(typedName(name)));
  if (missing.length > 0) {
    const names = missing.map(([name, option]) => calledAs(name, option)).join(', ');
    throw new LocalFailure(`${names} ${missing.length > 1 ? 'are' : 'is'} needed`);
  }
  const values = Object.entries(table).map(([name, option]) => {
    const token = given.get(typedName(name));
    return [name, 'kind' in option ? readValue(option, token) : isSet(token)];
  });
  return Object.fromEntries(values);
}

const isNeeded = (option: Flag | Valued): boolean => 'needed' in option && option.needed === true;

function isSet(token: Given | undefined): boolean {
  if (token?.value !== undefined) throw new LocalFailure(`${token.rawName} takes no value`);
  return token !== undefined;
}

function readValue({ kind, takes, default: otherwise }: Valued, token: Given | undefined): unknown {
  if (!token) return otherwise === undefined ? undefined : kind.read(otherwise);
  const { rawName, value, inlineValue } = token;
  const wants = `${rawName} wants ${kind.wants ?? takes}`;
  if (value === undefined) throw new LocalFailure(wants);
  // A dash begins the next option, and this one was left without its value. `--out=-` says that a dash is meant.
  const read = value.startsWith('-') && !inlineValue ? undefined : kind.read(value);
  if (read === undefined) throw new LocalFailure(`${wants}, not ${JSON.stringify(value)}`);
  return read;
}

const typedName = (name: string): string => name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);

const calledAs = (name: string, option: Flag | Valued): string =>
  `--${typedName(name)}${'takes' in option ? ` ${option.takes}` : ''}`;

/** `--messages FILE [--queues]`: the parts of a call, in the order of the table. */
export const synopsisOf = (table: OptionTable): string[] =>
  Object.entries(table).map(([name, option]) => {
    return isNeeded(option) ? calledAs(name, option) : `[${calledAs(name, option)}]`;
  });

/** Each option with its description, for a list. */
export const descriptionsOf = (table: OptionTable): (readonly [call: string, description: string])[] => [
  ...Object.entries(table).map(([name, option]) => [calledAs(name, option), described(option)] as const),
  ['-h, --help', 'prints this text'],
];

function described(option: Flag | Valued): string {
  if (!('kind' in option)) return option.does;
  const notes = [
    ...(option.kind.wants === undefined ? [] : [option.kind.wants]),
    ...(option.default === undefined ? [] : [`default ${option.default}`]),
  ];
  return notes.length > 0 ? `${option.does} (${notes.join('; ')})` : option.does;
}

/** Any text that is not empty. */
export const text: Kind<string> = { read: (given) => given || undefined };

/** `most` is at most 999,999,999. */
export const wholeNumber = (least: number, most?: number): Kind<number> => ({
  wants: most === undefined ? `a whole number from ${least}` : `a whole number from ${least} to ${most}`,
  read: (given) => {
    const number = Number(given);
    return /^\d{1,9}$/.test(given) && number >= least && number <= (most ?? number) ? number : undefined;
  },
});

export const oneOf = <const Name extends string>(names: readonly Name[]): Kind<Name> => ({
  wants: names.join(' or '),
  read: (given) => names.find((name) => name === given),
});
