/** Stack traces of bundles, as lines of text or within log lines of JSON, with the places of their sources. */
import { LocalFailure } from '../../local/failure.ts';
import type { Bundle, FindBundle } from './bundle.ts';

/** `at x (/var/task/index.js:108:25211)`, also without a name, and after `async` or `new`. */
const FRAME = /^(\s*at (?:async |new )*)(?:(\S.*?) \()?[^\s()]*\bindex\.js:(\d+):(\d+)\)?$/;

export type Decoding = {
  /** The function of every stack, if a log line does not name one. */
  readonly functionName?: string | undefined;
  readonly find: FindBundle;
};

/** Throws a LocalFailure if the function is unknown or its bundle is another one. */
export function decodeText(text: string, decoding: Decoding): string {
  const lines = text.split(/\r?\n/);
  const plain: string[] = [];
  const decoded: string[] = [];
  const endStack = () => {
    decoded.push(...decodeStack(plain.splice(0), () => bundleOf(undefined, decoding)));
  };
  for (const line of lines) {
    const entry = logEntryIn(line);
    if (!entry) {
      plain.push(line);
      continue;
    }
    endStack();
    decoded.push(...decodeEntry(entry, decoding));
  }
  endStack();
  return decoded.join('\n');
}

type LogEntry = Readonly<Record<string, unknown>>;

/** A tool may print a time or a stream ahead of the JSON. */
function logEntryIn(line: string): LogEntry | undefined {
  const start = line.indexOf('{');
  if (start < 0) return undefined;
  try {
    return JSON.parse(line.slice(start));
  } catch {
    return undefined;
  }
}

function decodeEntry(entry: LogEntry, decoding: Decoding): string[] {
  const { timestamp, level, message, function_name, requestId } = entry;
  const head = [timestamp, level, function_name, message, requestId].filter((part) => typeof part === 'string');
  const find = () => bundleOf(function_name, decoding);
  const stacks = stacksOf(entry.error ?? entry).flatMap((stack) => decodeStack(stack.split('\n'), find));
  return [head.join(' '), ...stacks];
}

/** The stack of an error, and those of its causes. Lambda's own line of an error is one itself. */
function stacksOf(error: unknown): string[] {
  const { stack, cause } = (error ?? {}) as { readonly stack?: unknown; readonly cause?: unknown };
  const own = Array.isArray(stack) ? stack.join('\n') : stack;
  if (typeof own !== 'string') return [];
  return [own, ...stacksOf(cause)];
}

function bundleOf(functionName: unknown, { functionName: given, find }: Decoding): Bundle {
  const name = given ?? functionName;
  if (typeof name !== 'string') {
    throw new LocalFailure('the text does not say whose stack it is: add --function NAME, for example send-inmail');
  }
  return find(name);
}

function decodeStack(lines: readonly string[], find: () => Bundle): string[] {
  const frames = lines.map((line) => FRAME.exec(line));
  if (frames.every((frame) => frame === null)) return [...lines];
  const bundle = find();
  const origins = frames.map((frame) => frame && bundle.originOf({ line: Number(frame[3]), column: Number(frame[4]) }));
  refuseOther(bundle, frames.filter(Boolean).length, origins.filter((origin) => origin?.isExact).length);
  return lines.map((line, index) => {
    const [frame, origin] = [frames[index], origins[index]];
    if (!frame || !origin) return line;
    const [, start = '', short] = frame;
    const place = `${origin.file}:${origin.line}:${origin.column}${origin.isExact ? '' : ' (uncertain)'}`;
    return short === undefined ? `${start}${place}` : `${start}${bundle.nameOf(short) ?? short} (${place})`;
  });
}

/** Of another build's places, one in five is exact by chance. Those of the right build all are, but for rare ones. */
function refuseOther({ folder }: Bundle, frames: number, exact: number): void {
  if (exact * 2 >= frames) return;
  throw new LocalFailure(
    `the stack is of another bundle than ${folder}: ${exact} of ${frames} places fit. ` +
      'Check out the commit that is deployed and run npm run synth, or name the folder of the deployed bundle with --bundle',
  );
}
