/** A sweep without queues: what the lister finds is handed to the workers at once. For replays and tests. */
import { expireInMail } from '../../functions/expire-inmails.ts';
import { remindRecipient } from '../../functions/remind-recipients.ts';
import { renewWallet } from '../../functions/renew-wallets.ts';
import { BATCH_MESSAGES, type PagesMessage } from '../../shared/contract/sweep-messages.ts';
import { type Deps, SYSTEM } from '../../shared/runtime/runtime.ts';
import { listDue } from '../../shared/sweeps/lister.ts';
import {
  type HandleKey,
  NOTHING_DONE,
  type SweepReport,
  type SweepWork,
  sumOf,
  workBatch,
} from '../../shared/sweeps/worker.ts';

const WORK: SweepWork = {
  'renew-wallets': renewWallet,
  'remind-recipients': remindRecipient,
  'expire-inmails': expireInMail,
};

export async function sweepDirectly(message: PagesMessage, deps: Deps): Promise<SweepReport> {
  let report = NOTHING_DONE;
  await listDue(message, deps, async (sweep, bodies) => {
    for (const body of bodies) {
      const { keys } = BATCH_MESSAGES[sweep].parse(JSON.parse(body));
      const done = await workBatch<unknown>(keys, {
        handleKey: WORK[sweep] as HandleKey<unknown>,
        deps,
        patience: SYSTEM,
        onFailure: () => {},
      });
      report = sumOf(report, done);
    }
  });
  return report;
}
