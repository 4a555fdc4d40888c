/** Fifty million wallets due on the 1st, under settings that one would choose, and one that is a mistake. */
import { sweepNamed } from '../../shared/contract/sweeps.ts';
import { NEW_TABLE } from './assumptions.ts';
import type { Scenario } from './sweep-model.ts';

const WALLETS = 50_000_000;
const { workersAtOnce } = sweepNamed('renew-wallets');
/** 50 × some 690 wallets a second each leave a seventh of the most that a table has without asking. */
const MANY_WORKERS = 50;
const TOO_MANY_WORKERS = 400;
/** 5 × some 690 a second stay under the 4,000 of a new table. */
const FEW_WORKERS = 5;

export const SCENARIOS: readonly Scenario[] = [
  { name: 'as deployed, new table', wallets: WALLETS, workersAtOnce, warm: NEW_TABLE, areDue: true },
  { name: 'few workers, new table', wallets: WALLETS, workersAtOnce: FEW_WORKERS, warm: NEW_TABLE, areDue: true },
  {
    name: 'as deployed, warmed',
    wallets: WALLETS,
    workersAtOnce,
    warm: { writes: 10_000, reads: 20_000 },
    areDue: true,
  },
  {
    name: 'many workers, warmed',
    wallets: WALLETS,
    workersAtOnce: MANY_WORKERS,
    warm: { writes: 40_000, reads: 40_000 },
    areDue: true,
  },
  {
    name: 'too many workers, new table',
    wallets: WALLETS,
    workersAtOnce: TOO_MANY_WORKERS,
    warm: NEW_TABLE,
    areDue: true,
  },
  { name: 'the day after: nothing due', wallets: WALLETS, workersAtOnce, warm: NEW_TABLE, areDue: false },
];

/** Small enough for a test, and throttled, so that it shows a change of the model. */
export const QUICK_SCENARIO: Scenario = {
  name: 'quick',
  wallets: 500_000,
  workersAtOnce: 20,
  warm: NEW_TABLE,
  areDue: true,
};
