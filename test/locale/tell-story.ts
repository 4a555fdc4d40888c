/**
 * Tells a small story to the handlers, in memory, and prints every response. `locale.test.ts` runs it in two places.
 */
import '../../local/telemetry-settings.ts';
import type { Product } from '../../shared/domain/plans.ts';
import { siteFiles } from '../../tools/generate/docs/site.ts';
import { apiDocument } from '../../tools/generate/document.ts';
import { type Answer, TestSystem } from '../support/system.ts';

/** Ids with the letter that Turkish has twice, and the last day of a month at hours that are another day elsewhere. */
const [sender, recipient] = ['INGRID_i', 'iIiI-1'];
const system = new TestSystem('2024-01-31T10:30:00Z');
const told: Pick<Answer, 'status' | 'headers' | 'text'>[] = [];
const tell = async (answer: Promise<Answer>) => {
  const { status, headers, text } = await answer;
  told.push({ status, headers, text });
};

for (const plan of ['premium-career', 'sales-navigator-core', 'recruiter-lite'])
  await tell(system.subscribe(sender, plan));
await tell(system.send(sender, recipient, { key: 'i', subject: 'İıIi' }));
for (const now of [
  '2024-02-29T00:00:00Z',
  '2024-03-01T00:00:00Z',
  '2024-03-31T23:59:59.999Z',
  '2024-12-31T23:30:00Z',
]) {
  system.at(now);
  for (const product of ['premium', 'sales-navigator', 'recruiter'] satisfies Product[]) {
    const path = { memberId: sender, product };
    await tell(system.call('get-credits', { as: sender, path }));
    await tell(system.call('get-credits', { as: sender, path, query: { at: '2024-03-31T00:00:00+14:00' } }));
    await tell(system.call('list-ledger', { as: sender, path, query: { format: 'csv' } }));
  }
  await system.sweep('renew-wallets', 744);
  await system.sweep('expire-inmails', 744);
  await tell(system.call('list-inmails', { as: recipient, query: { box: 'inbox' } }));
}
await tell(system.respond(recipient, `${sender}~${recipient}~000001`, { type: 'quick-reply', text: 'interested' }));
await tell(system.send(sender, 'x'.repeat(65)));

const document = JSON.parse(JSON.stringify(await apiDocument()));
process.stdout.write(JSON.stringify({ told, violations: system.audit(), document }, undefined, 1));
for (const { text } of siteFiles()) process.stdout.write(text);
const { locale, timeZone } = new Intl.DateTimeFormat().resolvedOptions();
process.stderr.write(`${locale} ${timeZone}`);
