/** Confirms an InMail that was sent, and tells the credits left. */

import type { components } from '../../../client/api.ts';
import { addressOf } from '../../app/address.ts';
import { Button } from '../../parts/button.tsx';
import { Result } from '../../parts/result.tsx';
import { Time } from '../../parts/time.tsx';
import { creditsInWords, nameOf } from '../../words/names.ts';

export type SendAnswer = {
  readonly inmail: components['schemas']['InMail'];
  readonly credits: components['schemas']['CreditsLeft'];
};

export function SentNote({ answer, onAnother }: { readonly answer: SendAnswer; readonly onAnother: () => void }) {
  const { inmail, credits } = answer;
  return (
    <Result title={`Sent to ${inmail.recipientId}`}>
      <p>
        “{inmail.subject}” cost one credit of {nameOf(inmail.product)}. You have {creditsInWords(credits.balance)} left.
      </p>
      <p>
        A response until <Time at={inmail.returnableUntil} /> gives the credit back. Until {inmail.recipientId} responds
        you cannot send them another InMail.
      </p>
      <p class="row">
        <a href={addressOf('sent', inmail.inmailId)}>Show it in Sent</a>
        <Button onClick={onAnother}>Write another</Button>
      </p>
    </Result>
  );
}
