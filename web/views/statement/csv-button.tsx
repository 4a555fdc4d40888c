/** Downloads the whole statement. A link cannot carry the token, so the page fetches the file and hands it over. */
import { useState } from 'preact/hooks';
import { useApp } from '../../app/context.ts';
import { type Problem, problemFrom } from '../../app/problem.ts';
import { type CsvFile, readCsv, type WalletOf } from '../../ledger/read-ledger.ts';
import { Button } from '../../parts/button.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';

export function CsvButton({ wallet }: { readonly wallet: WalletOf }) {
  const { api } = useApp();
  const [isLoading, setLoading] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  async function download(): Promise<void> {
    if (isLoading) return;
    setLoading(true);
    setProblem(undefined);
    try {
      handOver(await readCsv(api, wallet));
    } catch (error) {
      setProblem(problemFrom(error));
    } finally {
      setLoading(false);
    }
  }

  return (
    <>
      <Button onClick={() => void download()} isBusy={isLoading}>
        Download as CSV
      </Button>
      {problem && <ProblemNote problem={problem} onRetry={() => void download()} />}
    </>
  );
}

/** Long enough for a browser to begin the download. */
const REVOKE_AFTER_MILLIS = 10_000;

function handOver({ name, text }: CsvFile): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_AFTER_MILLIS);
}
