/** The acts of people in the demo's story. Each act is one call of the API, and names the outcome that it must have. */
import type { ResponseGiven } from '../../shared/domain/inmail.ts';
import type { Product } from '../../shared/domain/plans.ts';

export type CreditFate = 'returned' | 'late' | 'term-ended' | 'at-cap';

export type Act =
  | { readonly do: 'subscribe'; readonly memberId: string; readonly product: Product; readonly plan: string }
  | { readonly do: 'cancel'; readonly memberId: string; readonly product: Product }
  | { readonly do: 'connect'; readonly memberId: string; readonly otherId: string }
  | {
      readonly do: 'send';
      readonly from: string;
      readonly to: string;
      readonly product: Product;
      readonly subject: string;
      readonly body: string;
    }
  | {
      readonly do: 'respond';
      readonly from: string;
      readonly to: string;
      readonly response: ResponseGiven;
      /** The outcome for the credit in the story. The player holds it against the response. Left out, any fate will do. */
      readonly credit?: CreditFate;
    };

/** Days of 24 h since the story began. */
export type Scene = { readonly day: number; readonly acts: readonly Act[] };

export const subscribe = (memberId: string, product: Product, plan: string): Act => ({
  do: 'subscribe',
  memberId,
  product,
  plan,
});

export const reply = (from: string, to: string, text: string, credit: CreditFate = 'returned'): Act => ({
  do: 'respond',
  from,
  to,
  response: { type: 'reply', text },
  credit,
});

export const answer = (from: string, to: string, response: ResponseGiven, credit: CreditFate = 'returned'): Act => ({
  do: 'respond',
  from,
  to,
  response,
  credit,
});
