/** The progress of a benchmark. */
import cliProgress from 'cli-progress';

/** Called with what is being done, how much of it is done, and of how much. */
export type OnProgress = (what: string, done: number, total: number) => void;

/** A bar where somebody watches; elsewhere silence, so that a log stays readable. */
export async function withProgress<T>(run: (onProgress: OnProgress) => Promise<T>): Promise<T> {
  const bar = new cliProgress.SingleBar(
    { format: '{what} {bar} {percentage}% | {duration_formatted}', noTTYOutput: false, clearOnComplete: true },
    cliProgress.Presets.shades_classic,
  );
  bar.start(1, 0, { what: 'starting' });
  try {
    return await run((what, done, total) => {
      bar.setTotal(total);
      bar.update(done, { what });
    });
  } finally {
    bar.stop();
  }
}
