/** Every command that people run has the same options, usage text, error messages and exit codes. */
import { inspect } from 'node:util';
import { LocalFailure } from '../local/failure.ts';
import { descriptionsOf, type OptionTable, readArguments, synopsisOf, type ValuesOf } from './options.ts';

/** `found`: the command did its work and found something wrong. */
export type Verdict = 'done' | 'found';

export type Command<Table extends OptionTable> = {
  /** Begins each message on stderr. */
  readonly name: string;
  /** How people call it: `npm run replay`. */
  readonly call: string;
  /** Its purpose, for the usage text. An empty line stands between paragraphs. */
  readonly does: string;
  readonly options: Table;
  /** Arguments that are not options, as the usage text names them: `MEMBER [SCOPE...]`. */
  readonly operands?: string;
  /** Completes "It ends with 1 when …". A command without it never ends with 1. */
  readonly finds?: string;
  readonly run: (values: ValuesOf<Table>, operands: readonly string[]) => Promise<Verdict>;
};

type Output = { readonly write: (text: string) => unknown };
export type Surroundings = { readonly args: readonly string[]; readonly out: Output; readonly err: Output };

/** 2 is for every way to have no result, so that a script can tell it from a result that is bad. */
const EXIT_CODES = { done: 0, found: 1, failed: 2 } as const;

/** Sets the code that the process ends with, once nothing keeps it alive. */
export async function runCommand<const Table extends OptionTable>(command: Command<Table>): Promise<void> {
  const surroundings = { args: process.argv.slice(2), out: process.stdout, err: process.stderr };
  process.exitCode = await exitCodeOf(command, surroundings);
}

/** A LocalFailure is told in its own words. Any other error is unexpected, so its stack is printed. */
export async function exitCodeOf<const Table extends OptionTable>(
  command: Command<Table>,
  { args, out, err }: Surroundings,
): Promise<number> {
  try {
    const read = readArguments(command.options, args, { takesOperands: command.operands !== undefined });
    if (read) return EXIT_CODES[await command.run(read.values, read.operands)];
    out.write(usageOf(command));
    return EXIT_CODES.done;
  } catch (error) {
    err.write(`${command.name}: ${error instanceof LocalFailure ? error.message : inspect(error)}\n`);
    return EXIT_CODES.failed;
  }
}

/** In columns. */
const WIDTH = 100;

function usageOf({ call, does, options, operands, finds }: Omit<Command<OptionTable>, 'run'>): string {
  const parts = [...(operands === undefined ? [] : [operands]), ...synopsisOf(options)];
  const synopsis = [`Usage: ${call}`, ...(parts.length > 0 ? ['--', ...parts] : [])];
  const described = descriptionsOf(options);
  const indent = Math.max(...described.map(([name]) => name.length)) + 4;
  const list = described.map(([name, what]) => `  ${name}`.padEnd(indent) + wrapped(what.split(' '), indent));
  const paragraphs = does.split('\n\n').map((paragraph) => wrapped(paragraph.split(/\s+/)));
  return `${[wrapped(synopsis, 7), ...paragraphs, list.join('\n'), endOf(finds)].join('\n\n')}\n`;
}

const endOf = (finds: string | undefined): string =>
  finds === undefined
    ? 'Ends with 0 when it is done, and with 2 when there is no result.'
    : wrapped(`Ends with 0 when all is well, with 1 when ${finds}, and with 2 when there is no result.`.split(' '));

/** The words in lines of `WIDTH`, all but the first behind `indent` blanks. A word may hold blanks. */
function wrapped(words: readonly string[], indent = 0): string {
  let column = indent;
  return words.reduce((text, word) => {
    const isNext = text !== '' && column + 1 + word.length <= WIDTH;
    column = isNext ? column + 1 + word.length : indent + word.length;
    if (text === '') return word;
    return `${text}${isNext ? ' ' : `\n${' '.repeat(indent)}`}${word}`;
  }, '');
}
