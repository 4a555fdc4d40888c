/** How often a schedule of EventBridge Scheduler runs. */

const HOURS_PER_DAY = 24;
const MINUTES_PER_HOUR = 60;

/** A month as AWS's price pages reckon with it: 730 hours. */
export const HOURS_PER_MONTH = 730;

/**
 * Understands schedules of every day, such as `cron(5 0 * * ? *)` and `cron(0/15 * * * ? *)`. Throws for any other, because a
 * guess would make the sum wrong without a word.
 */
export function runsAMonth(expression: string): number {
  const [, minutes, hours, rest] = /^cron\((\S+) (\S+) (.*)\)$/.exec(expression) ?? [];
  if (minutes === undefined || hours === undefined || rest !== '* * ? *') {
    throw new Error(`the runs of ${expression} cannot be counted: it is no cron expression of every day`);
  }
  const runsADay = valuesIn(minutes, MINUTES_PER_HOUR) * valuesIn(hours, HOURS_PER_DAY);
  return (runsADay * HOURS_PER_MONTH) / HOURS_PER_DAY;
}

/** How many values of `0 … end - 1` a field stands for: `*`, `5`, `5,35` or `0/15`. */
function valuesIn(field: string, end: number): number {
  if (field === '*') return end;
  const [, first, step] = /^(\d+)\/(\d+)$/.exec(field) ?? [];
  if (first !== undefined) return Math.ceil((end - Number(first)) / Number(step));
  if (/^\d+(,\d+)*$/.test(field)) return field.split(',').length;
  throw new Error(`a field of a cron expression cannot be read: ${field}`);
}
