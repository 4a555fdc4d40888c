/** `npm run snapshot`: keeps a copy of the local books, to which `npm run restore` can go back. */
import { takeSnapshot } from '../local/snapshots.ts';
import { dataDirIn } from '../local/state-folder.ts';
import { runCommand } from './command.ts';

await runCommand({
  name: 'snapshot',
  call: 'npm run snapshot',
  does: `Copies the books in DATA_DIR as they stand, whether or not npm start runs on them. On AWS every table keeps its
    own past, so a stage needs no snapshots.`,
  options: {},
  run: async () => {
    const { at, folder } = takeSnapshot(dataDirIn(process.env));
    process.stdout.write(`the books of ${at} in ${folder}\n`);
    return 'done';
  },
});
