/**
 * What a body has to be before anything parses it: JSON by its type, small, UTF-8, one document, not deep, and no key
 * twice. A parser takes the last of two equal keys, another one the first, and so two readers see two requests.
 */
import type { MiddlewareObj } from '@middy/core';
import { type JSONPath, visit } from 'jsonc-parser';
import type { Fault } from '../contract/problems.ts';
import { pointerTo } from './pointer.ts';
import { invalidRequest, ProblemError } from './problem-response.ts';
import type { ApiEvent } from './request.ts';

/**
 * 16 kB. The longest InMail, 2,100 characters, has 8.4 kB as UTF-8, and 12.6 kB with every letter written as `\u0416`. Only
 * one of many hundred emoji, each escaped into 12 bytes, does not fit; as UTF-8 it does.
 */
const MAX_BYTES = 16 * 1024;
/** Ours are one deep. A parser that recurses, and whatever prints what it made, ends with its stack at some thousands. */
const MAX_DEPTH = 16;

/** Its parameters say nothing that bytes do not: JSON is UTF-8 (RFC 8259). */
const JSON_TYPE = /^application\/json\s*(;[^,]*)?$/i;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Leaves the body as text, to be parsed. */
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
/** JSON begins with a character of ASCII, so a NUL before or after it is half of a wider one. */
const WIDE = /^\0|^.\0/s;

function textOf({ body, isBase64Encoded }: ApiEvent): string {
  if (typeof body !== 'string') throw malformed();
  const bytes = Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes > MAX_BYTES) throw new ProblemError({ slug: 'payload-too-large', detail: `At most ${MAX_BYTES} bytes.` });
  const text = isBase64Encoded ? decoded(body) : body;
  // With its byte order mark, if it has one: JSON knows none, and what reads the text below would not say why.
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

/** Of the raw text, brackets in strings left out: as deep as a parser would go until it finds a fault. */
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

/** Keys that are there twice, however they are spelled, and those by which JavaScript reaches a prototype: none is ours. */
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
      // At the first one: beyond it, this reader and `depthOf` may take different things for strings.
      onError: () => {
        throw malformed();
      },
    },
    { disallowComments: true },
  );
  return faults;
}
