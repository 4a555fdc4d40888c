/** What a newcomer does to add a plan, a route, a sweep and an event: the files by hand, and the tests that ask for more. */

/** Lines that go in before or after the lines of a text, a text instead of another, or a whole file. */
export type Edit =
  | { readonly before: string; readonly text: string }
  | { readonly after: string; readonly text: string }
  | { readonly instead: string; readonly text: string }
  | { readonly whole: string };

type Step = {
  readonly file: string;
  readonly edits: readonly Edit[];
  /** What tells a newcomer who leaves this file out, as a pattern of what the checks print. */
  readonly missed: RegExp;
};

export type Addition = {
  readonly name: string;
  /** The files of the product by hand. Generated files and tests do not count. */
  readonly most: number;
  readonly steps: readonly Step[];
  /** What its tests need. */
  readonly tests: readonly Omit<Step, 'missed'>[];
};

const PLAN: Addition = {
  name: 'a plan',
  most: 1,
  steps: [
    {
      file: 'shared/domain/plans.ts',
      edits: [
        {
          after: 'grants: since(30, 120),\n  },',
          text: `  {
    plan: 'recruiter-plus',
    title: 'Recruiter Plus',
    product: 'recruiter',
    renews: 'anniversary',
    grants: since(150, 600),
  },`,
        },
      ],
      missed: /./,
    },
  ],
  tests: [],
};

const ROUTE: Addition = {
  name: 'a route',
  most: 4,
  steps: [
    {
      file: 'shared/contract/endpoints/credits.ts',
      edits: [
        {
          before: 'export const listLedger',
          text: `export const getEntry = endpoint({
  name: 'get-entry',
  method: 'GET',
  path: '/v1/members/{memberId}/credits/{product}/ledger/{seq}',
  access: 'books',
  perSecond: 2,
  summary: 'One entry of a wallet (R17)',
  description: 'As it is written in the ledger.',
  request: {
    path: walletPath.extend({
      seq: parameter(z.string().regex(/^[1-9][0-9]{0,8}$/, 'the number of an entry'), 'Its number.', 1),
    }),
  },
  responses: { 200: { description: 'The entry.', json: entryList } },
  refusals: ['not-found'],
});
`,
        },
      ],
      missed: /get-entry/,
    },
    {
      file: 'functions/get-entry.ts',
      edits: [
        {
          whole: `import { getEntry as endpoint } from '../shared/contract/endpoints/credits.ts';
import { walletIdOf } from '../shared/domain/ledger.ts';
import type { Product } from '../shared/domain/plans.ts';
import { refuse } from '../shared/domain/refusal.ts';
import { api } from '../shared/http/api.ts';
import { ok } from '../shared/http/response.ts';
import { entryView } from '../shared/http/views.ts';
import type { Deps } from '../shared/runtime/runtime.ts';

export type GetEntryInput = { readonly memberId: string; readonly product: Product; readonly seq: number };

/** R17: one entry of a wallet, as it is written. */
export async function getEntry({ memberId, product, seq }: GetEntryInput, { store }: Deps) {
  const entry = await store.ledger.entry(walletIdOf(memberId, product), seq);
  return entry ? ok({ entries: [entryView(entry)] }) : refuse({ why: 'not-found' });
}

export const handler = api(endpoint, ({ path }, deps) => getEntry({ ...path, seq: Number(path.seq) }, deps));
`,
        },
      ],
      missed: /functions\/get-entry\.ts/,
    },
    {
      file: 'infra/lambda/permissions.ts',
      edits: [{ after: "'get-credits': {", text: "  'get-entry': { ledger: ['GetItem'] }," }],
      missed: /infra\/lambda\/permissions\.ts[\s\S]*get-entry/,
    },
    {
      file: 'shared/contract/examples/story.ts',
      edits: [
        {
          before: "  {\n    endpoint: 'list-ledger',\n    shows: 'The newest entry, as CSV'",
          text: `  {
    endpoint: 'get-entry',
    shows: 'The first entry',
    ...ada,
    path: { ...WALLET, seq: '1' },
    response: ok({ entries: values.LEDGER.slice(-1) }),
  },`,
        },
      ],
      missed: /example of every response of 'get-entry'/,
    },
  ],
  tests: [
    {
      file: 'test/infra/calls-in-use.ts',
      edits: [
        {
          before: "['list-ledger', '2024-02-21T15:00:00Z'",
          text: "  ['get-entry', '2024-02-21T15:00:00Z', (deps) => getEntry({ ...wallet, seq: 1 }, deps)],",
        },
        {
          after: "from '../../functions/get-credits.ts'",
          text: "import { getEntry } from '../../functions/get-entry.ts';",
        },
      ],
    },
    {
      file: 'test/http/api.test.ts',
      edits: [{ after: "inmailId: 'ada~bob~000001',", text: "  seq: '1'," }],
    },
    {
      file: 'test/artifact/artifact.test.ts',
      edits: [
        {
          before: "'list-ledger': { as: 'ada'",
          text: "  'get-entry': { as: 'ada', target: '/v1/members/ada/credits/premium/ledger/1', status: 200 },",
        },
      ],
    },
    {
      file: 'test/infra/hostile-member.test.ts',
      edits: [{ before: "  'list-ledger': { reads", text: "  'get-entry': { reads: 1, millis: 30 }," }],
    },
    {
      file: 'docs/decisions/0024-rates-per-route.md',
      edits: [
        { instead: '66 a second', text: '68 a second' },
        { instead: '792', text: '816' },
      ],
    },
  ],
};

const SWEEP: Addition = {
  name: 'a sweep',
  most: 4,
  steps: [
    {
      file: 'shared/contract/sweeps.ts',
      edits: [
        {
          before: 'export const SWEEPS = [',
          text: `export const renewAgain = sweep({
  name: 'renew-again',
  title: 'Second renewals',
  summary: 'Writes at noon the renewals that the night has missed (R2)',
  runs: { hour: 12, minute: 0 },
  lookBackHours: 0,
  shards: RENEWAL_SHARDS,
  shardsPerListing: 16,
  workersAtOnce: 2,
  key: 'wallet',
  failureHurts: 'Members whose wallets are in these batches: they cannot use the credits that renewed.',
  missedRunHurts: 'No member, because the next night makes up for it.',
  wrote: { one: 'wallet renewed', many: 'wallets renewed' },
});
`,
        },
        {
          instead: 'export const SWEEPS = [renewWallets, remindRecipients, expireInMails]',
          text: 'export const SWEEPS = [renewWallets, remindRecipients, expireInMails, renewAgain]',
        },
      ],
      missed: /renew-again|renewAgain/,
    },
    {
      file: 'shared/sweeps/listings.ts',
      edits: [{ before: "  'remind-recipients': sentIn(", text: "  'renew-again': renewing," }],
      missed: /shared\/sweeps\/listings\.ts[\s\S]*renew-again/,
    },
    {
      file: 'functions/renew-again.ts',
      edits: [
        {
          whole: `/**
 * Started by the queue of wallets that renew today. Late, twice or never: it does no harm, because every write is
 * conditional and balances are right without it (R6).
 */
import { renewAgain } from '../shared/contract/sweeps.ts';
import { seal, walletIdOf } from '../shared/domain/ledger.ts';
import { commit } from '../shared/store/commit.ts';
import type { WalletKey } from '../shared/store/store.ts';
import { readWallet } from '../shared/store/wallets.ts';
import { sweepWorker } from '../shared/sweeps/queue-handler.ts';
import type { HandleKey } from '../shared/sweeps/worker.ts';

/** R2: writes down the first renewal that is due. */
export const renewOnceMore: HandleKey<WalletKey> = async ({ memberId, product }, { store, rules, now }) => {
  const { tail, due } = await readWallet(store, walletIdOf(memberId, product), now, rules);
  const entries = seal(tail, due);
  const [first] = entries;
  if (!first) return { overtaken: 1 };
  for (const entry of entries) await commit(store, [{ kind: 'append-entry', entry }]);
  return { written: entries.length, oldestDueAt: first.at };
};

export const handler = sweepWorker(renewAgain, renewOnceMore);
`,
        },
      ],
      missed: /functions\/renew-again\.ts/,
    },
    {
      file: 'infra/lambda/permissions.ts',
      edits: [{ before: "  'remind-recipients': {", text: "  'renew-again': { ledger: ['Query', 'PutItem'] }," }],
      missed: /infra\/lambda\/permissions\.ts[\s\S]*renew-again/,
    },
  ],
  tests: [
    {
      file: 'test/infra/calls-in-use.ts',
      edits: [
        {
          after: "['get-credits', '2024-02-21T15:00:00Z'",
          text: "  ['renew-again', '2024-03-20T12:00:00Z', (deps) => renewOnceMore(wallet, deps)],",
        },
        {
          before: "from '../../functions/delete-connection.ts'",
          text: "import { renewOnceMore } from '../../functions/renew-again.ts';",
        },
      ],
    },
    {
      file: 'test/artifact/artifact.test.ts',
      edits: [
        {
          before: "  'remind-recipients': async ({ inmails })",
          text: "  'renew-again': async ({ ledger }) => (await ledger.tail(walletIdOf('nora', 'premium')))?.type === 'renewed',",
        },
      ],
    },
    {
      file: 'test/infra/sweeps.test.ts',
      edits: [
        {
          after: "'expire-inmails': 'cron(35 0 * * ? *)'",
          text: "      'renew-again': 'cron(0 12 * * ? *)',",
        },
        { instead: '16 + 4 + 4', text: '16 + 4 + 4 + 4' },
      ],
    },
  ],
};

const EVENT: Addition = {
  name: 'an event',
  most: 3,
  steps: [
    {
      file: 'shared/contract/events.ts',
      edits: [
        {
          before: '] as const;\n\ntype AnyEvent',
          text: `  event({
    type: 'InMailTakenOut',
    source: 'inmails',
    eventId: 'inmail#taken-out',
    description: 'The recipient took the InMail out of their inbox. Nothing comes back (R13).',
    fields: { ...parties, product, sentAt: at },
  }),`,
        },
      ],
      missed: /InMailTakenOut/,
    },
    {
      file: 'shared/events/from-inmail.ts',
      edits: [
        {
          before: '    ...(isAnswered(after) && !isAnswered(before)',
          text: '    ...(after.hiddenByRecipient && !before.hiddenByRecipient ? [hidingOf(after)] : []),',
        },
        { instead: "'reminded' | 'expired' | 'answered'", text: "'reminded' | 'expired' | 'answered' | 'taken-out'" },
        {
          before: 'const envelopeOf = (',
          text: `/** Told once, because a hiding is never taken back. */
function hidingOf(inmail: InMail): EventOf<'InMailTakenOut'> {
  return { ...envelopeOf(inmail, 'taken-out'), type: 'InMailTakenOut', at: inmail.sentAt, ...factsOf(inmail) };
}
`,
        },
      ],
      missed: /InMailTakenOut/,
    },
    {
      file: 'web/words/time-words.ts',
      edits: [
        {
          before: '  InMailAnswered:',
          text: "  InMailTakenOut: () => 'A recipient took an InMail out.',",
        },
      ],
      missed: /InMailTakenOut/,
    },
  ],
  tests: [
    {
      file: 'test/events/from-inmail.test.ts',
      edits: [{ instead: "    ['an InMail that is hidden makes no event', pending, hidden, []],\n", text: '' }],
    },
    {
      file: 'test/events/schemas.test.ts',
      edits: [
        {
          after: "inmailRecord({ ...pending, status: 'expired' }, pending),",
          text: '  inmailRecord({ ...pending, hiddenByRecipient: true }, pending),',
        },
      ],
    },
    {
      // Its story hides no InMail.
      file: 'test/recover/republish.test.ts',
      edits: [
        {
          instead: 'EVENTS.map(({ type }) => type).sort()',
          text: "EVENTS.map(({ type }) => type).filter((type) => type !== 'InMailTakenOut').sort()",
        },
      ],
    },
  ],
};

export const ADDITIONS: readonly Addition[] = [PLAN, ROUTE, SWEEP, EVENT];
