/** `npm run rehearse`: deploys this system on an emulator of AWS, plays its whole life there, and takes it away again. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalFailure } from '../../local/failure.ts';
import { runCommand, type Verdict } from '../command.ts';
import { stopAsked } from '../until-stopped.ts';
import { holdsCommit } from './assembly.ts';
import { REPOSITORY } from './call.ts';
import { startMiniStack } from './ministack.ts';
import type { Rehearsal, Step } from './rehearsal.ts';
import { STEPS } from './steps.ts';
import { OLD_COMMIT } from './upgrade.ts';

const CACHE = join(REPOSITORY, '.cache');
/** The logs of a rehearsal that failed are kept here. */
const LOGS = join(CACHE, 'rehearsal-logs');

async function rehearse(): Promise<Verdict> {
  const stopping = new AbortController();
  const stopped = stopAsked().then(() => {
    const reason = new LocalFailure('stopped before its end');
    stopping.abort(reason);
    throw reason;
  });
  const folder = mkdtempSync(join(tmpdir(), 'inmail-credits-rehearsal-'));
  try {
    return await playAll(folder, { signal: stopping.signal, stopped });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Stop = {
  readonly signal: AbortSignal;
  /** Rejects at the signal, because not everything that a step awaits listens to it. */
  readonly stopped: Promise<never>;
};

async function playAll(folder: string, { signal, stopped }: Stop): Promise<Verdict> {
  const began = Date.now();
  await using emulator = await startMiniStack({ cache: CACHE, folder: join(folder, 'ministack') });
  const rehearsal: Rehearsal = {
    ...{ emulator, folder, signal },
    log: join(folder, 'rehearsal.log'),
    assembly: join(folder, 'cdk.out'),
    oldAssembly: holdsCommit(OLD_COMMIT) ? join(folder, 'old-cdk.out') : undefined,
  };
  for (const step of STEPS) {
    if (await isPlayed(step, rehearsal, stopped)) continue;
    keepLogs(rehearsal.log, emulator.log);
    return 'found';
  }
  process.stdout.write(`All ${STEPS.length} steps in ${secondsSince(began)} s.\n`);
  return 'done';
}

/** Prints how it went. Throws what stopped the rehearsal from outside. */
async function isPlayed({ name, proves, run }: Step, rehearsal: Rehearsal, stopped: Promise<never>): Promise<boolean> {
  const began = Date.now();
  const tell = (verdict: string, more = '') => {
    const seconds = secondsSince(began).padStart(6);
    process.stdout.write(`${verdict.padEnd(7)}${seconds} s  ${proves.join(' ').padEnd(6)} ${name}${more}\n`);
  };
  try {
    const leftOut = await Promise.race([run(rehearsal), stopped]);
    const isLeftOut = typeof leftOut === 'string';
    tell(isLeftOut ? 'skipped' : 'ok', isLeftOut ? `: ${leftOut}` : '');
    return true;
  } catch (error) {
    rehearsal.signal.throwIfAborted();
    tell('FAILED', `\n${error instanceof Error ? (error.stack ?? error.message) : error}`);
    return false;
  }
}

const secondsSince = (began: number): string => ((Date.now() - began) / 1_000).toFixed(1);

function keepLogs(...logs: readonly string[]): void {
  rmSync(LOGS, { recursive: true, force: true });
  for (const log of logs) cpSync(log, join(LOGS, log.split('/').at(-1) ?? ''));
  process.stderr.write(`rehearse: what the programs printed is in ${LOGS}\n`);
}

await runCommand({
  name: 'rehearse',
  call: 'npm run rehearse',
  does: `Deploys all stacks of all stages with the CDK CLI on MiniStack, an emulator of AWS, with IAM enforced. There it plays the
    system's whole life: sign-ins, requests, events, sweeps, an upgrade, a rebuild and the destruction.

    The first run installs MiniStack into .cache. It needs Python 3.10 or later, and PyPI.`,
  options: {},
  finds: 'a step fails',
  run: rehearse,
});
