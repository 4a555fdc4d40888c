import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import { stageNamed } from '../../infra/stages.ts';
import { type LocalSystem, startLocalSystem } from '../../local/system.ts';
import type { RenewalFacts } from '../../shared/domain/completeness.ts';
import { instant, monthOf } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { readArguments } from '../../tools/options.ts';
import { Findings, type Report } from '../../tools/report/findings.ts';
import { inspectWallets } from '../../tools/report/inspect.ts';
import { OPTIONS } from '../../tools/report/options.ts';
import { textOf } from '../../tools/report/print.ts';
import { reportRenewals } from '../../tools/report/renewals.ts';
import type { SubscriptionRow } from '../../tools/report/subscriptions.ts';
import { Tally } from '../../tools/report/tally.ts';
import { World } from '../domain/world.ts';
import { LocalClient } from '../local/local-client.ts';
import { runCommand } from '../support/command.ts';
import { day } from '../support/domain-builders.ts';
import { ENGINE } from '../support/engine.ts';

const scratch = mkdtempSync(join(tmpdir(), 'inmail-credits-report-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const command = (env: Record<string, string>, ...args: string[]) => runCommand('report/main', args, env).ended;

const dataDir = join(scratch, 'books');
const report = (...args: string[]) => command({ DATA_DIR: dataDir }, ...args);

async function during<T>(use: (client: LocalClient, system: LocalSystem) => Promise<T>): Promise<T> {
  const system = await startLocalSystem({ engine: ENGINE, dataDir });
  try {
    return await use(new LocalClient(system), system);
  } finally {
    await system.stop();
  }
}

/** The variables of a shell that knows no account and no region. */
const OUTSIDE_AWS = {
  AWS_REGION: '',
  AWS_CONFIG_FILE: join(scratch, 'none'),
  AWS_SHARED_CREDENTIALS_FILE: join(scratch, 'none'),
};

const switchSweep = (client: LocalClient, enabled: boolean) =>
  client.call('PUT', '/local/schedules/renew-wallets', { json: { enabled } });

const february = {
  month: monthOf(day('2036-02-01')),
  until: instant('2036-03-01T06:00:00Z'),
  writtenUntil: instant('2036-03-01T00:05:00Z'),
};

describe('npm run report:renewals', () => {
  it('the report lists what the sweep missed, with or without a running system, until a sweep has written it', async () => {
    await during(async (client) => {
      await client.move({ set: '2036-01-31T12:00:00Z' });
      await client.subscribe('ada', 'premium', 'premium-career');
      await client.subscribe('bob', 'sales-navigator', 'sales-navigator-core');
      await client.move({ set: '2036-02-01T12:00:00Z' });
      const clean = await report();
      expect(clean).toMatchObject({ code: 0, err: '' });
      expect(clean.out).toMatch(
        /^Renewals due in 2036-02, as of 2036-02-01T12:00:\S+\nwallets +2\nactive subscriptions +2\n/,
      );
      expect(clean.out).toMatch(/\ndue dates +1\nwritten +1\nnot yet +0\ngaps +0\nduplicates +0\nunexpected +0\n$/);
      await switchSweep(client, false);
      await client.move({ set: '2036-02-29T00:00:09Z' });
      const early = await report();
      expect(early).toMatchObject({ code: 0, err: '' });
      expect(early.out).toMatch(/\ndue dates +2\nwritten +1\nnot yet +1\ngaps +0\nduplicates +0\nunexpected +0\n/);
      expect(early.out).toMatch(
        /\nnot yet: due after 2036-02-28T00:05:00\.000Z, the last run that has had its 3 hours\n$/,
      );
      await client.move({ set: '2036-02-29T03:05:00Z' });
      const late = await report('--json');
      expect(late.code).toBe(1);
      expect(JSON.parse(late.out)).toMatchObject({
        writtenUntil: '2036-02-29T00:05:00.000Z',
        ...{ written: 1, notYet: 0, faults: { gap: 1 } },
      });
      await client.move({ set: '2036-03-01T06:00:00Z' });
      const missed = await report('--month', '2036-02');
      expect(missed).toMatchObject({ code: 1, err: '' });
      expect(missed.out).toMatch(/\ndue dates +2\nwritten +1\nnot yet +0\ngaps +1\n/);
      expect(missed.out).toMatch(
        /\noldest not written: 2036-02-29 ada#premium\ngap ada#premium 2036-02-29: not written\n$/,
      );
    });
    const atRest = await report('--json');
    expect([atRest.code, atRest.err]).toEqual([1, '']);
    expect(JSON.parse(atRest.out)).toMatchObject({
      month: '2036-03',
      ...{ wallets: 2, activeSubscriptions: 2, dueDates: 1, written: 0 },
      faults: { gap: 1, duplicate: 0, unexpected: 0, overdue: 1, subscription: 0, plan: 0 },
      oldestUnwritten: { walletId: 'ada#premium', dueOn: '2036-02-29' },
    });
    await during(async (client) => {
      await switchSweep(client, true);
      await client.move({ advance: 'P1D' });
      expect(await report('--month', '2036-02')).toMatchObject({ code: 0, err: '' });
      expect(await report()).toMatchObject({ code: 0, err: '' });
    });
  });

  it('the report lists subscriptions and ledgers at odds, however many parts the ledger is read in', async () => {
    const reports = await during(async (client, { client: dynamo, tables }) => {
      for (const member of ['cyd', 'dan', 'eve', 'fay']) await client.subscribe(member, 'premium', 'premium-career');
      const rowOf = (memberId: string) => ({ memberId, product: 'premium' });
      const TableName = tables.subscriptions;
      await dynamo.send(new DeleteCommand({ TableName, Key: rowOf('cyd') }));
      await dynamo.send(
        new UpdateCommand({
          TableName,
          Key: rowOf('dan'),
          UpdateExpression: 'SET renewalDay = :day',
          ExpressionAttributeValues: { ':day': 30 },
        }),
      );
      const Item = { ...rowOf('gil'), status: 'active', signedUpAt: '2036-02-01T00:00:00.000Z', renewalDay: 1 };
      await dynamo.send(new PutCommand({ TableName, Item }));
      const period = { ...february, until: instant('2036-03-03T00:00:00Z') };
      const parts = { database: { client: dynamo, tables }, period, rules: RULES };
      return [await reportRenewals({ ...parts, segments: 1 }), await reportRenewals({ ...parts, segments: 5 })];
    });
    const linesOf = ({ first }: Report) =>
      first.map(({ kind, walletId, what }) => `${kind} ${walletId} ${what}`).sort();
    for (const one of reports) {
      expect(linesOf(one)).toEqual([
        'subscription cyd#premium is missing, and its ledger goes on',
        'subscription dan#premium stands under day 30, and its ledger renews on day 2',
        'subscription gil#premium is active, and its ledger is empty',
      ]);
      expect([one.wallets, one.activeSubscriptions, one.faults.subscription]).toEqual([6, 6, 3]);
    }
  });

  it('the command says in one line why there is no report', async () => {
    const none = join(scratch, 'none');
    const cases: [Record<string, string>, string[], string][] = [
      [{ DATA_DIR: none }, [], `${none} holds no books: npm start makes some, and DATA_DIR says where`],
      [{}, ['--stage', 'nowhere'], '--stage wants dev or prod, not "nowhere"'],
      [OUTSIDE_AWS, ['--stage', 'dev'], 'AWS: there is no region: set AWS_REGION, or one in the profile'],
      [{}, ['--surprise'], '--surprise is not an option .*'],
    ];
    for (const [env, args, message] of cases) {
      const { code, out, err } = await command(env, ...args);
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(new RegExp(`^report: ${message}\n$`));
    }
    const future = await report('--month', '2036-04');
    expect(future).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^report: 2036-04 has not begun: it is 2036-03-0/),
    });
  });
});

describe('the command line', () => {
  it('the report has defaults for all options', () => {
    expect(readArguments(OPTIONS, [])?.values).toEqual({
      ...{ month: undefined, stage: undefined, engine: undefined, json: false },
    });
    const args = ['--month', '1970-02', '--stage', 'prod', '--engine', 'dynamodb', '--json'];
    const values = { month: 1, stage: stageNamed('prod'), engine: 'dynamodb', json: true };
    expect(readArguments(OPTIONS, args)?.values).toEqual(values);
  });

  it.each(['2026', '2026-00', '2026-13', '2026-1', '2026-11-01', '26-11', '', '0000-01', '3000-01'])(
    'the report refuses %j as a month',
    (month) => {
      const fault = `--month wants a month such as 2026-11, not "${month}"`;
      expect(() => readArguments(OPTIONS, ['--month', month])).toThrow(fault);
    },
  );
});

describe('wallets as a scan comes upon them', () => {
  const PREMIUM = 'ada#premium';
  const world = new World().at('2035-12-31T12:00Z');
  world.subscribe('ada', 'premium-career');
  world.at('2036-02-29T00:05Z').renew(PREMIUM);
  const whole: readonly RenewalFacts[] = world.ledger(PREMIUM);
  const row: SubscriptionRow = {
    ...{ memberId: 'ada', product: 'premium', status: 'active', renewalDay: 31 },
    signedUpAt: instant('2035-12-31T12:00Z'),
  };

  /** A shelf whose books change with each look: what it holds is the n-th of each, or the last. */
  function inspect(
    runs: (readonly RenewalFacts[])[],
    ledgers = [whole],
    rows: (SubscriptionRow | undefined)[] = [row],
  ) {
    const nextOf = <T>(items: readonly T[]) => {
      let looks = 0;
      return () => items[Math.min(looks++, items.length - 1)] as T;
    };
    const [nextLedger, nextRow] = [nextOf(ledgers), nextOf(rows)];
    const subscriptions = async () => {
      const found = nextRow();
      return new Map(found ? [[PREMIUM, found]] : []);
    };
    return inspectWallets(runs, { ledger: async () => nextLedger(), subscriptions }, february, RULES);
  }
  const faultsOf = async (inspecting: ReturnType<typeof inspect>) =>
    (await inspecting).map(({ dueDates, faults }) => [dueDates, ...faults.map(({ kind }) => kind)]);

  it('a wallet is judged by what the scan shows, when that is whole and clean', async () => {
    expect(await faultsOf(inspect([whole], [[]]))).toEqual([[1]]);
  });

  it('a wallet is read again by itself before a fault is told, because a sweep may just have written', async () => {
    expect(await faultsOf(inspect([whole.slice(0, 2)]))).toEqual([[1]]);
    expect(await faultsOf(inspect([whole], [whole.slice(0, 2)], [undefined, row]))).toEqual([[1, 'gap']]);
  });

  it('a wallet is counted once when its entries come in two parts', async () => {
    expect(await faultsOf(inspect([whole.slice(0, 1), whole.slice(1)]))).toEqual([[1]]);
    expect(await faultsOf(inspect([whole.slice(1), whole.slice(0, 1)]))).toEqual([[1]]);
  });

  it('a wallet whose first entry is lost is counted all the same', async () => {
    expect(await faultsOf(inspect([whole.slice(1)], [whole.slice(1)]))).toEqual([[1]]);
  });

  it('a wallet and its subscription are looked at three times before they count as at odds', async () => {
    expect(await faultsOf(inspect([whole], [whole], [undefined, undefined, undefined, row]))).toEqual([[1]]);
    expect(await faultsOf(inspect([whole], [whole], [undefined, undefined, undefined, undefined, row]))).toEqual([
      [1, 'subscription'],
    ]);
  });
});

describe('what is found', () => {
  it('the report lists faults up to the hundredth, and counts the others', () => {
    const findings = new Findings(february);
    const add = (faults: number) => {
      for (let count = 0; count < faults; count += 1)
        findings.addFault({
          kind: 'gap',
          walletId: `m${count}#premium`,
          dueOn: day('2036-02-29'),
          what: 'not written',
        });
      return textOf(findings.report()).split('\n');
    };
    expect(add(100).at(-1)).toBe('gap m99#premium 2036-02-29: not written');
    expect(add(1).slice(-2)).toEqual(['gap m99#premium 2036-02-29: not written', '… and 1 more']);
    expect(findings.report().faults.gap).toBe(101);
  });

  it('two tallies that differ show the few wallets that may make the difference', () => {
    const [all, some] = [new Tally(), new Tally()];
    const names = Array.from({ length: 1_000 }, (_, index) => `m${index}#premium`);
    for (const name of names) all.add(name);
    for (const name of names.slice(0, -1)) some.add(name);
    expect(all.equals(some)).toBe(false);
    const suspects = names.filter((name) => !all.agreesOn(name, some));
    expect(suspects).toContain('m999#premium');
    expect(suspects.length).toBeLessThan(5);
    some.add('m999#premium');
    expect([all.equals(some), names.every((name) => all.agreesOn(name, some))]).toEqual([true, true]);
  });
});
