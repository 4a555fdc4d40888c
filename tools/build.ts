/** `npm run build`: makes all files that are deployed, which are the page and the contract's documents. */
import { relative } from 'node:path';
import { buildPage } from './build-page.ts';
import { runCommand } from './command.ts';

await runCommand({
  name: 'build',
  call: 'npm run build',
  does: "Makes all files that are deployed, which are the page and the contract's documents.",
  options: {},
  run: async () => {
    const folder = await buildPage(console.log, { anew: true });
    console.log(`Built into ${relative('.', folder)}.`);
    return 'done';
  },
});
