/** `npm run build`: makes all files that are deployed, which are the page and the contract's documents. */
import { relative } from 'node:path';
import { LocalFailure } from '../local/failure.ts';
import { buildPage } from './build-page.ts';

try {
  const folder = await buildPage(console.log, { anew: true });
  console.log(`Built into ${relative('.', folder)}.`);
} catch (error) {
  console.error(error instanceof LocalFailure ? `build: ${error.message}` : error);
  process.exitCode = 1;
}
