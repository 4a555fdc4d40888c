/**
 * Started daily at 00:35 UTC. It writes down what is true already (R16): late, twice or never, every InMail reads as
 * expired from its instant on, and the next run looks back.
 */
import { plusHours } from '../shared/domain/instant.ts';
import { expiredSentUntil } from '../shared/domain/rules.ts';
import { type SweepSteps, sweep } from '../shared/edge/sweep.ts';
import { duePartsOf } from '../shared/store/due-parts.ts';
import type { DuePart, InMailKey } from '../shared/store/store.ts';

const PERIOD_HOURS = 24;

/** R16: one conditional update an InMail. */
export const steps: SweepSteps<DuePart, InMailKey> = {
  partsOf: ({ until, lookBackHours }, { rules }) => {
    const to = expiredSentUntil(until, rules);
    return duePartsOf(plusHours(to, -PERIOD_HOURS - lookBackHours), to);
  },
  pageOf: (part, page, store) => store.inmails.due(part, page),
  handleKey: async ({ inmailId }, { store }) => {
    await store.commit([{ kind: 'record-expiry', inmailId }]);
    return 1;
  },
};

export const handler = sweep('expire-inmails', steps);
