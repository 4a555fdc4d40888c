/**
 * Runs commands one after the other in this process, each with `--help` and with an option that it does not know. Prints what
 * they printed and ended with. The query makes each run a module of its own.
 */
import { pathToFileURL } from 'node:url';

const commands: { script: string; file: string }[] = JSON.parse(process.argv[2] ?? '');
const exit = process.exit;
const write = { out: process.stdout.write, err: process.stderr.write };

/** `npm start` and `npm run dev` end the process themselves. */
process.exit = (() => {}) as typeof process.exit;

async function run(file: string, option: string) {
  const said = { out: '', err: '' };
  const into = (name: keyof typeof said) => (chunk: string | Uint8Array) => {
    said[name] += chunk;
    return true;
  };
  [process.stdout.write, process.stderr.write] = [into('out'), into('err')];
  process.argv = [process.argv[0] ?? '', file, option];
  process.exitCode = 0;
  await import(`${pathToFileURL(file).href}?${option}`);
  [process.stdout.write, process.stderr.write] = [write.out, write.err];
  return { code: process.exitCode, ...said };
}

const outputs = [];
for (const { script, file } of commands) {
  outputs.push({ script, help: await run(file, '--help'), odd: await run(file, '--surprise') });
}
process.exitCode = 0;
process.stdout.write(JSON.stringify(outputs), () => exit());
