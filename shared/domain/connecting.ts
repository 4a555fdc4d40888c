/** 1st-degree connections (R14). Each has a row each way, so that either side is found by its own key. */
import type { Change } from './change.ts';
import type { Instant } from './instant.ts';

export type Pair = { readonly memberId: string; readonly otherId: string };

const bothWays = ({ memberId, otherId }: Pair): Pair[] => [
  { memberId, otherId },
  { memberId: otherId, otherId: memberId },
];

export const decideConnection = (pair: Pair, now: Instant): Change[] =>
  bothWays(pair).map((way) => ({ kind: 'connect', ...way, connectedAt: now }));

export const decideDisconnection = (pair: Pair): Change[] =>
  bothWays(pair).map((way) => ({ kind: 'disconnect', ...way }));
