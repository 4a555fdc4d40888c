/** How every command reads its arguments, says what is wrong, and ends. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { LocalFailure } from '../../local/failure.ts';
import { type Command, exitCodeOf, type Verdict } from '../../tools/command.ts';
import { oneOf, readArguments, text, wholeNumber } from '../../tools/options.ts';

const OPTIONS = {
  inFile: { takes: 'FILE', kind: text, needed: true, does: 'what is read' },
  rounds: { takes: 'N', kind: wholeNumber(1, 9), default: '3', does: 'how often' },
  colour: { takes: 'COLOUR', kind: oneOf(['red', 'blue']), does: 'how it looks' },
  loud: { does: 'says more' },
} as const;

const needed = ['--in-file', 'a.txt'];

/** What a command prints and ends with. `run` is what it does. */
async function ended(
  args: readonly string[],
  run: (...given: Parameters<Command<typeof OPTIONS>['run']>) => Promise<Verdict> = async () => 'done',
  more: { readonly operands?: string; readonly finds?: string } = {},
) {
  const said = { out: '', err: '' };
  const into = (name: keyof typeof said) => ({
    write: (chunk: string) => {
      said[name] += chunk;
    },
  });
  const command = { name: 'try', call: 'npm run try', does: 'Tries.\n\nOften.', options: OPTIONS, run, ...more };
  const code = await exitCodeOf(command, { args, out: into('out'), err: into('err') });
  return { code, ...said };
}

describe('the options of a command', () => {
  it('options are read by their kinds, with defaults for those that are left out', () => {
    expect(readArguments(OPTIONS, needed)?.values).toEqual({
      inFile: 'a.txt',
      rounds: 3,
      colour: undefined,
      loud: false,
    });
    const args = ['--loud', '--colour=blue', '--rounds', '9', '--in-file=--odd'];
    expect(readArguments(OPTIONS, args)?.values).toEqual({ inFile: '--odd', rounds: 9, colour: 'blue', loud: true });
  });

  it.each<[string[], string]>([
    [[], '--in-file FILE is needed'],
    [[...needed, '--rounds', '0'], '--rounds wants a whole number from 1 to 9, not "0"'],
    [[...needed, '--rounds', '10'], '--rounds wants a whole number from 1 to 9, not "10"'],
    [[...needed, '--rounds=1e0'], '--rounds wants a whole number from 1 to 9, not "1e0"'],
    [[...needed, '--rounds='], '--rounds wants a whole number from 1 to 9, not ""'],
    [[...needed, '--rounds'], '--rounds wants a whole number from 1 to 9'],
    [[...needed, '--rounds', '--loud'], '--rounds wants a whole number from 1 to 9, not "--loud"'],
    [[...needed, '--colour', 'green'], '--colour wants red or blue, not "green"'],
    [['--in-file', ''], '--in-file wants FILE, not ""'],
    [[...needed, '--loud=yes'], '--loud takes no value'],
    [[...needed, '--surprise'], '--surprise is not an option (see --help)'],
    [[...needed, '-x'], '-x is not an option (see --help)'],
    [[...needed, '--inFile', 'b'], '--inFile is not an option (see --help)'],
    [[...needed, 'more'], '"more" is not an option, and nothing else is taken (see --help)'],
    [[...needed, '--', '--loud'], '"--loud" is not an option, and nothing else is taken (see --help)'],
  ])('the arguments %j end a command with 2 and one line that says why', async (args, fault) => {
    const run = () => Promise.reject(new Error('it ran'));
    expect(await ended(args, run)).toEqual({ code: 2, out: '', err: `try: ${fault}\n` });
  });

  it('a command that names operands gets them, wherever they stand among its options', async () => {
    let given: readonly string[] = [];
    const run = async (_: unknown, operands: readonly string[]): Promise<Verdict> => {
      given = operands;
      return 'done';
    };
    expect((await ended([...needed, 'ada', '--loud', 'bob'], run, { operands: 'MEMBER...' })).code).toBe(0);
    expect(given).toEqual(['ada', 'bob']);
  });
});

describe('a command', () => {
  it.each([
    ['done', 0],
    ['found', 1],
  ] as const)('a command with the verdict %s ends with %i', async (verdict, code) => {
    expect(await ended(needed, async () => verdict)).toEqual({ code, out: '', err: '' });
  });

  it('an error that a person can put right is one line, and the command ends with 2', async () => {
    const run = () => Promise.reject(new LocalFailure('the port is in use'));
    expect(await ended(needed, run)).toEqual({ code: 2, out: '', err: 'try: the port is in use\n' });
  });

  it('an unexpected error shows its stack, and the command ends with 2', async () => {
    const { code, out, err } = await ended(needed, () => Promise.reject(new TypeError('no such thing')));
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^try: TypeError: no such thing\n {4}at .*command\.test\.ts/);
  });

  it.each(['--help', '-h'])(
    'a command prints its usage for %s, whatever else it is given, and ends with 0',
    async (help) => {
      const { code, out, err } = await ended(['--surprise', help, 'more'], undefined, { finds: 'it is broken' });
      expect([code, err]).toEqual([0, '']);
      expect(out).toBe(`Usage: npm run try -- --in-file FILE [--rounds N] [--colour COLOUR] [--loud]

Tries.

Often.

  --in-file FILE   what is read
  --rounds N       how often (a whole number from 1 to 9; default 3)
  --colour COLOUR  how it looks (red or blue)
  --loud           says more
  -h, --help       prints this text

Ends with 0 when all is well, with 1 when it is broken, and with 2 when there is no result.
`);
    },
  );
});

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const COMMANDS = Object.entries(scripts).flatMap(([script, line]) => {
  const [, file] = /\btsx ((?:tools|bench)\/\S+)$/.exec(line) ?? [];
  return file === undefined ? [] : [{ script, file }];
});

type Output = { readonly code: number; readonly out: string; readonly err: string };
type Outputs = { readonly script: string; readonly help: Output; readonly odd: Output };

/** One process runs them all, because each would take most of a second to start. */
async function outputsOf(commands: readonly { readonly script: string; readonly file: string }[]): Promise<Outputs[]> {
  const runner = ['--import', 'tsx', 'test/tools/run-commands.ts', JSON.stringify(commands)];
  return JSON.parse((await promisify(execFile)(process.execPath, runner)).stdout);
}

describe('every command of package.json', () => {
  it('the commands of package.json are found by their scripts', () => {
    expect(COMMANDS.map(({ script }) => script)).toEqual(
      expect.arrayContaining(['start', 'token', 'demo', 'replay', 'report:renewals', 'check:api', 'simulate:sweeps']),
    );
  });

  it('every command prints usage lines of at most 100 characters, and refuses an unknown option', async () => {
    const outputs = await outputsOf(COMMANDS);
    expect(outputs.map(({ script }) => script).sort()).toEqual(COMMANDS.map(({ script }) => script).sort());
    for (const { script, help, odd } of outputs) {
      expect([script, help.code, help.err]).toEqual([script, 0, '']);
      expect(help.out).toMatch(new RegExp(`^Usage: npm (run )?(-s )?${script}\\b`));
      expect(help.out.split('\n').filter((line) => line.length > 100)).toEqual([]);
      const err = expect.stringMatching(/^[a-z:]+: --surprise is not an option \(see --help\)\n$/);
      expect([script, odd]).toEqual([script, { code: 2, out: '', err }]);
    }
  });
});
