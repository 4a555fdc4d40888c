/** `npm run audit`: whether the books hold, all of them or those of one member. */
import { partsOfWalletId } from '../../shared/domain/ledger.ts';
import { explaining } from '../aws/explained.ts';
import { openSource, type Source } from '../books/source.ts';
import { runCommand, type Verdict } from '../command.ts';
import { withProgress } from '../progress.ts';
import { auditMember, auditSource } from './audit-source.ts';
import { type AuditOptions, OPTIONS } from './options.ts';
import { ledgerText, textOf } from './print.ts';

async function auditBooks({ wallet, json, ...where }: AuditOptions): Promise<Verdict> {
  await using source = await openSource(where);
  const { result, text } = wallet === undefined ? await auditAll(source) : await auditWallet(source, wallet);
  process.stdout.write(`${json ? JSON.stringify(result, null, 2) : text}\n`);
  return result.violations.length > 0 ? 'found' : 'done';
}

async function auditAll(source: Source) {
  const result = await withProgress((onProgress) => auditSource(source, onProgress));
  return { result, text: textOf(result) };
}

async function auditWallet({ database }: Source, walletId: string) {
  const { books, ...result } = await auditMember(database, partsOfWalletId(walletId).memberId);
  return { result, text: `${ledgerText(walletId, books.entries)}\n\n${textOf(result)}` };
}

await runCommand({
  name: 'audit',
  call: 'npm run audit',
  does: `Holds the books against the invariants I1 to I11 of docs/reliability.md. It only reads, also while a system runs.

    All the entries stand in memory, some 1 GB for a million of them.`,
  options: OPTIONS,
  finds: 'an invariant is violated',
  run: (options) => explaining(options.stage, () => auditBooks(options)),
});
