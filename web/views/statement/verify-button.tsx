/** Verifies the statement in the browser, so that a member need not take the server's word for it. */
import { useState } from 'preact/hooks';
import { walletIdOf } from '../../../shared/domain/ledger.ts';
import { RULES } from '../../../shared/domain/rules.ts';
import { useApp } from '../../app/context.ts';
import { type Problem, problemFrom } from '../../app/problem.ts';
import { readAll, type WalletOf } from '../../ledger/read-ledger.ts';
import { type Verdict, verify } from '../../ledger/verify.ts';
import { Button } from '../../parts/button.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Result } from '../../parts/result.tsx';
import { countInWords } from '../../words/names.ts';

export type VerifyButtonProps = {
  readonly wallet: WalletOf;
  /** Gets the number of the first entry that does not fit, or nothing if all fit. */
  readonly onBroken: (seq: number | undefined) => void;
};

type State =
  | { readonly step: 'idle' }
  | { readonly step: 'reading'; readonly count: number; readonly total: number }
  | { readonly step: 'done'; readonly verdict: Verdict }
  | { readonly step: 'failed'; readonly problem: Problem };

export function VerifyButton({ wallet, onBroken }: VerifyButtonProps) {
  const { api } = useApp();
  const [state, setState] = useState<State>({ step: 'idle' });

  async function start(): Promise<void> {
    if (state.step === 'reading') return;
    setState({ step: 'reading', count: 0, total: 0 });
    try {
      const entries = await readAll(api, wallet, (count, total) => setState({ step: 'reading', count, total }));
      const verdict = verify(walletIdOf(wallet.memberId, wallet.product), entries, RULES);
      setState({ step: 'done', verdict });
      onBroken(verdict.kind === 'broken' ? verdict.seq : undefined);
    } catch (error) {
      setState({ step: 'failed', problem: problemFrom(error) });
    }
  }

  return (
    <>
      <Button onClick={() => void start()} isBusy={state.step === 'reading'}>
        Verify
      </Button>
      {state.step === 'reading' && <Reading {...state} />}
      {state.step === 'done' && <VerdictNote verdict={state.verdict} />}
      {state.step === 'failed' && <ProblemNote problem={state.problem} onRetry={() => void start()} />}
    </>
  );
}

function Reading({ count, total }: { readonly count: number; readonly total: number }) {
  return (
    <p role="status">
      <progress max={total || 1} value={count} aria-label="Entries read" /> {count} of {total || '…'} entries read
    </p>
  );
}

function VerdictNote({ verdict }: { readonly verdict: Verdict }) {
  if (verdict.kind === 'broken') {
    return (
      <Result kind="bad" title={`Entry ${verdict.seq} does not fit`}>
        <p>{verdict.what} All entries before it fit. Keep this statement, and ask support.</p>
      </Result>
    );
  }
  return (
    <Result title="The statement holds">
      <p>
        {countInWords(verdict.count, 'entry', 'entries')} without a gap. Every balance and amount follows the rules, and
        the chain of hashes is unbroken. Keep the last hash to compare it at another time:
      </p>
      <p class="hash">
        <code>{verdict.lastHash}</code>
      </p>
    </Result>
  );
}
