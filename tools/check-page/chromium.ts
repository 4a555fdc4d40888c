/** The browser that looks at the page. It has to be installed, because none comes with the packages. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { LocalFailure } from '../../local/failure.ts';

const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'];
const folders = (process.env.PATH ?? '').split(delimiter);

/** The path of a Chromium. Undefined where there is none. */
export const CHROMIUM = folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(existsSync);

/** Throws a LocalFailure where none is installed. */
export function chromiumOrFail(): string {
  if (!CHROMIUM) throw new LocalFailure('Chromium is needed (Debian: apt install chromium)');
  return CHROMIUM;
}

/** Builds run as root, and Debian's Chromium has no sandbox for root. It shows only pages of this machine. */
export const CHROMIUM_ARGS = ['--no-sandbox'] as const;
