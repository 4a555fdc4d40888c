/** A progress bar for commands that take long. */
import cliProgress from 'cli-progress';

/** Called with what is being done, how much of it is done, and of how much. Without a total there is only a count. */
export type OnProgress = (what: string, done: number, total?: number) => void;

const BAR = '{what} {bar} {percentage}% | {duration_formatted}';
const COUNT = '{what}: {value} | {duration_formatted}';

/** A bar where stderr is a terminal. Elsewhere it is silent, because a log should stay readable. */
export async function withProgress<T>(run: (onProgress: OnProgress) => Promise<T>): Promise<T> {
  let bar: cliProgress.SingleBar | undefined;
  const startBar = (what: string, total: number | undefined): cliProgress.SingleBar => {
    const options = { format: total === undefined ? COUNT : BAR, noTTYOutput: false, clearOnComplete: true };
    const started = new cliProgress.SingleBar(options, cliProgress.Presets.shades_classic);
    started.start(total ?? 0, 0, { what });
    return started;
  };
  try {
    return await run((what, done, total) => {
      bar ??= startBar(what, total);
      if (total !== undefined) bar.setTotal(total);
      bar.update(done, { what });
    });
  } finally {
    bar?.stop();
  }
}
