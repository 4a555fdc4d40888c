/** `npm run restore`: brings the books of an earlier time back, beside those that are bad. */
import { resolve } from 'node:path';
import { RESTORED_FILE } from '../../infra/restored.ts';
import type { Stage } from '../../infra/stages.ts';
import { LocalFailure } from '../../local/failure.ts';
import { restoreSnapshot, snapshotBefore } from '../../local/snapshots.ts';
import { dataDirIn } from '../../local/state-folder.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { SYSTEM } from '../../shared/runtime/runtime.ts';
import { dynamoDbOf } from '../aws/clients.ts';
import { explaining } from '../aws/explained.ts';
import { runCommand, type Verdict } from '../command.ts';
import { isConfirmed } from '../confirm.ts';
import { withProgress } from '../progress.ts';
import { OPTIONS, type RestoreOptions } from './options.ts';
import { planRestore, restoreStage, stampOf } from './restore-stage.ts';
import { switchOver } from './switch-over.ts';

async function restore({ to, stage, out, yes }: RestoreOptions): Promise<Verdict> {
  if (!stage) return restoreFolder(to, out, yes);
  if (out !== undefined)
    throw new LocalFailure('--out is for this machine, and a stage is restored in its own account');
  return restoreTables(stage, to, yes);
}

async function restoreTables(stage: Stage, to: Instant, yes: boolean): Promise<Verdict> {
  const control = dynamoDbOf(stage);
  try {
    const moves = await planRestore(control, stage, to);
    for (const { source, target } of moves) process.stdout.write(`${source} as of ${to} becomes ${target}\n`);
    if (!(await isConfirmed('Restore them?', yes))) return 'done';
    const tables = await withProgress((onProgress) => restoreStage(moves, to, { ...SYSTEM, control, onProgress }));
    switchOver(RESTORED_FILE, stage, tables);
    process.stdout.write(farewellOf(stage));
    return 'done';
  } finally {
    control.destroy();
  }
}

const farewellOf = ({ name }: Stage): string => `
The restored tables are ready. infra/restored.json names them, and the service still uses the others. Go on so:
  npm run audit -- --stage ${name}
  commit infra/restored.json, and deploy stage ${name}: from then on the service uses the restored tables
  npm run audit -- --stage ${name}
To go back, undo the change of infra/restored.json and deploy again. docs/recovery.md tells what else to do.
`;

async function restoreFolder(to: Instant, out: string | undefined, yes: boolean): Promise<Verdict> {
  const dataDir = dataDirIn(process.env);
  const target = out === undefined ? `${dataDir}-${stampOf(to)}` : resolve(out);
  const snapshot = snapshotBefore(dataDir, to);
  process.stdout.write(`the books of ${snapshot.at}, the last snapshot, go to ${target}\n`);
  if (!(await isConfirmed('Restore them?', yes))) return 'done';
  restoreSnapshot(snapshot, dataDir, target);
  process.stdout.write(`
Look at them, and then run on them:
  DATA_DIR='${target}' npm run audit
  DATA_DIR='${target}' npm start
`);
  return 'done';
}

await runCommand({
  name: 'restore',
  call: 'npm run restore',
  does: `Restores the books to an instant, in new places. The books of now stay as they are.

    On a stage it restores all tables, sets them up as those in use, and writes their names to infra/restored.json.
    The next deployment makes the service use them. It may take hours, and can be run again when it was cut short. On
    this machine it takes the last snapshot before the instant (npm run snapshot).`,
  options: OPTIONS,
  run: (options) => explaining(options.stage, () => restore(options)),
});
