/** Tells why an InMail was not sent, and what would change that. */

import type { components } from '../../../client/api.ts';
import { addressOf } from '../../app/address.ts';
import { useApp } from '../../app/context.ts';
import { explain } from '../../app/explain.ts';
import type { Problem } from '../../app/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Result } from '../../parts/result.tsx';
import { Time } from '../../parts/time.tsx';

export type RefusedProps = {
  readonly problem: Problem;
  /** Those of the product that was to pay. Each may still give a credit back. */
  readonly pendingReturns: readonly components['schemas']['PendingReturn'][];
  /** Sends the same InMail again, under the same key. Offered only if the outcome is unknown. */
  readonly onAgain: () => void;
};

export function Refused({ problem, pendingReturns, onAgain }: RefusedProps) {
  const { now } = useApp();
  const { title, detail, lift } = explain(problem, now());
  return (
    <Result kind="bad" title={'rule' in problem ? `${title} (rule ${problem.rule})` : title}>
      <p>{detail}</p>
      {lift && <p>{lift}</p>}
      {problem.slug === 'response-pending' && (
        <p>
          <a href={addressOf('sent', problem.inmailId)}>Show the InMail that has no response yet</a>
        </p>
      )}
      {problem.slug === 'insufficient-credits' && <Returnable pendingReturns={pendingReturns} />}
      {isOutcomeUnknown(problem) && (
        <p>
          It is safe to send it again. However often you try, it is sent only once.{' '}
          <Button onClick={onAgain}>Send again</Button>
        </p>
      )}
    </Result>
  );
}

const UNKNOWN: readonly Problem['slug'][] = ['busy', 'internal-error', 'unreachable', 'too-many-requests'];

/** There was no response, or none that tells the outcome, so that the InMail may have been sent. */
const isOutcomeUnknown = ({ slug }: Problem): boolean => UNKNOWN.includes(slug);

function Returnable({ pendingReturns }: Pick<RefusedProps, 'pendingReturns'>) {
  if (pendingReturns.length === 0) return <p>No pending InMail can give a credit back.</p>;
  return (
    <>
      <p>A response to one of these gives a credit back before that:</p>
      <ul class="bullets">
        {pendingReturns.map(({ inmailId, recipientId, returnableUntil }) => (
          <li key={inmailId}>
            <a href={addressOf('sent', inmailId)}>to {recipientId}</a>, until <Time at={returnableUntil} />
          </li>
        ))}
      </ul>
    </>
  );
}
