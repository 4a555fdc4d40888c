/** `npm run decode`: prints the stack traces of a log with the files, lines and names of the sources. */
import { readFileSync } from 'node:fs';
import { text as textOf } from 'node:stream/consumers';
import { LocalFailure } from '../../local/failure.ts';
import { runCommand, type Verdict } from '../command.ts';
import { type OptionTable, text, type ValuesOf } from '../options.ts';
import { bundlesIn, openBundle } from './bundle.ts';
import { decodeText } from './stack.ts';

const OPTIONS = {
  function: { takes: 'NAME', kind: text, does: 'the function of a stack in plain text, such as send-inmail' },
  output: { takes: 'DIR', kind: text, default: 'cdk.out', does: 'the output of npm run synth' },
  bundle: { takes: 'DIR', kind: text, does: 'the folder of a deployed bundle, instead of that output' },
} as const satisfies OptionTable;

async function decode(options: ValuesOf<typeof OPTIONS>, [file, ...more]: readonly string[]): Promise<Verdict> {
  if (more.length > 0) throw new LocalFailure('name one file, or none to read the standard input');
  const log = file === undefined ? await textOf(process.stdin) : readLog(file);
  const { bundle } = options;
  const only = bundle === undefined ? undefined : openBundle(bundle);
  const find = only ? () => only : bundlesIn(options.output);
  const functionName = options.function ?? (only && 'the only one');
  process.stdout.write(`${decodeText(log, { functionName, find }).trimEnd()}\n`);
  return 'done';
}

function readLog(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new LocalFailure(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}

await runCommand({
  name: 'decode',
  call: 'npm run -s decode',
  does: `Prints the stack traces of FILE, or of the standard input, with the files, lines and names of the sources. A log line of
    JSON names its function itself.

    It takes the bundles that npm run synth has made, so check out the commit that is deployed. Or download the code of the
    function and name its folder with --bundle, because the map lies beside the bundle.`,
  options: OPTIONS,
  operands: '[FILE]',
  run: decode,
});
