/**
 * Checks a body before anything parses it. It must be JSON by its type, small, UTF-8, one document and not deep, and
 * must have no key twice. Of two equal keys one parser takes the first and another the last, so two readers would see
 * two requests.
 */
import type { MiddlewareObj } from '@middy/core';
import { type JSONPath, visit } from 'jsonc-parser';
import type { Fault } from '../contract/problems.ts';
import { pointerTo } from './pointer.ts';
import { invalidRequest, ProblemError } from './problem-response.ts';
import type { ApiEvent } from './request.ts';

/**
 * 16 kB. The longest InMail, 2,100 characters, has 8.4 kB as UTF-8, and 12.6 kB with every letter written as `\u0416`.
 * Only an InMail of many hundred emoji, each escaped into 12 bytes, does not fit. As UTF-8 it does.
 */
const MAX_BYTES = 16 * 1024;
/** Our bodies are one deep. A recursive parser or printer runs out of stack at a depth of some thousands. */
const MAX_DEPTH = 16;

/** The parameters of the type do not matter, because JSON is UTF-8 (RFC 8259). */
const JSON_TYPE = /^application\/json\s*(;[^,]*)?$/i;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Leaves the body as text, for the parser. */
export function rawBody(): MiddlewareObj<ApiEvent> {
  return {
    before: ({ event }) => {
      if (!JSON_TYPE.test(event.headers['content-type'] ?? ''))
        throw new ProblemError({ slug: 'unsupported-media-type' });
      const text = textOf(event);
      if (depthOf(text) > MAX_DEPTH) throw invalidRequest([fault([], `nested deeper than ${MAX_DEPTH}`)]);
      const faults = faultsOfKeys(text);
      if (faults.length > 0) throw invalidRequest(faults);
      Object.assign(event, { body: text, isBase64Encoded: false });
    },
  };
}

const fault = (path: JSONPath, detail: string): Fault => ({ in: 'body', pointer: pointerTo(path), detail });

const malformed = (detail?: string) => new ProblemError({ slug: 'malformed-json', ...(detail && { detail }) });

const NOT_UTF_8 = 'The body is not UTF-8. JSON is UTF-8, without a byte order mark: Latin-1 and UTF-16 are not.';
/** JSON begins with an ASCII character, so a NUL before or after it is half of a wider character. */
const WIDE = /^\0|^.\0/s;

function textOf({ body, isBase64Encoded }: ApiEvent): string {
  if (typeof body !== 'string') throw malformed();
  const bytes = Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes > MAX_BYTES) throw new ProblemError({ slug: 'payload-too-large', detail: `At most ${MAX_BYTES} bytes.` });
  const text = isBase64Encoded ? decoded(body) : body;
  // The text still has its byte order mark, if any. JSON has none, and the readers below would not name that fault.
  if (!text.isWellFormed() || WIDE.test(text) || text.startsWith('\ufeff')) throw malformed(NOT_UTF_8);
  return text;
}

function decoded(base64: string): string {
  if (!BASE64.test(base64)) throw malformed();
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(base64, 'base64'));
  } catch {
    throw malformed(NOT_UTF_8);
  }
}

/** The depth of the raw text without the brackets in strings. A parser goes as deep, until it finds a fault. */
function depthOf(text: string): number {
  let [depth, deepest, isInString] = [0, 0, false];
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (isInString && character === '\\') index += 1;
    else if (character === '"') isInString = !isInString;
    else if (!isInString && '[{'.includes(character)) depth += 1;
    else if (!isInString && ']}'.includes(character)) depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** Finds keys that are there twice, in any spelling, and keys by which JavaScript reaches a prototype. None is ours. */
function faultsOfKeys(text: string): Fault[] {
  const faults: Fault[] = [];
  const open: Set<string>[] = [];
  visit(
    text,
    {
      onObjectBegin: () => {
        open.push(new Set());
      },
      onObjectEnd: () => {
        open.pop();
      },
      onObjectProperty: (key, _offset, _length, _line, _character, pathOf) => {
        const keys = open.at(-1);
        if (keys?.has(key)) faults.push(fault([...pathOf(), key], 'given twice'));
        else if (key === '__proto__' || key === 'constructor') faults.push(fault([...pathOf(), key], 'unknown field'));
        keys?.add(key);
      },
      // It ends at the first error. Beyond that, this reader and `depthOf` may disagree about strings.
      onError: () => {
        throw malformed();
      },
    },
    { disallowComments: true },
  );
  return faults;
}
