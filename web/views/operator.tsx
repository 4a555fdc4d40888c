/** The view of support and billing: a member's credits, and the steps that change them (R1, R10, R11, R14). */

import { useState } from 'preact/hooks';
import { addressOf } from '../app/address.ts';
import { useApp } from '../app/context.ts';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { memberIdFault } from '../words/draft-faults.ts';
import { ConnectionForm } from './operator/connection-form.tsx';
import { MemberCredits } from './operator/member-credits.tsx';

/** `memberId` is the member on show, and not the operator. */
export default function Operator({ memberId }: { readonly memberId?: string | undefined }) {
  const { scopes } = useApp();
  const mayChange = scopes.has('billing');
  return (
    <>
      <h1 tabIndex={-1}>{memberId === undefined ? 'Members' : `Member ${memberId}`}</h1>
      {scopes.size === 0 ? <NoScope /> : <FindForm key={memberId} initially={memberId ?? ''} />}
      {scopes.size > 0 && !mayChange && (
        <p>You signed in for support, so you can see everything here but change nothing.</p>
      )}
      {scopes.size > 0 && memberId !== undefined && (
        <MemberCredits key={memberId} memberId={memberId} mayChange={mayChange} />
      )}
      {mayChange && memberId !== undefined && <ConnectionForm key={`with ${memberId}`} memberId={memberId} />}
    </>
  );
}

function NoScope() {
  const { signInAsOperator } = useApp();
  return (
    <div class="card">
      <p>Support and billing look after members here. Your sign-in is for neither.</p>
      <p>Operators can see members’ credits (support) or change them (billing) for an hour after they sign in.</p>
      <p>
        <Button kind="primary" onClick={signInAsOperator}>
          Sign in as an operator
        </Button>
      </p>
    </div>
  );
}

function FindForm({ initially }: { readonly initially: string }) {
  const [memberId, setMemberId] = useState(initially);
  const [fault, setFault] = useState<string>();

  function find(event: Event): void {
    event.preventDefault();
    const found = memberIdFault(memberId);
    setFault(found);
    if (!found) location.hash = addressOf('operator', memberId);
  }

  return (
    <form class="form form-line" noValidate onSubmit={find}>
      <Field
        id="find-member"
        label="Member"
        value={memberId}
        fault={fault}
        onInput={(next) => {
          setMemberId(next);
          setFault(undefined);
        }}
      />
      <Button kind="primary">Find</Button>
    </form>
  );
}
