/** Connects and disconnects two members. Connected members message each other for free, so InMails are refused (R14). */
import { useState } from 'preact/hooks';
import { answered } from '../../app/answered.ts';
import { useApp } from '../../app/context.ts';
import { type Problem, problemFrom } from '../../app/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Result } from '../../parts/result.tsx';
import { memberIdFault } from '../../words/draft-faults.ts';

type Act = 'connect' | 'disconnect';
type Done = { readonly act: Act; readonly otherId: string };

const PATH = '/v1/members/{memberId}/connections/{otherId}';

export function ConnectionForm({ memberId }: { readonly memberId: string }) {
  const { api } = useApp();
  const [otherId, setOtherId] = useState('');
  const [fault, setFault] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const [done, setDone] = useState<Done>();

  async function take(act: Act): Promise<void> {
    setDone(undefined);
    setProblem(undefined);
    const found = otherId === memberId ? 'Name another member than the one above.' : memberIdFault(otherId);
    setFault(found);
    if (found) return;
    try {
      const params = { path: { memberId, otherId } };
      if (act === 'connect') answered(await api.PUT(PATH, { params }));
      else answered(await api.DELETE(PATH, { params }));
      setDone({ act, otherId });
    } catch (error) {
      setProblem(problemFrom(error));
    }
  }

  return (
    <section class="card" aria-labelledby="connections">
      <h2 id="connections">Connections</h2>
      <p>Connected members message each other for free, so InMails between them are refused.</p>
      <div class="form form-line">
        <Field id="other-member" label="Other member" value={otherId} fault={fault} onInput={setOtherId} />
        <Button onClick={() => void take('connect')}>Connect</Button>
        <Button onClick={() => void take('disconnect')}>Disconnect</Button>
      </div>
      {problem && <ProblemNote problem={problem} />}
      {done && <ConnectionDone key={`${done.act} ${done.otherId}`} memberId={memberId} {...done} />}
    </section>
  );
}

function ConnectionDone({ memberId, otherId, act }: Done & { readonly memberId: string }) {
  const title = `${memberId} and ${otherId} are ${act === 'connect' ? 'connected' : 'no longer connected'}`;
  return (
    <Result title={title}>
      <p>
        {act === 'connect' ? 'InMails between the two are refused from now on.' : 'They can send each other InMails.'}
      </p>
    </Result>
  );
}
