/** `npm run destroy`: removes a stage whole, with its books, its people and its addresses. */
import { createInterface } from 'node:readline/promises';
import type { Stage } from '../../infra/stages.ts';
import { LocalFailure } from '../../local/failure.ts';
import { cloudFormationOf } from '../aws/deployed.ts';
import { explaining } from '../aws/explained.ts';
import { NEEDED_STAGE } from '../aws/needed-stage.ts';
import { runCommand } from '../command.ts';
import type { OptionTable, ValuesOf } from '../options.ts';
import { destroyStage } from './destroy-stage.ts';
import { remainsClientsOf } from './remains.ts';

const OPTIONS = {
  stage: NEEDED_STAGE,
  yes: { does: 'does it without asking for the name of the stage. A run without a terminal needs it' },
} as const satisfies OptionTable;

const destroy = ({ stage, yes }: ValuesOf<typeof OPTIONS>): Promise<void> =>
  destroyStage(stage, {
    cloudFormation: cloudFormationOf(stage),
    remains: remainsClientsOf(stage),
    isConfirmed: async () => yes || (await isNameTyped(stage)),
    say: (line) => console.log(line),
  });

async function isNameTyped({ name }: Stage): Promise<boolean> {
  if (!process.stdin.isTTY) throw new LocalFailure('there is no terminal to ask on: add --yes');
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await lines.question('Type the name of the stage to go on: ')).trim() === name;
  } finally {
    lines.close();
  }
}

await runCommand({
  name: 'destroy',
  call: 'npm run destroy',
  does: `Removes a stage whole: its stacks, and what they have left. A protected stage refuses.

    The bootstrap stack of CDK stays, and so do the bundles in its bucket, because other stages use them.`,
  options: OPTIONS,
  run: async (options) => {
    await explaining(options.stage, () => destroy(options));
    return 'done';
  },
});
