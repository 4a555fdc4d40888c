/** Moves the clock of a system on one machine forward, to see renewals, reminders and expiries happen. */
import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../app/context.ts';
import { Button } from '../parts/button.tsx';
import { Time } from '../parts/time.tsx';
import { EventList } from './time-machine/event-list.tsx';
import { MoveNote } from './time-machine/move-note.tsx';
import { instantIn, JUMPS } from './time-machine/moves.ts';
import { QueueTable } from './time-machine/queue-table.tsx';
import { ScheduleList } from './time-machine/schedule-list.tsx';
import { useMove } from './time-machine/use-move.ts';

export default function TimeMachine() {
  const { state, progress, start } = useMove();
  const isBusy = state.step === 'moving';
  return (
    <>
      <h1 tabIndex={-1}>Time machine</h1>
      <section class="card" aria-labelledby="clock">
        <h2 id="clock">The clock</h2>
        <ClockFace />
        <p class="quiet">The clock goes forward only. Scheduled jobs on the way run in order.</p>
        <div class="row">
          {JUMPS.map(({ label, move }) => (
            <Button key={label} onClick={() => void start(move)} isBusy={isBusy}>
              {label}
            </Button>
          ))}
        </div>
        <SetForm isBusy={isBusy} onSet={(set) => void start(() => ({ set }))} />
        <MoveNote state={state} progress={progress} />
      </section>
      <EventList />
      <ScheduleList />
      <QueueTable />
    </>
  );
}

const TICK_MILLIS = 1_000;

function ClockFace() {
  const { now } = useApp();
  const [at, setAt] = useState(now);
  useEffect(() => {
    setAt(now());
    const tick = setInterval(() => setAt(now()), TICK_MILLIS);
    return () => clearInterval(tick);
  }, [now]);
  return (
    <p class="clock">
      <Time at={at} /> <span class="quiet">{at.slice(0, 19).replace('T', ' ')} UTC</span>
    </p>
  );
}

type SetFormProps = {
  readonly isBusy: boolean;
  readonly onSet: (at: NonNullable<ReturnType<typeof instantIn>>) => void;
};

function SetForm({ isBusy, onSet }: SetFormProps) {
  const [field, setField] = useState('');
  const [fault, setFault] = useState<string>();

  function submit(event: Event): void {
    event.preventDefault();
    const at = instantIn(field);
    setFault(at ? undefined : 'Enter a date and a time.');
    if (at) onSet(at);
  }

  return (
    <form class="form form-line" noValidate onSubmit={submit}>
      <div class="field">
        <label for="set-clock">Date and time (UTC)</label>
        <input
          id="set-clock"
          type="datetime-local"
          value={field}
          aria-invalid={fault !== undefined}
          {...(fault && { 'aria-describedby': 'set-clock-fault' })}
          onInput={(event) => setField(event.currentTarget.value)}
        />
        {fault && (
          <p id="set-clock-fault" class="fault">
            {fault}
          </p>
        )}
      </div>
      <Button isBusy={isBusy}>Move there</Button>
    </form>
  );
}
