/** The steps of a rehearsal share all of this. */
import { setTimeout } from 'node:timers/promises';
import type { MiniStack } from './ministack.ts';
import type { Caller } from './programs.ts';

/** The numbers of findings that a step proves to be mended: defects of the deployment and of its operation. */
type Finding = `D${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}` | `O${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10}`;

export type Rehearsal = Caller & {
  readonly emulator: MiniStack;
  /** The cloud assembly of all stages, adapted. */
  readonly assembly: string;
  /** That of an older commit, with the first stage alone. Undefined where git does not hold the commit. */
  readonly oldAssembly: string | undefined;
  /** A folder for what a step makes. */
  readonly folder: string;
};

/** One thing that is tried. It throws an error that says what is not as it should be. */
export type Step = {
  readonly name: string;
  readonly proves: readonly Finding[];
  /** Returns a text that says why it was left out, if it was. */
  readonly run: (rehearsal: Rehearsal) => Promise<unknown>;
};

/** The world is not as a step expects it. */
class StepFailure extends Error {
  override readonly name = 'StepFailure';
}

/** Throws a StepFailure with the words where a thing is not so. */
export function hold(isSo: boolean, otherwise: string): asserts isSo {
  if (!isSo) throw new StepFailure(otherwise);
}

/** Streams are read once a second, and a function may have to start first. */
const PATIENCE_MILLIS = 60_000;
const POLL_MILLIS = 500;

/** Asks again and again until it is so. Throws a StepFailure with the words when a minute has passed. */
export async function until(isSo: () => Promise<boolean>, otherwise: () => string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MILLIS;
  while (!(await isSo())) {
    hold(Date.now() < deadline, otherwise());
    await setTimeout(POLL_MILLIS);
  }
}
