/** The options of `npm run bench:sweeps`. */
import { type OptionTable, type ValuesOf, wholeNumber } from '../../tools/options.ts';
import { KEYS_PER_EVENT } from './worker-run.ts';

export const OPTIONS = {
  rounds: {
    takes: 'N',
    kind: wholeNumber(1, 999),
    default: '6',
    does: `rounds that count. In each, both sides renew twice ${KEYS_PER_EVENT} wallets in turn`,
  },
  skipMemory: { does: 'measures throughput only' },
} as const satisfies OptionTable;

export type BenchOptions = ValuesOf<typeof OPTIONS>;
