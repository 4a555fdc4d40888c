/** The credits of a member by product: now, in the past year, and in the coming months by the rules (R17). */
import { PRODUCTS } from '../../shared/domain/plans.ts';
import { useApp } from '../app/context.ts';
import { useRead } from '../app/use-read.ts';
import { readCredits } from '../ledger/read-credits.ts';
import { ProblemNote } from '../parts/problem-note.tsx';
import { ProductSection } from './my-premium/product-section.tsx';

export default function MyPremium() {
  const { api, memberId } = useApp();
  const { data, problem, isLoading, reload } = useRead(() => readCredits(api, memberId), [memberId]);
  const inOrder = data?.credits.toSorted(
    (one, other) => PRODUCTS.indexOf(one.product) - PRODUCTS.indexOf(other.product),
  );
  return (
    <>
      <h1 tabIndex={-1}>My Premium</h1>
      {problem && <ProblemNote problem={problem} onRetry={reload} />}
      {!data && isLoading && (
        <p class="loading" role="status">
          Loading your credits …
        </p>
      )}
      {inOrder?.length === 0 && <NoPlan memberId={memberId} />}
      {inOrder?.map((credits) => (
        <ProductSection key={credits.product} credits={credits} />
      ))}
    </>
  );
}

function NoPlan({ memberId }: { readonly memberId: string }) {
  return (
    <div class="card empty">
      <h2>You have no plan yet</h2>
      <p>
        You pay for InMails with the credits of a plan. As soon as {memberId} is subscribed to one, its first credits
        are here, and new ones come in every month.
      </p>
      <p>
        You can receive InMails without a plan. <a href="#/inbox">Look into your inbox</a>
      </p>
    </div>
  );
}
