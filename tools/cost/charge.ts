/** Dollars, by the price table. */
import { PRICES, type Price, type PriceName } from './prices.ts';

/** The price of the first units, in dollars. */
export function firstPriceOf(name: PriceName): number {
  const { dollars }: Price = PRICES[name];
  return typeof dollars === 'number' ? dollars : (dollars[0]?.dollars ?? 0);
}

/** Dollars for so many units in a month. `hasAllowance` says whether the account's free units are still there. */
export function costOf(name: PriceName, units: number, hasAllowance: boolean): number {
  const { dollars, freeUnits = 0 }: Price = PRICES[name];
  const steps = typeof dollars === 'number' ? [{ from: 0, dollars }] : dollars;
  const first = hasAllowance ? freeUnits : 0;
  return steps.reduce((sum, step, index) => {
    const end = steps[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    return sum + Math.max(0, Math.min(units, end) - Math.max(first, step.from)) * step.dollars;
  }, 0);
}
