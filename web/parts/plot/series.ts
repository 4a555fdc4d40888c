/** A curve as two columns over one time axis. The past ends and the future begins with the balance of now. */
import { millisOf } from '../../../shared/domain/instant.ts';
import type { Curve } from '../../ledger/balance-curve.ts';

export type Series = { readonly x: number[]; readonly past: (number | null)[]; readonly future: (number | null)[] };

type Point = { readonly millis: number; readonly past: number | null; readonly future: number | null };

/** If several steps share an instant, the last one counts. */
export function seriesOf({ past, future, now, until }: Curve): Series {
  const current = past.at(-1)?.balance ?? 0;
  const last = future.at(-1)?.balance ?? current;
  const points: Point[] = [
    ...past.map(({ at, balance }) => ({ millis: millisOf(at), past: balance, future: null })),
    { millis: millisOf(now), past: current, future: current },
    ...future.map(({ at, balance }) => ({ millis: millisOf(at), past: null, future: balance })),
    { millis: millisOf(until), past: null, future: last },
  ];
  const kept = points.filter(({ millis }, index) => millis !== points[index + 1]?.millis);
  return {
    x: kept.map(({ millis }) => millis),
    past: kept.map((point) => point.past),
    future: kept.map((point) => point.future),
  };
}
