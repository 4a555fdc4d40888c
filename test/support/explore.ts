/** Every order in which the calls of concurrent requests can reach the books. */
import { setImmediate } from 'node:timers/promises';
import { audit } from '../../shared/domain/audit.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { perform, type UseCase } from '../../shared/runtime/runtime.ts';
import type { Store } from '../../shared/store/store.ts';
import type { MemoryStore } from './memory-store.ts';

/** One request, as its use case. It returns its response, at the time of the machine that it reached. */
export type Request = (store: Store) => Promise<unknown>;

/** A request of `input`, repeated after a lost race, on a machine whose clock says `now`. */
export const requestOf =
  <Input>(useCase: UseCase<Input, unknown>, input: Input, now: Instant): Request =>
  (store) =>
    perform(useCase, input, {
      rules: RULES,
      clock: () => now,
      storeFor: () => store,
      random: () => 0,
      pause: async () => {},
    });

/** Each client makes its requests one after the other, and the clients run at once. */
export type Clients = readonly (readonly Request[])[];

/** The responses to every client, and the books afterwards. */
export type Outcome = string;

type MakeBooks = () => Promise<MemoryStore>;
type Gate = <T>(kind: 'read' | 'commit', call: () => Promise<T>) => Promise<T>;

/** A store in which every call waits at a gate. */
const gated = (store: Store, gate: Gate): Store => {
  const through = <Part extends object>(part: Part): Part =>
    new Proxy(part, {
      get: (target, name) => {
        const call = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
        return (...args: unknown[]) => gate('read', () => call.apply(target, args));
      },
    });
  return {
    ledger: through(store.ledger),
    inmails: through(store.inmails),
    subscriptions: through(store.subscriptions),
    connections: through(store.connections),
    transact: (changes) => gate('commit', () => store.transact(changes)),
  };
};

/** Throws if the books do not hold. */
function outcomeOf(answers: readonly unknown[], books: MemoryStore): Outcome {
  const [violation] = audit(books.books(), RULES);
  if (violation) throw new Error(`${violation.invariant} ${violation.where}: ${violation.what}`);
  return JSON.stringify([answers, books.books()]);
}

/** The state of the requests: the results of each client's calls, and the order of the writes. */
class Progress {
  readonly #answers = new Map<string, string>();
  readonly #commits: string[] = [];

  async note<T>(label: string, kind: 'read' | 'commit', call: () => Promise<T>): Promise<T> {
    if (kind === 'commit') this.#commits.push(label);
    const answer = call();
    const text = await answer.then(JSON.stringify, String);
    this.#answers.set(label, text ?? 'nothing');
    return answer;
  }

  state(): string {
    return JSON.stringify([this.#commits, [...this.#answers].sort()]);
  }
}

/** Chooses which of so many waiting calls goes on, or undefined if everything after `state` has been tried. */
type Choose = (waiting: number, state: string) => number | undefined;

/** One run, to its end or until `choose` has nothing new. */
async function run(clients: Clients, books: MemoryStore, choose: Choose): Promise<Outcome | undefined> {
  books.restore();
  const progress = new Progress();
  const waiting: (() => Promise<unknown>)[] = [];
  const storeOf = (client: number): Store => {
    let calls = 0;
    return gated(books, (kind, call) => {
      const label = `${client}.${calls++}`;
      return new Promise((resolve, reject) => {
        waiting.push(() => progress.note(label, kind, call).then(resolve, reject));
      });
    });
  };
  const all = clients.map(async (requests, client) => {
    const store = storeOf(client);
    const answers: unknown[] = [];
    for (const request of requests) answers.push(await request(store));
    return answers;
  });
  for (await setImmediate(); waiting.length > 0; await setImmediate()) {
    const choice = choose(waiting.length, progress.state());
    if (choice === undefined) return undefined;
    const [call] = waiting.splice(choice, 1);
    await call?.();
  }
  return outcomeOf(await Promise.all(all), books);
}

/** More runs than this mean that the requests are too long to try all their orders. */
const MAX_RUNS = 5_000;

/** The outcome of every order of all calls. Each run changes the last choice that has another option. */
export async function everyOrder(clients: Clients, makeBooks: MakeBooks): Promise<Set<Outcome>> {
  const outcomes = new Set<Outcome>();
  const seen = new Set<string>();
  const books = await kept(makeBooks);
  let path: { readonly choice: number; readonly options: number }[] = [];
  for (let runs = 0; runs < MAX_RUNS; runs += 1) {
    const given = path;
    const taken: typeof path = [];
    const outcome = await run(clients, books, (options, state) => {
      const before = given[taken.length];
      if (!before && seen.has(state)) return undefined;
      seen.add(state);
      const choice = before?.choice ?? 0;
      taken.push({ choice, options });
      return choice;
    });
    if (outcome) outcomes.add(outcome);
    const last = taken.findLastIndex(({ choice, options }) => choice + 1 < options);
    const { choice, options } = taken[last] ?? {};
    if (choice === undefined || options === undefined) return outcomes;
    path = [...taken.slice(0, last), { choice: choice + 1, options }];
  }
  throw new RangeError(`more than ${MAX_RUNS} runs`);
}

/** The outcomes of all orders in which one whole request follows another. */
export async function oneAfterTheOther(clients: Clients, makeBooks: MakeBooks): Promise<Set<Outcome>> {
  const outcomes = new Set<Outcome>();
  const books = await kept(makeBooks);
  for (const order of mergesOf(clients.map(({ length }) => length))) {
    books.restore();
    const answers: unknown[][] = clients.map(() => []);
    for (const client of order) {
      const own = answers[client] ?? [];
      own.push(await clients[client]?.[own.length]?.(books));
    }
    outcomes.add(outcomeOf(answers, books));
  }
  return outcomes;
}

/** The books that every run begins with. */
async function kept(makeBooks: MakeBooks): Promise<MemoryStore> {
  const books = await makeBooks();
  books.keep();
  return books;
}

/** Every merge of sequences of these lengths, as a list of the clients in turn. */
function mergesOf(lengths: readonly number[]): number[][] {
  if (lengths.every((length) => length === 0)) return [[]];
  return lengths.flatMap((length, client) => {
    if (length === 0) return [];
    const rest = lengths.map((other, index) => (index === client ? other - 1 : other));
    return mergesOf(rest).map((merge) => [client, ...merge]);
  });
}
