/** A log file as lines of text, whatever editor wrote it. A file of another format is refused by that format's name. */
import { constants, isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { LocalFailure } from '../../local/failure.ts';

/** A file that cannot be read, or a line that is not what it should be. The message names file, line and fault. */
export class LogError extends LocalFailure {}

/** `text` is as it stands, blanks at its ends included. */
export type Line = { readonly text: string; readonly line: number };

/** The lines up to the last one that is not blank, at least one. A gzip is unpacked, whatever its name. Throws a LogError. */
export async function readLines(file: string): Promise<Line[]> {
  const bytes = await readBytes(file).catch((error: Error) => {
    throw new LogError(`${file}: ${error.message}`);
  });
  const format = FORMATS.find(([start]) => hasStart(bytes, start));
  if (format) throw new LogError(`${file}: ${format[1]}`);
  if (bytes.includes(0))
    throw new LogError(
      `${file}: ${bytes.indexOf(0) < 2 ? 'UTF-16, not UTF-8' : 'zeros between its letters: not text'}`,
    );
  if (!isUtf8(bytes)) throw notUtf8(file, bytes);
  const lines = linesIn(bytes.toString());
  const last = lines.findLastIndex((text) => text.trim() !== '');
  if (last === -1) throw new LogError(`${file}: the file is empty`);
  return lines.slice(0, last + 1).map((text, index) => ({ text, line: index + 1 }));
}

const linesIn = (text: string): string[] => text.split(/\r\n?|\n/);

const hasStart = (bytes: Buffer, hex: string): boolean =>
  bytes.subarray(0, hex.length / 2).equals(Buffer.from(hex, 'hex'));

const GZIP = '1f8b';

/** Formats that are refused, by their first bytes in hex, after a gzip is unpacked. The longer of two comes first. */
const FORMATS = [
  [GZIP, 'gzip within gzip, where one is unpacked'],
  ['504b0304', 'a zip archive, not text or gzip'],
  ['425a68', 'bzip2, not text or gzip'],
  ['fd377a585a00', 'xz, not text or gzip'],
  ['28b52ffd', 'zstd, not text or gzip'],
  ['fffe0000', 'UTF-32 (little-endian), not UTF-8'],
  ['0000feff', 'UTF-32 (big-endian), not UTF-8'],
  ['fffe', 'UTF-16 (little-endian), not UTF-8'],
  ['feff', 'UTF-16 (big-endian), not UTF-8'],
] as const;

const unzip = promisify(gunzip);

/** A gzip of more than one string can hold is refused before it fills the memory. */
async function readBytes(file: string): Promise<Buffer> {
  const bytes = await readFile(file);
  if (!hasStart(bytes, GZIP)) return bytes;
  return unzip(bytes, { maxOutputLength: constants.MAX_STRING_LENGTH }).catch((error: Error) => {
    throw new Error(`gzip that cannot be unpacked: ${error.message}`);
  });
}

/** Names the first line that is not UTF-8. */
function notUtf8(file: string, bytes: Buffer): LogError {
  const lines = linesIn(bytes.toString('latin1'));
  const index = lines.findIndex((text) => !isUtf8(Buffer.from(text, 'latin1')));
  return new LogError(`${file}:${index + 1}: not UTF-8, Latin-1 perhaps: read ${shown(lines[index] ?? '')}`);
}

/** Enough to tell which line is meant. */
const SHOWN_CHARACTERS = 80;

/** In quotation marks. Invisible characters stand as `\u…`. */
export function shown(text: string): string {
  const cut = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
  const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u00a0]/gu;
  return JSON.stringify(cut).replace(
    invisible,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
