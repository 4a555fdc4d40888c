/** Whether each function of a stage has run, and with every right that it needs. */
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { nameIn } from '../../infra/names.ts';
import { aws } from './programs.ts';
import { hold, type Rehearsal } from './rehearsal.ts';

const names = z.array(z.string());

/** MiniStack counts only the calls that its own API makes. But it logs the start of each function. */
const STARTED = /worker spawned for (\S+) /g;

/** Throws a StepFailure that names the functions that were never called, or quotes what IAM has refused. */
export async function everyFunctionRan(rehearsal: Rehearsal, stage: string): Promise<void> {
  const listed = names.parse(await aws(rehearsal, 'lambda', 'list-functions', '--query=Functions[].FunctionName'));
  const own = listed.filter((name) => name.startsWith(nameIn({ name: stage }, '')));
  const log = readFileSync(rehearsal.emulator.log, 'utf8');
  const started = new Set([...log.matchAll(STARTED)].map(([, name]) => name));
  const idle = own.filter((name) => !started.has(name));
  hold(own.length > 0 && idle.length === 0, `never called: ${idle.join(', ')}`);
  const refused = log.split('\n').filter((line) => /AccessDenied|not authorized/.test(line));
  hold(refused.length === 0, `IAM has refused: ${refused.slice(0, 3).join('\n')}`);
}
