/** A running system with books worth attacking. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalSystem, startLocalSystem } from '../../local/system.ts';
import { SCOPE_PREFIX } from '../../shared/contract/scopes.ts';
import { scanPages } from '../../shared/store/books.ts';
import { LocalClient } from '../local/local-client.ts';
import { ownTables } from '../support/engine.ts';
import { FORGED, type Forge, openForge, SCOPELESS } from './forged-tokens.ts';
import type { Place, Row } from './row.ts';
import type { Secrets } from './soundness.ts';
import type { Usual } from './usual.ts';

export type World = Place & {
  readonly system: LocalSystem;
  readonly client: LocalClient;
  readonly secrets: Secrets;
  readonly everything: () => Promise<unknown>;
  readonly stop: () => Promise<void>;
};

/** `pageDir` is the folder of a built page. Without it, there is no page. */
export async function openWorld({ pageDir }: { readonly pageDir?: string } = {}): Promise<World> {
  const dataDir = mkdtempSync(join(tmpdir(), 'inmail-credits-abuse-'));
  const system = await startLocalSystem({ dataDir, ...ownTables(), ...(pageDir !== undefined && { pageDir }) });
  const client = new LocalClient(system);
  await populate(client);
  const forge = await openForge(dataDir, `${SCOPE_PREFIX}billing ${SCOPE_PREFIX}support`);
  const { d } = JSON.parse(readFileSync(join(dataDir, 'issuer.json'), 'utf8'));
  return {
    system,
    client,
    secrets: [dataDir, process.cwd(), d],
    cursors: await cursorsOf(client),
    authorization: async (row, usual) =>
      (await tokens(row, usual, forge, system)).map((value) => ['authorization', value]),
    everything: async () =>
      Object.fromEntries(await Promise.all(Object.values(system.tables).map((name) => itemsIn(name)))),
    stop: async () => {
      await system.stop();
      rmSync(dataDir, { recursive: true });
    },
  };

  async function itemsIn(TableName: string) {
    const items: string[] = [];
    for await (const page of scanPages(system, { TableName })) items.push(...page.map((item) => JSON.stringify(item)));
    return [TableName, items.sort()] as const;
  }
}

async function tokens(row: Row, usual: Usual, forge: Forge, { tokenFor }: LocalSystem): Promise<readonly string[]> {
  if (row.token !== undefined) return (FORGED[row.token] ?? SCOPELESS[row.token])?.(forge) ?? [];
  const as = row.as ?? usual.as;
  return as === undefined ? [] : [`Bearer ${await tokenFor(as, row.scopes ?? (row.as ? [] : usual.scopes))}`];
}

/** Ada has InMails with bob, carol and dave, and only dave has answered. Ivy has spent all her credits. */
async function populate(client: LocalClient): Promise<void> {
  for (const member of ['ada', 'bob', 'eve', 'ivy']) await client.subscribe(member, 'premium', 'premium-career');
  await client.subscribe('ada', 'sales-navigator', 'sales-navigator-core');
  const letters = [
    ...['bob', 'carol', 'dave'].map((to) => ['ada', to] as const),
    ...['ada', 'carol'].flatMap((to) => [['bob', to] as const, ['eve', to] as const]),
    ...['v', 'w', 'x', 'y', 'z'].map((to) => ['ivy', to] as const),
  ];
  for (const [from, to] of letters) expectOk(await client.send(from, to, 'premium'));
  const path = '/v1/inmails/ada~dave~000001/response';
  expectOk(await client.call('PUT', path, { as: 'dave', json: { type: 'accept' } }));
  expectOk(await client.call('PUT', '/v1/members/ada/connections/hugo', { as: 'desk', scopes: ['billing'] }));
}

function expectOk({ status, text }: { readonly status: number; readonly text: string }): void {
  if (status >= 300) throw new Error(`the world was not made: ${status} ${text}`);
}

/** Cursors of the second pages of results, and spoilt copies of them. */
async function cursorsOf(client: LocalClient): Promise<Record<string, string>> {
  const cursorOf = async (as: string, path: string) =>
    (await client.call('GET', path, { as })).body.nextCursor as string;
  const boxOf = (as: string) => cursorOf(as, '/v1/inmails?box=sent&limit=1');
  const ledgerOf = (as: string) => cursorOf(as, `/v1/members/${as}/credits/premium/ledger?limit=1`);
  const own = { 'ada-sent': await boxOf('ada'), 'ada-premium': await ledgerOf('ada') };
  const others = { 'eve-sent': await boxOf('eve'), 'eve-premium': await ledgerOf('eve') };
  const spoilt = Object.entries(own).flatMap(([name, cursor]) => [
    [`${name}-changed`, cursor.slice(0, -1) + (cursor.endsWith('A') ? 'B' : 'A')],
    [`${name}-cut`, cursor.slice(0, -1)],
  ]);
  return { ...own, ...others, ...Object.fromEntries(spoilt) };
}
