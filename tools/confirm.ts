/** Every command that writes says first what it would do, and does it only when it is told to. */
import { createInterface } from 'node:readline/promises';

export const YES_OPTION = {
  does: 'does it without asking. Without it and without a terminal, only says what would be done',
} as const;

type Terminal = Pick<NodeJS.Process, 'stdin' | 'stdout'>;

/** Whether to go on. Without a terminal it says how to, and that nothing was done. */
export async function isConfirmed(
  question: string,
  yes: boolean,
  { stdin, stdout }: Terminal = process,
): Promise<boolean> {
  if (yes) return true;
  if (!stdin.isTTY) {
    stdout.write('Nothing was done. Add --yes to do it.\n');
    return false;
  }
  const lines = createInterface({ input: stdin, output: stdout });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} (y/N) `)).trim());
  } finally {
    lines.close();
  }
}
