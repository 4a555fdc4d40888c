/** A member's products, each with its wallet and, for billing, with the steps that change it. */
import type { components } from '../../../client/api.ts';
import { PRODUCTS } from '../../../shared/domain/plans.ts';
import { useApp } from '../../app/context.ts';
import { useRead } from '../../app/use-read.ts';
import { readCredits } from '../../ledger/read-credits.ts';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { ProductSection } from './product-section.tsx';

export type MemberCreditsProps = { readonly memberId: string; readonly mayChange: boolean };

export function MemberCredits({ memberId, mayChange }: MemberCreditsProps) {
  const { api } = useApp();
  const { data, problem, isLoading, reload } = useRead(() => readCredits(api, memberId), [memberId]);
  const creditsOf = (product: components['schemas']['Credits']['product']) =>
    data?.credits.find((credits) => credits.product === product);
  return (
    <>
      {problem && <ProblemNote problem={problem} onRetry={reload} />}
      {!data && isLoading && (
        <p class="loading" role="status">
          Looking for {memberId} …
        </p>
      )}
      {data?.credits.length === 0 && (
        <p>{memberId} never had a plan. This system does not know whether there is such a member.</p>
      )}
      {data &&
        PRODUCTS.filter((product) => mayChange || creditsOf(product)).map((product) => (
          <ProductSection
            key={product}
            wallet={{ memberId, product }}
            credits={creditsOf(product)}
            mayChange={mayChange}
            onChanged={reload}
          />
        ))}
    </>
  );
}
