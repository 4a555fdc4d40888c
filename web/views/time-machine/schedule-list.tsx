/** The scheduled jobs with a switch for each. A job that never runs changes no balance (R6). */
import { useRef, useState } from 'preact/hooks';
import { type Problem, problemFrom } from '../../app/problem.ts';
import { useRead } from '../../app/use-read.ts';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Time } from '../../parts/time.tsx';
import { titleOfSweep } from '../../words/time-words.ts';
import { readSchedules, type Schedule, switchSchedule } from './local-api.ts';

export function ScheduleList() {
  const { data, problem, reload } = useRead(readSchedules, []);
  const [refused, setRefused] = useState<Problem>();
  const [wanted, setWanted] = useState<Readonly<Record<string, boolean>>>({});
  const underWay = useRef(Promise.resolve());

  /** One request after the other, because the last click counts. The box shows it at once. */
  function switchTo(enabled: boolean, { name }: Schedule): void {
    setRefused(undefined);
    setWanted((before) => ({ ...before, [name]: enabled }));
    underWay.current = underWay.current.then(async () => {
      try {
        await switchSchedule(name, enabled);
      } catch (error) {
        setRefused(problemFrom(error));
        setWanted(({ [name]: _, ...others }) => others);
      }
      reload();
    });
  }

  return (
    <section class="card" aria-labelledby="schedules">
      <h2 id="schedules">Schedules</h2>
      <p class="quiet">A job that is switched off writes nothing. Balances and states stay exact anyway.</p>
      {problem && <ProblemNote problem={problem} onRetry={reload} />}
      {refused && <ProblemNote problem={refused} />}
      <ul class="plain schedules">
        {data?.schedules.map((schedule) => (
          <li key={schedule.name}>
            <label>
              <input
                type="checkbox"
                checked={wanted[schedule.name] ?? schedule.enabled}
                onChange={(event) => switchTo(event.currentTarget.checked, schedule)}
              />{' '}
              {titleOfSweep(schedule.name)}
            </label>
            <p class="quiet">
              {schedule.description}. Cron <code>{schedule.cron}</code>, UTC. Done until{' '}
              <Time at={schedule.lastRunAt} />.
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
