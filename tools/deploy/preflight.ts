/** Runs the checks before a deployment. A check that AWS does not answer is said, because the deployment may work. */
import type { Account } from './account.ts';
import { CHECKS, type Check, type Finding } from './checks.ts';

export type NamedFinding = Finding & { readonly check: string };

/** In the order of the checks. */
export async function preflight(account: Account, checks: readonly Check[] = CHECKS): Promise<NamedFinding[]> {
  const found = await Promise.all(checks.map((check) => findingsOf(check, account)));
  return found.flat();
}

async function findingsOf({ name, look }: Check, account: Account): Promise<NamedFinding[]> {
  try {
    return (await look(account)).map((finding) => ({ check: name, ...finding }));
  } catch (error) {
    const { name: kind, message, $metadata } = error as Error & { readonly $metadata?: object };
    if ($metadata === undefined) throw error; // no service has said so
    const remedy = 'look at it yourself, or let the role of the deployment read it';
    return [{ check: name, weight: 'says', what: `this was not checked (${kind}: ${message})`, remedy }];
  }
}

/** `stops  CDK: …` and what to do, for people. */
export const linesOf = (findings: readonly NamedFinding[]): string[] =>
  findings.flatMap(({ weight, check, what, remedy }) => [`${weight.padEnd(7)}${check}: ${what}.`, `       ${remedy}.`]);
