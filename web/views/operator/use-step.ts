/** A step of billing. The rules first decide it here from the newest entry, and it is done only after it was shown. */
import { useState } from 'preact/hooks';
import { type Entry, walletIdOf } from '../../../shared/domain/ledger.ts';
import { RULES } from '../../../shared/domain/rules.ts';
import { answered } from '../../app/answered.ts';
import { useApp } from '../../app/context.ts';
import { type Problem, problemFrom } from '../../app/problem.ts';
import { type Preview, previewOf, type Step } from '../../ledger/preview.ts';
import { readPage, type WalletOf } from '../../ledger/read-ledger.ts';

export type Shown = { readonly step: Step; readonly preview: Preview; readonly tail: Entry | undefined };

export type StepState =
  | { readonly at: 'choosing' }
  | { readonly at: 'working' }
  | { readonly at: 'shown'; readonly shown: Shown }
  | { readonly at: 'done'; readonly shown: Shown; readonly written: readonly Entry[] }
  | { readonly at: 'failed'; readonly problem: Problem };

export type StepOptions = {
  readonly wallet: WalletOf;
  /** False before the first subscription. */
  readonly hasLedger: boolean;
  readonly onChanged: () => void;
};

export function useStep({ wallet, hasLedger, onChanged }: StepOptions) {
  const { api, now } = useApp();
  const [state, setState] = useState<StepState>({ at: 'choosing' });

  async function attempt(work: () => Promise<StepState>): Promise<void> {
    setState({ at: 'working' });
    try {
      setState(await work());
    } catch (error) {
      setState({ at: 'failed', problem: problemFrom(error) });
    }
  }

  const show = (step: Step) =>
    attempt(async () => {
      // The newest entry may be a renewal that is due and not yet written.
      const tail = hasLedger ? (await readPage(api, wallet, { limit: 1 })).items[0] : undefined;
      const walletId = walletIdOf(wallet.memberId, wallet.product);
      const preview = previewOf(step, { walletId, tail, now: now() }, RULES);
      return { at: 'shown', shown: { step, preview, tail } };
    });

  const confirm = (shown: Shown) =>
    attempt(async () => {
      await take(shown.step);
      const { items } = await readPage(api, wallet, { limit: 100 });
      const written = items.filter(({ seq }) => seq > (shown.tail?.seq ?? 0)).toReversed();
      onChanged();
      return { at: 'done', shown, written };
    });

  async function take(step: Step): Promise<void> {
    const params = { path: wallet };
    const path = '/v1/members/{memberId}/subscriptions/{product}';
    if (step.kind === 'cancel') answered(await api.DELETE(path, { params }));
    else answered(await api.PUT(path, { params, body: { plan: step.plan } }));
  }

  return { state, show, confirm, back: () => setState({ at: 'choosing' }) };
}
