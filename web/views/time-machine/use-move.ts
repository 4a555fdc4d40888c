/** Moves the clock, and tells how far it has come. A long move takes its time, because it runs every schedule on its way. */
import { useEffect, useState } from 'preact/hooks';
import type { Instant } from '../../../shared/domain/instant.ts';
import { useApp } from '../../app/context.ts';
import { type Problem, problemFrom } from '../../app/problem.ts';
import { type Move, type Moved, moveClock, readClock } from './local-api.ts';
import { progressOf, targetOf } from './moves.ts';

export type MoveState =
  | { readonly step: 'standing' }
  | { readonly step: 'moving'; readonly from: Instant; readonly to: Instant; readonly at: Instant }
  | { readonly step: 'moved'; readonly from: Instant; readonly moved: Moved }
  | { readonly step: 'refused'; readonly problem: Problem };

const LOOK_MILLIS = 300;

export function useMove() {
  const { timeChanged } = useApp();
  const [state, setState] = useState<MoveState>({ step: 'standing' });
  const isMoving = state.step === 'moving';

  useEffect(() => {
    if (!isMoving) return;
    const look = setInterval(async () => {
      // A look that fails is ignored, because the move itself tells its outcome.
      const clock = await readClock().catch(() => undefined);
      if (clock) setState((now) => (now.step === 'moving' ? { ...now, at: clock.now } : now));
    }, LOOK_MILLIS);
    return () => clearInterval(look);
  }, [isMoving]);

  async function start(moveFrom: (now: Instant) => Move): Promise<void> {
    if (isMoving) return;
    try {
      const { now: from } = await readClock();
      const move = moveFrom(from);
      setState({ step: 'moving', from, to: targetOf(move, from), at: from });
      const moved = await moveClock(move);
      setState({ step: 'moved', from, moved });
    } catch (error) {
      setState({ step: 'refused', problem: problemFrom(error) });
    } finally {
      timeChanged();
    }
  }

  const progress = state.step === 'moving' ? progressOf(state.from, state.at, state.to) : undefined;
  return { state, progress, start };
}
