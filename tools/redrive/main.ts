/** `npm run redrive`: shows the failed work of the sweeps, and does it again. */
import { PurgeQueueCommand } from '@aws-sdk/client-sqs';
import type { Stage } from '../../infra/stages.ts';
import { LocalFailure } from '../../local/failure.ts';
import type { QueueState } from '../../local/queues/sweep-queues.ts';
import { MAX_RECEIVES } from '../../shared/contract/queues.ts';
import { moveMessages } from '../../shared/sweeps/move-messages.ts';
import type { SweepReport } from '../../shared/sweeps/worker.ts';
import { sqsOf } from '../aws/clients.ts';
import { explaining } from '../aws/explained.ts';
import { queueUrlIn, type Sqs } from '../aws/queues.ts';
import { runCommand, type Verdict } from '../command.ts';
import { isConfirmed } from '../confirm.ts';
import { callLocal } from '../local-system.ts';
import { withProgress } from '../progress.ts';
import { type FailureQueue, type Failures, readFailures } from './failures.ts';
import { OPTIONS, type RedriveOptions } from './options.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Those that the option names, or else all whose messages can be sent again. */
const isChosen = (name: FailureQueue, { queue }: RedriveOptions): boolean =>
  queue === undefined ? name !== 'publish-events' : name === queue;

async function redriveStage(stage: Stage, options: RedriveOptions): Promise<Verdict> {
  const sqs = sqsOf(stage);
  try {
    const all = await readFailures(sqs, stage);
    for (const { queue, count, sample } of all) {
      say(`${`${queue}-failures`.padEnd(28)}${String(count).padStart(8)}${sample ? `  such as: ${sample}` : ''}`);
    }
    for (const failures of all) {
      if (failures.count > 0 && isChosen(failures.queue, options)) await redrive(sqs, stage, failures, options.yes);
    }
    return 'done';
  } finally {
    sqs.destroy();
  }
}

async function redrive(sqs: Sqs, stage: Stage, { queue, url, count }: Failures, yes: boolean): Promise<void> {
  if (queue === 'publish-events') return forget(sqs, url, yes);
  if (!(await isConfirmed(`Send the ${count} messages to ${queue} again?`, yes))) return;
  const to = await queueUrlIn(sqs, stage, queue);
  let moved = 0;
  await withProgress((onProgress) =>
    moveMessages(sqs, {
      ...{ from: url, to },
      onMoved: (more) => {
        moved += more;
        onProgress(`${queue}: messages sent`, moved, Math.max(count, moved));
      },
    }),
  );
  say(`${moved} messages wait in ${queue}. One that fails ${MAX_RECEIVES} more times is back in ${queue}-failures`);
}

/** The messages only name records, and the records are gone from the stream. So the events come from the books. */
async function forget(sqs: Sqs, QueueUrl: string, yes: boolean): Promise<void> {
  say('Send their events again first: npm run -s republish');
  if (!(await isConfirmed('Are they sent, so that the queue can be emptied?', yes))) return;
  await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  say('the queue will be empty in a minute');
}

async function redriveLocally(options: RedriveOptions): Promise<Verdict> {
  const { queues } = await callLocal<{ queues: QueueState[] }>('GET', '/local/queues');
  for (const { name, failures } of queues) say(`${`${name}-failures`.padEnd(28)}${String(failures).padStart(8)}`);
  if (options.queue === 'publish-events') throw new LocalFailure('publish-events has no queue on this machine');
  for (const { name, failures } of queues) {
    if (failures === 0 || !isChosen(name, options)) continue;
    if (!(await isConfirmed(`Do the ${failures} messages of ${name} again?`, options.yes))) continue;
    const { moved, written, failed } = await callLocal<SweepReport & { moved: number }>('POST', '/local/redrives', {
      queue: name,
    });
    say(`${name}: ${moved} messages done again, ${written} written, ${failed} failed`);
  }
  return 'done';
}

await runCommand({
  name: 'redrive',
  call: 'npm run redrive',
  does: `Shows the queues of failed work with one message of each, and sends the messages again, after asking. Mend the
    cause first. Every write is conditional, so nothing happens twice.

    On this machine it asks the system that runs (PORT says where), and the work is done at once.`,
  options: OPTIONS,
  run: (options) => {
    const { stage } = options;
    return explaining(stage, () => (stage ? redriveStage(stage, options) : redriveLocally(options)));
  },
});
