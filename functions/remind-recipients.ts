/**
 * Started at every full hour UTC. Late: reminds late; twice: nobody is reminded twice; never: the next run looks back
 * 3 hours, and what is older than that is let be, for a reminder belongs in the hour before 72 h have passed (R15).
 */
import { plusHours } from '../shared/domain/instant.ts';
import { remindSentUntil } from '../shared/domain/rules.ts';
import { type SweepSteps, sweep } from '../shared/edge/sweep.ts';
import { duePartsOf } from '../shared/store/due-parts.ts';
import type { DuePart, InMailKey } from '../shared/store/store.ts';

const PERIOD_HOURS = 1;

/** R15: one conditional update an InMail. */
export const steps: SweepSteps<DuePart, InMailKey> = {
  partsOf: ({ until, lookBackHours }, { rules }) => {
    const to = remindSentUntil(until, rules);
    return duePartsOf(plusHours(to, -PERIOD_HOURS - lookBackHours), to);
  },
  pageOf: (part, page, store) => store.inmails.due(part, page),
  handleKey: async ({ inmailId }, { store, now }) => {
    await store.commit([{ kind: 'record-reminder', inmailId, remindedAt: now }]);
    return 1;
  },
};

export const handler = sweep('remind-recipients', steps);
