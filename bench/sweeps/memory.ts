/**
 * Peak memory of lister and worker, for few wallets and for many. The measure is the heap in use right after a full
 * collection, taken in the middle of every page or of every 500 keys. That is what they hold on to. If they held the keys of
 * 200,000 wallets, it would show: some 20 MB on top of the 20 to 30 that code and SDK take.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export type Role = 'lister' | 'worker';
export type Peak = { readonly heapBytes: number; readonly residentBytes: number };
export type MemoryRow = Peak & { readonly role: Role; readonly wallets: number };

export const WALLET_COUNTS = [10_000, 50_000, 200_000] as const;
export const ROLES: readonly Role[] = ['lister', 'worker'];

const CHILD = fileURLToPath(new URL('memory-child.ts', import.meta.url));
const CHILD_TIMEOUT_MILLIS = 120_000;

export async function measureMemory(role: Role, wallets: number): Promise<MemoryRow> {
  const args = ['--expose-gc', '--import', 'tsx', CHILD, role, String(wallets)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: CHILD_TIMEOUT_MILLIS });
  return { role, wallets, ...(JSON.parse(stdout) as Peak) };
}

/** The largest peak of a role's heap, divided by that of its fewest wallets. 1 is flat. */
export function growthOf(role: Role, rows: readonly MemoryRow[]): number {
  const [fewest, ...more] = rows
    .filter((row) => row.role === role)
    .toSorted((one, other) => one.wallets - other.wallets);
  if (!fewest || more.length === 0) throw new Error(`no two sizes of ${role} were measured`);
  const ratios = more.map(({ heapBytes }) => heapBytes / fewest.heapBytes);
  // Furthest from 1, whichever side.
  return ratios.reduce((worst, ratio) => (Math.abs(ratio - 1) > Math.abs(worst - 1) ? ratio : worst));
}
