/** Which browser looks at the page: one that is installed, for none comes with the packages. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { LocalFailure } from '../../local/failure.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const folders = (process.env.PATH ?? '').split(delimiter);

/** Where a Chromium is; undefined where there is none. */
export const CHROMIUM = folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(existsSync);

/** Throws a LocalFailure where none is installed. */
export function chromiumOrFail(): string {
  if (!CHROMIUM) throw new LocalFailure('Chromium is needed (Debian: apt install chromium)');
  return CHROMIUM;
}

/** Debian's has no sandbox for root, as whom builds run; what it shows is this machine's own. */
export const CHROMIUM_ARGS = ['--no-sandbox'] as const;
