/** The credits left of a product, shown wherever a member writes an InMail (R17). */
import type { Product } from '../../shared/domain/plans.ts';
import { creditsInWords, nameOf } from '../words/names.ts';

export type CreditsBadgeProps = { readonly product: Product; readonly balance: number; readonly cap: number };

export function CreditsBadge({ product, balance, cap }: CreditsBadgeProps) {
  return (
    <p class={balance === 0 ? 'badge badge-none' : 'badge'}>
      <strong>{creditsInWords(balance)}</strong> left of {nameOf(product)}
      {cap > 0 && `, which holds at most ${cap}`}
    </p>
  );
}
