/** `npm run sweep`: makes up for runs of a sweep that were missed. */
import type { Stage } from '../../infra/stages.ts';
import type { ListingMessage } from '../../shared/contract/sweep-messages.ts';
import { renewWallets, sweepNamed } from '../../shared/contract/sweeps.ts';
import type { SweepReport } from '../../shared/sweeps/worker.ts';
import { sqsOf } from '../aws/clients.ts';
import { explaining } from '../aws/explained.ts';
import { queueUrlIn } from '../aws/queues.ts';
import { runCommand, type Verdict } from '../command.ts';
import { isConfirmed } from '../confirm.ts';
import { callLocal } from '../local-system.ts';
import { OPTIONS, type SweepOptions } from './options.ts';
import { listingsOf, sendListings } from './send.ts';

async function sweepAgain({ sweep, scheduledAt, stage, yes, ...rest }: SweepOptions): Promise<Verdict> {
  const { lookBackHours = sweepNamed(sweep).lookBackHours } = rest;
  process.stdout.write(`${sweep} up to ${scheduledAt}, looking back ${lookBackHours} hours beyond its own period\n`);
  if (!(await isConfirmed('Run it?', yes))) return 'done';
  const message = { sweep, scheduledAt, lookBackHours };
  if (stage) await queue(stage, message);
  else process.stdout.write(`${JSON.stringify(await callLocal<SweepReport>('POST', '/local/sweeps', message))}\n`);
  if (sweep === renewWallets.name) process.stdout.write(`${nextStep(message, stage)}\n`);
  return 'done';
}

async function queue(stage: Stage, message: ListingMessage): Promise<void> {
  const sqs = sqsOf(stage);
  try {
    const listings = listingsOf(message);
    await sendListings(sqs, await queueUrlIn(sqs, stage, 'listings'), listings);
    process.stdout.write(`${listings.length} listings are in the queue\n`);
  } finally {
    sqs.destroy();
  }
}

const nextStep = ({ scheduledAt }: ListingMessage, stage: Stage | undefined): string =>
  `When its queues are empty: npm run report:renewals -- --month ${scheduledAt.slice(0, 7)}${stage ? ` --stage ${stage.name}` : ''}`;

await runCommand({
  name: 'sweep',
  call: 'npm run sweep',
  does: `Runs a sweep over any range, after asking. 744 hours are 31 days. They cover every renewal day, and everything
    that a wallet lacks is written, however old. A run that comes twice does no harm.

    On this machine the system that runs does it at once (PORT says where).`,
  options: OPTIONS,
  run: (options) => explaining(options.stage, () => sweepAgain(options)),
});
