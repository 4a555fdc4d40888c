/**
 * `npm run check:additions`: adds a plan, a route, a sweep and an event, each in a copy of this repository, and runs the
 * checks. Then it leaves out each file in turn, and looks for the line that tells a newcomer what is missing.
 */
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { LocalFailure } from '../../local/failure.ts';
import { runCommand } from '../../tools/command.ts';
import { ADDITIONS, type Addition, type Edit } from './additions.ts';

/** Each as a newcomer runs it. The first that fails ends the checks. */
const CHECKS = [
  ['biome', 'check', '--write', 'shared', 'functions', 'infra', 'web', 'test'],
  ['npm', 'run', '-s', 'typecheck'],
  ['npm', 'run', '-s', 'generate'],
  ['vitest', 'run', '--project', 'unit', '--update'],
] as const;

type Outcome = { readonly isGreen: boolean; readonly said: string };

/** The committed files and the changed ones, beside packages that are only linked to. */
function scratchCopy(): string {
  const copy = mkdtempSync(join(tmpdir(), 'inmail-credits-addition-'));
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { encoding: 'utf8' });
  for (const file of listed.split('\0').filter(Boolean)) cpSync(file, join(copy, file));
  symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
  execFileSync('git', ['init', '-q'], { cwd: copy });
  return copy;
}

/** Throws where the text that an edit looks for is not there once. */
function edited(text: string, edit: Edit, file: string): string {
  if ('whole' in edit) return edit.whole;
  const anchor = 'before' in edit ? edit.before : 'after' in edit ? edit.after : edit.instead;
  const [head, tail, ...others] = text.split(anchor);
  if (head === undefined || tail === undefined || others.length > 0) {
    throw new Error(`${file}: ${JSON.stringify(anchor)} has to be there once`);
  }
  if ('instead' in edit) return `${head}${edit.text}${tail}`;
  if ('before' in edit) {
    const start = head.lastIndexOf('\n') + 1;
    return `${text.slice(0, start)}${edit.text}\n${text.slice(start)}`;
  }
  const end = text.indexOf('\n', head.length + anchor.length) + 1;
  return `${text.slice(0, end)}${edit.text}\n${text.slice(end)}`;
}

function apply(copy: string, { file, edits }: { readonly file: string; readonly edits: readonly Edit[] }): void {
  const path = join(copy, file);
  const isNew = edits.some((edit) => 'whole' in edit);
  const text = edits.reduce((now, edit) => edited(now, edit, file), isNew ? '' : readFileSync(path, 'utf8'));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

async function check(cwd: string): Promise<Outcome> {
  const env = { ...process.env, NO_COLOR: '1', PATH: `${join(cwd, 'node_modules/.bin')}:${process.env.PATH}` };
  let said = '';
  for (const [command, ...args] of CHECKS) {
    try {
      const { stdout, stderr } = await promisify(execFile)(command, args, { cwd, env, maxBuffer: 256 * 1024 * 1024 });
      said += stdout + stderr;
    } catch (error) {
      const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
      return { isGreen: false, said: said + stdout + stderr };
    }
  }
  return { isGreen: true, said };
}

/** The additions in one copy, without the file at `without`, checked. Their tests are there, because they ask for them. */
async function play(additions: readonly Addition[], without?: number): Promise<Outcome> {
  const copy = scratchCopy();
  try {
    for (const { steps, tests } of additions) {
      for (const [index, step] of steps.entries()) if (index !== without) apply(copy, step);
      for (const step of tests) apply(copy, step);
    }
    return await check(copy);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** They are made in one copy, which takes a third of the time. Each is played alone to find the one with the fault. */
async function faultsOfWhole(additions: readonly Addition[]): Promise<string[]> {
  if ((await play(additions)).isGreen) return [];
  const faults: string[] = [];
  for (const addition of additions) {
    const { isGreen, said } = await play([addition]);
    if (!isGreen) faults.push(`${addition.name}: the checks fail\n${said.slice(-4_000)}`);
  }
  return faults.length > 0 ? faults : ['the checks fail for all additions in one copy, and pass for each alone'];
}

async function faultsOf(addition: Addition): Promise<string[]> {
  const { name, most, steps } = addition;
  const faults = steps.length > most ? [`${name}: ${steps.length} files by hand, and ${most} are the most`] : [];
  // Without its only file nothing is added, so nothing is missing.
  for (const [index, { file, missed }] of steps.length === 1 ? [] : [...steps.entries()]) {
    const { isGreen, said } = await play([addition], index);
    if (isGreen || !missed.test(said))
      faults.push(`${name}: no check tells that ${file} is missing\n${said.slice(-2_000)}`);
  }
  return faults;
}

/** All of them, where none is named. */
function asked(names: readonly string[]): readonly Addition[] {
  const unknown = names.find((name) => !ADDITIONS.some((addition) => addition.name.endsWith(` ${name}`)));
  if (unknown !== undefined) throw new LocalFailure(`there is no addition ${unknown}`);
  return names.length === 0 ? ADDITIONS : ADDITIONS.filter(({ name }) => names.some((one) => name.endsWith(` ${one}`)));
}

await runCommand({
  name: 'check:additions',
  call: 'npm run check:additions',
  does: 'Adds a plan, a route, a sweep and an event to copies of this repository, and checks each with and without its parts.',
  options: {},
  operands: '[plan] [route] [sweep] [event]',
  finds: 'an addition takes too many files, fails its checks, or can be left half done without a word',
  run: async (_, operands) => {
    const faults = await faultsOfWhole(asked(operands));
    for (const fault of faults) console.error(fault);
    for (const addition of asked(operands)) {
      const found = await faultsOf(addition);
      console.log(
        `${addition.name}: ${addition.steps.length} files by hand, ${found.length === 0 ? 'all checks as they should be' : 'FAULTS'}`,
      );
      for (const fault of found) console.error(fault);
      faults.push(...found);
    }
    return faults.length === 0 ? 'done' : 'found';
  },
});
