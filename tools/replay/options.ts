/** The options of `npm run replay`. */
import { type Instant, instant } from '../../shared/domain/instant.ts';
import { ENGINE_OPTION } from '../engine-option.ts';
import { type Kind, type OptionTable, text, type ValuesOf, wholeNumber } from '../options.ts';

/** An instant without a zone would be another one on another machine. */
const zonedInstant: Kind<Instant> = {
  wants: 'an instant with a zone, such as 2004-12-31T00:00:00Z',
  read: (given) => {
    if (!/(Z|[+-]\d\d:\d\d)$/.test(given)) return undefined;
    try {
      return instant(given);
    } catch {
      return undefined;
    }
  },
};

export const OPTIONS = {
  messages: {
    takes: 'FILE',
    kind: text,
    needed: true,
    does: 'lines "sender recipient unixSeconds" in time order, with blanks or tabs between the fields',
  },
  subscriptions: {
    takes: 'FILE',
    kind: text,
    needed: true,
    does: 'rows "at,memberId,product,plan" in time order, with commas or tabs. A row without a plan cancels',
  },
  asOf: { takes: 'INSTANT', kind: zonedInstant, needed: true, does: 'the instant of the books' },
  out: { takes: 'DIR', kind: text, needed: true, does: 'gets summary.json, wallets.csv and ledger.csv' },
  engine: ENGINE_OPTION,
  queues: { does: 'sends the sweeps through queues, as on AWS. Without it listers call workers directly' },
  limit: {
    takes: 'N',
    kind: wholeNumber(1),
    does: 'replays only the first N messages. Subscriptions and time go on to the end',
  },
} as const satisfies OptionTable;

export type ReplayOptions = ValuesOf<typeof OPTIONS>;
