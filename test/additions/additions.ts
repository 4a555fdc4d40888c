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
      file: 'infra/permissions.ts',
      edits: [{ after: "'get-credits': {", text: "  'get-entry': { ledger: ['GetItem'] }," }],
      missed: /infra\/permissions\.ts[\s\S]*get-entry/,
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
      missed: /shows every response of get-entry/,
    },
  ],
  tests: [
    {
      file: 'test/infra/permissions-in-use.test.ts',
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
          text: `export const checkWallets = sweep({
  name: 'check-wallets',
  title: 'Checks',
  summary: 'Verifies the last entry of each wallet (R17)',
  runs: { hour: 3, minute: 0 },
  lookBackHours: 0,
  shards: RENEWAL_SHARDS,
  shardsPerListing: 16,
  workersAtOnce: 2,
  key: 'wallet',
  failureHurts: 'No member yet. A wallet in these batches could not be verified.',
  wrote: { one: 'fault found', many: 'faults found' },
});
`,
        },
        {
          instead: 'export const SWEEPS = [renewWallets, remindRecipients, expireInMails]',
          text: 'export const SWEEPS = [renewWallets, remindRecipients, expireInMails, checkWallets]',
        },
      ],
      missed: /check-wallets|checkWallets/,
    },
    {
      file: 'shared/sweeps/listings.ts',
      edits: [{ before: "  'remind-recipients': sentIn(", text: "  'check-wallets': renewing," }],
      missed: /shared\/sweeps\/listings\.ts[\s\S]*check-wallets/,
    },
    {
      file: 'functions/check-wallets.ts',
      edits: [
        {
          whole: `/**
 * Started by the queue of wallets that renew today. Late, twice or never: it writes nothing, and the next run looks at
 * other wallets.
 */
import { checkWallets } from '../shared/contract/sweeps.ts';
import { hashOf, walletIdOf } from '../shared/domain/ledger.ts';
import type { WalletKey } from '../shared/store/store.ts';
import { sweepWorker } from '../shared/sweeps/queue-handler.ts';
import type { HandleKey } from '../shared/sweeps/worker.ts';

/** Throws if the last entry does not carry its own hash. */
export const checkWallet: HandleKey<WalletKey> = async ({ memberId, product }, { store }) => {
  const walletId = walletIdOf(memberId, product);
  const tail = await store.ledger.tail(walletId);
  if (!tail) return {};
  const { prevHash, hash, ...body } = tail;
  if (hashOf(prevHash, body) !== hash) throw new Error(\`\${walletId}: entry \${tail.seq} does not verify\`);
  return {};
};

export const handler = sweepWorker(checkWallets, checkWallet);
`,
        },
      ],
      missed: /functions\/check-wallets\.ts/,
    },
    {
      file: 'infra/permissions.ts',
      edits: [{ before: "  'remind-recipients': {", text: "  'check-wallets': { ledger: ['Query'] }," }],
      missed: /infra\/permissions\.ts[\s\S]*check-wallets/,
    },
  ],
  tests: [
    {
      file: 'test/infra/permissions-in-use.test.ts',
      edits: [
        {
          after: "['renew-wallets', '2024-02-20T00:05:00Z'",
          text: "  ['check-wallets', '2024-02-20T03:00:00Z', (deps) => checkWallet(wallet, deps)],",
        },
        {
          before: "from '../../functions/delete-connection.ts'",
          text: "import { checkWallet } from '../../functions/check-wallets.ts';",
        },
      ],
    },
    {
      file: 'test/infra/sweeps.test.ts',
      edits: [
        {
          after: "'expire-inmails': 'cron(35 0 * * ? *)'",
          text: "      'check-wallets': 'cron(0 3 * * ? *)',",
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
          before: '/** True from the first instant after the window',
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
  ],
};

export const ADDITIONS: readonly Addition[] = [PLAN, ROUTE, SWEEP, EVENT];
