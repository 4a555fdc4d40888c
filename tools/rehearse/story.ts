/** The story that members, a recipient and the back office play over HTTP, one request after the other. */
import type { ApiClient } from '../../client/client.ts';
import type { ProblemSlug } from '../../shared/contract/problems.ts';
import type { CallerName, Cast } from './cast.ts';
import { hold } from './rehearsal.ts';

/** Later requests need this from the responses of earlier ones. */
type Notes = { inmailId: string; cursor: string };

type Scene = { readonly ada: string; readonly bob: string; readonly notes: Notes };

type Answer = { readonly data?: unknown; readonly error?: unknown; readonly response: Response };

type Exchange = {
  readonly as: CallerName;
  readonly does: string;
  readonly ask: (client: ApiClient, scene: Scene) => Promise<Answer>;
  /** The status of a success, or the problem of a refusal. */
  readonly answers: number | ProblemSlug;
  /** Looks at a success, and takes notes. */
  readonly expects?: (data: never, scene: Scene, response: Response) => void;
};

/** Throws a StepFailure that names the request and quotes its response. */
export async function playStory({ people, clients }: Cast): Promise<void> {
  const scene: Scene = { ada: people.ada.memberId, bob: people.bob.memberId, notes: { inmailId: '', cursor: '' } };
  for (const { as, does, ask, answers, expects } of STORY) {
    const { data, error, response } = await ask(clients[as], scene);
    const said = `${as} ${does}: ${response.status} ${JSON.stringify(error ?? data)}`;
    if (typeof answers === 'number') hold(response.status === answers, `${said}, not ${answers}`);
    else hold(problemIn(error) === answers, `${said}, not ${answers}`);
    expects?.(data as never, scene, response);
  }
}

/** API Gateway refuses a token that is not good, or lacks a scope, by itself and in its own words. */
const PROBLEM_OF_GATEWAY: Readonly<Record<string, ProblemSlug>> = {
  Unauthorized: 'unauthenticated',
  Forbidden: 'forbidden',
};

function problemIn(error: unknown): string | undefined {
  const { type, message = '' } = (error ?? {}) as { readonly type?: string; readonly message?: string };
  return type?.split('/').at(-1) ?? PROBLEM_OF_GATEWAY[message];
}

const wallet = (memberId: string) => ({ path: { memberId, product: 'premium' as const } });

const subscribe = (client: ApiClient, { ada }: Scene, plan: 'premium-career' | 'premium-business'): Promise<Answer> =>
  client.PUT('/v1/members/{memberId}/subscriptions/{product}', { params: wallet(ada), body: { plan } });

const send = (client: ApiClient, recipientId: string, key: string, subject = 'Hello'): Promise<Answer> =>
  client.POST('/v1/inmails', {
    params: { header: { 'Idempotency-Key': key } },
    body: { product: 'premium', recipientId, subject, body: 'Would you like to talk?' },
  });

const credits = (client: ApiClient, { ada }: Scene): Promise<Answer> =>
  client.GET('/v1/members/{memberId}/credits/{product}', { params: wallet(ada) });

const ledger = (client: ApiClient, { ada }: Scene, query: { limit: number; cursor?: string }): Promise<Answer> =>
  client.GET('/v1/members/{memberId}/credits/{product}/ledger', { params: { ...wallet(ada), query } });

const respond = (client: ApiClient, { notes: { inmailId } }: Scene, type: 'accept' | 'decline'): Promise<Answer> =>
  client.PUT('/v1/inmails/{inmailId}/response', { params: { path: { inmailId } }, body: { type } });

const box = (client: ApiClient, name: 'inbox' | 'sent'): Promise<Answer> =>
  client.GET('/v1/inmails', { params: { query: { box: name } } });

const pair = ({ ada, bob }: Scene) => ({ params: { path: { memberId: ada, otherId: bob } } });

const connect = (client: ApiClient, scene: Scene): Promise<Answer> =>
  client.PUT('/v1/members/{memberId}/connections/{otherId}', pair(scene));

type Balance = { readonly balance: number };
type Sent = { readonly inmail: { readonly inmailId: string; readonly credit: string } };
type Box = { readonly inmails: readonly unknown[] };
type Ledger = { readonly entries: readonly { readonly seq: number }[]; readonly nextCursor?: string };

const balanceIs =
  (wanted: number) =>
  ({ balance }: Balance): void =>
    hold(balance === wanted, `the balance is ${balance}, not ${wanted}`);

const boxHolds =
  (wanted: number) =>
  ({ inmails }: Box): void =>
    hold(inmails.length === wanted, `the box holds ${inmails.length} InMails, not ${wanted}`);

const STORY: readonly Exchange[] = [
  { as: 'nobody', does: 'asks for the plans', ask: (client) => client.GET('/v1/plans'), answers: 'unauthenticated' },
  { as: 'foreigner', does: 'shows an ID token', ask: (client) => client.GET('/v1/plans'), answers: 'forbidden' },
  { as: 'ada', does: 'asks for the plans', ask: (client) => client.GET('/v1/plans'), answers: 200 },
  {
    as: 'ada',
    does: 'gives herself a plan',
    ask: (client, scene) => subscribe(client, scene, 'premium-career'),
    answers: 'forbidden',
  },
  {
    as: 'support',
    does: 'gives her a plan',
    ask: (client, scene) => subscribe(client, scene, 'premium-career'),
    answers: 'forbidden',
  },
  {
    as: 'ada',
    does: 'sends without a plan',
    ask: (client, { bob }) => send(client, bob, 'first'),
    answers: 'no-active-subscription',
  },
  {
    as: 'billing',
    does: 'subscribes her',
    ask: (client, scene) => subscribe(client, scene, 'premium-career'),
    answers: 200,
    expects: balanceIs(5),
  },
  {
    as: 'ada',
    does: 'writes to herself',
    ask: (client, { ada }) => send(client, ada, 'herself'),
    answers: 'self-inmail',
  },
  {
    as: 'ada',
    does: 'writes to bob',
    ask: (client, { bob }) => send(client, bob, 'first'),
    answers: 201,
    expects: ({ inmail }: Sent, { notes }) => {
      notes.inmailId = inmail.inmailId;
    },
  },
  {
    as: 'ada',
    does: 'sends the same request again',
    ask: (client, { bob }) => send(client, bob, 'first'),
    answers: 201,
    expects: (_: Sent, __, response) =>
      hold(response.headers.get('idempotency-replayed') === 'true', 'the second response does not say that it is one'),
  },
  {
    as: 'ada',
    does: 'uses the key again',
    ask: (client, { bob }) => send(client, bob, 'first', 'Other'),
    answers: 'idempotency-key-reused',
  },
  {
    as: 'ada',
    does: 'writes to bob again',
    ask: (client, { bob }) => send(client, bob, 'second'),
    answers: 'response-pending',
  },
  { as: 'ada', does: 'looks at her credits', ask: credits, answers: 200, expects: balanceIs(4) },
  { as: 'bob', does: 'looks at her credits', ask: credits, answers: 'not-found' },
  { as: 'support', does: 'looks at her credits', ask: credits, answers: 200, expects: balanceIs(4) },
  {
    as: 'ada',
    does: 'looks at all her credits',
    ask: (client, { ada }) => client.GET('/v1/members/{memberId}/credits', { params: { path: { memberId: ada } } }),
    answers: 200,
  },
  { as: 'bob', does: 'opens his inbox', ask: (client) => box(client, 'inbox'), answers: 200, expects: boxHolds(1) },
  { as: 'ada', does: 'opens her sent box', ask: (client) => box(client, 'sent'), answers: 200, expects: boxHolds(1) },
  {
    as: 'bob',
    does: 'reads it',
    ask: (client, { notes: { inmailId } }) => client.GET('/v1/inmails/{inmailId}', { params: { path: { inmailId } } }),
    answers: 200,
  },
  {
    as: 'ada',
    does: 'answers her own InMail',
    ask: (client, scene) => respond(client, scene, 'accept'),
    answers: 'not-found',
  },
  {
    as: 'bob',
    does: 'accepts it',
    ask: (client, scene) => respond(client, scene, 'accept'),
    answers: 200,
    expects: ({ inmail }: Sent) => hold(inmail.credit === 'returned', `its credit is ${inmail.credit}`),
  },
  {
    as: 'bob',
    does: 'declines it',
    ask: (client, scene) => respond(client, scene, 'decline'),
    answers: 'already-responded',
  },
  {
    as: 'ada',
    does: 'reads her ledger',
    ask: (client, scene) => ledger(client, scene, { limit: 2 }),
    answers: 200,
    expects: ({ entries, nextCursor = '' }: Ledger, { notes }) => {
      hold(entries.map(({ seq }) => seq).join() === '3,2', `the ledger begins with ${JSON.stringify(entries)}`);
      notes.cursor = nextCursor;
    },
  },
  {
    as: 'ada',
    does: 'reads the rest of it',
    ask: (client, scene) => ledger(client, scene, { limit: 2, cursor: scene.notes.cursor }),
    answers: 200,
    expects: ({ entries }: Ledger) => hold(entries.map(({ seq }) => seq).join() === '1', 'the cursor leads elsewhere'),
  },
  {
    as: 'bob',
    does: 'hides it',
    ask: (client, { notes: { inmailId } }) =>
      client.DELETE('/v1/inmails/{inmailId}', { params: { path: { inmailId } } }),
    answers: 204,
  },
  {
    as: 'bob',
    does: 'opens his inbox again',
    ask: (client) => box(client, 'inbox'),
    answers: 200,
    expects: boxHolds(0),
  },
  { as: 'ada', does: 'connects the two', ask: connect, answers: 'forbidden' },
  { as: 'billing', does: 'connects the two', ask: connect, answers: 204 },
  {
    as: 'ada',
    does: 'writes to a connection',
    ask: (client, { bob }) => send(client, bob, 'third'),
    answers: 'already-connected',
  },
  {
    as: 'desk',
    does: 'parts the two',
    ask: (client, scene) => client.DELETE('/v1/members/{memberId}/connections/{otherId}', pair(scene)),
    answers: 204,
  },
  {
    as: 'desk',
    does: 'changes her plan',
    ask: (client, scene) => subscribe(client, scene, 'premium-business'),
    answers: 200,
  },
  {
    as: 'desk',
    does: 'cancels it',
    ask: (client, { ada }) => client.DELETE('/v1/members/{memberId}/subscriptions/{product}', { params: wallet(ada) }),
    answers: 204,
  },
  { as: 'ada', does: 'looks at what is left', ask: credits, answers: 200, expects: balanceIs(0) },
];
