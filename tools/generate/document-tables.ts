/** The tables of `docs/` that are made of the code. Each stands between a `generated` mark with its name and an `end` mark. */

import { WATCHED } from '../../infra/watch/alarms/alarms.ts';
import { ENDPOINTS } from '../../shared/contract/endpoints.ts';
import { EVENTS } from '../../shared/contract/events.ts';
import { SWEEPS, type Sweep } from '../../shared/contract/sweeps.ts';
import { CATALOGUE, type Grant } from '../../shared/domain/plans.ts';

type Row = readonly string[];

const lineOf = (cells: Row): string => `| ${cells.join(' | ')} |`;
const table = (head: Row, rows: readonly Row[]): string =>
  [lineOf(head), `|${'---|'.repeat(head.length)}`, ...rows.map(lineOf)].join('\n');
const code = (text: string): string => `\`${text}\``;

const RENEWS = { anniversary: 'sign-up anniversary (R3)', 'first-of-month': '1st of every month (R4)' } as const;

/** An allotment that begins later is named with its date. */
const sinceOf = ({ from }: Grant, index: number): string => (index === 0 ? '' : ` (from ${from})`);

function plansTable(): string {
  const rows = [...CATALOGUE.values()].map(({ plan, title, product, grants, renews }) => [
    code(plan),
    title,
    product,
    grants.map((grant, index) => `${grant.allotment}${sinceOf(grant, index)}`).join(', '),
    grants.map((grant, index) => `${grant.cap}${sinceOf(grant, index)}`).join(', '),
    RENEWS[renews],
  ]);
  return table(['plan', 'title', 'product', 'allotment', 'cap', 'renews'], rows);
}

function routesTable(): string {
  const rows = ENDPOINTS.map(({ method, path, access, perSecond, summary }) => [
    code(`${method} ${path}`),
    access,
    String(perSecond),
    summary,
  ]);
  return table(['route', 'access', 'a second', 'does'], rows);
}

/** `00:05`, or `every 15 minutes`. */
export function timeOf({ runs }: Pick<Sweep, 'runs'>): string {
  if ('everyMinutes' in runs) return `every ${runs.everyMinutes} minutes`;
  return [runs.hour, runs.minute].map((part) => String(part).padStart(2, '0')).join(':');
}

const sweepsTable = (): string =>
  table(
    ['sweep', 'UTC', 'looks back', 'does'],
    SWEEPS.map((sweep) => [code(sweep.name), timeOf(sweep), `${sweep.lookBackHours} h`, sweep.summary]),
  );

const alarmsTable = (): string =>
  table(
    ['alarm', 'rings', 'hurts', 'runbook'],
    WATCHED.map(({ name, when, hurts, runbook }) => [code(name), when, hurts, `[${runbook}](recovery.md#${runbook})`]),
  );

const eventsTable = (): string =>
  table(
    ['event', '`eventId`', 'says'],
    EVENTS.map(({ type, eventId, description }) => [code(type), code(eventId), description]),
  );

const TABLES: Readonly<Record<string, () => string>> = {
  plans: plansTable,
  routes: routesTable,
  sweeps: sweepsTable,
  alarms: alarmsTable,
  events: eventsTable,
};

export const DOCUMENTS = ['docs/rules.md', 'docs/api.md', 'docs/operations.md', 'docs/events.md'] as const;

/** The document with its tables made anew. Throws for a mark of a table that does not exist. */
export function withTables(document: string): string {
  return document.replaceAll(/<!-- generated: (\w+) -->[\s\S]*?<!-- end -->/g, (_, name: string) => {
    const make = TABLES[name];
    if (!make) throw new Error(`no table is named ${name}`);
    return `<!-- generated: ${name} -->\n${make()}\n<!-- end -->`;
  });
}
