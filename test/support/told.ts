/** The lines that functions write for their operators: logs and failures counted by function. */
import { Metrics } from '@aws-lambda-powertools/metrics';
import { vi } from 'vitest';
import { logger } from '../../shared/runtime/telemetry.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
type Line = any;

export type Told<Result> = {
  readonly result: Result;
  /** Everything as it was written. */
  readonly text: string;
  readonly logs: readonly Line[];
  /** `busy of send-inmail`. */
  readonly failures: readonly string[];
  /** The names of everything that was counted. */
  readonly counted: readonly string[];
};

/** Other tests are silent, so this turns logs and metrics on for a while. */
export async function whatIsTold<Result>(act: () => Promise<Result>): Promise<Told<Result>> {
  let text = '';
  const write = (chunk: unknown) => {
    text += String(chunk);
    return true;
  };
  const streams = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write').mockImplementation(write));
  const counting = vi.spyOn(Metrics.prototype, 'addMetric');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  // The logger sets its first level again at each request.
  const levels = vi.spyOn(logger, 'refreshSampleRateCalculation').mockImplementation(() => {});
  logger.setLogLevel('INFO');
  try {
    const result = await act();
    const lines: Line[] = text.split('\n').filter(Boolean).map(parsed);
    return {
      ...{ result, text, logs: lines.filter(({ level }) => level !== undefined) },
      failures: lines.filter(({ _aws }) => _aws !== undefined).map(failureIn),
      counted: counting.mock.calls.map(([name]) => name),
    };
  } finally {
    logger.setLogLevel('SILENT');
    vi.unstubAllEnvs();
    for (const spy of [...streams, counting, levels]) spy.mockRestore();
  }
}

/** Some lines are no JSON, such as a warning of Node's. */
function parsed(line: string): Line {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}

function failureIn(line: Line): string {
  const [{ Dimensions, Metrics: counted }] = line._aws.CloudWatchMetrics;
  const ofFunction = Dimensions[0].includes('function') ? ` of ${line.function}` : '';
  return `${counted[0].Name}${ofFunction}`;
}
