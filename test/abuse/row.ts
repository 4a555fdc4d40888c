/** A row of abuse: a call that would be right, but for what the row says of it. */
import type { Scope } from '../../local/identity/issuer.ts';
import { type EndpointName, endpointNamed } from '../../shared/contract/endpoints.ts';
import type { ProblemSlug } from '../../shared/contract/problems.ts';
import { type Headers, USUAL, type Usual } from './usual.ts';

export type Abuse =
  | 'token'
  | 'scope'
  | 'method'
  | 'identity'
  | 'others'
  | 'path'
  | 'query'
  | 'limit'
  | 'at'
  | 'cursor'
  | 'body'
  | 'text'
  | 'key';

/** Status, problem, and what `errors` points to first. */
export type Wants = readonly [status: number, slug?: ProblemSlug, pointer?: string];

export type Row = {
  readonly route: EndpointName;
  readonly abuse: Abuse | 'business';
  readonly shows: string;
  readonly method?: string;
  /** Of `FORGED`, in the place of a token of the caller's. */
  readonly token?: string;
  readonly as?: string;
  readonly scopes?: readonly Scope[];
  /** In the place of the usual ones, encoded already. */
  readonly path?: Readonly<Record<string, string>>;
  /** In the place of the usual one, encoded already. `{ada-sent}` stands for a cursor of the world. */
  readonly query?: string;
  /** In the place of the usual ones of the same name. */
  readonly headers?: Headers;
  /** In the place of the usual one, as it is. */
  readonly body?: string | Buffer;
  readonly wants: Wants;
};

export type Sent = {
  readonly method: string;
  readonly target: string;
  readonly headers: Headers;
  readonly body: string | Buffer | undefined;
};

export type Place = {
  readonly cursors: Readonly<Record<string, string>>;
  readonly authorization: (row: Row, usual: Usual) => Promise<Headers>;
};

/** What goes over the wire. */
export async function sentOf(row: Row, { cursors, authorization }: Place): Promise<Sent> {
  const { method, path: template } = endpointNamed(row.route);
  const usual = USUAL[row.route];
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => ({ ...usual.path, ...row.path })[name] ?? '');
  const query = (row.query ?? usual.query ?? '').replaceAll(/\{([\w-]+)\}/g, (_, name: string) => cursors[name] ?? '?');
  const own = new Set(row.headers?.map(([name]) => name));
  const body = row.body ?? (usual.body && JSON.stringify(usual.body));
  const json: Headers = body === undefined ? [] : [['content-type', 'application/json']];
  const others = [...(await authorization(row, usual)), ...json, ...(usual.headers ?? [])].filter(
    ([name]) => !own.has(name),
  );
  return {
    method: row.method ?? method,
    target: query ? `${path}?${query}` : path,
    headers: [...others, ...(row.headers ?? [])].filter(([, value]) => value !== ABSENT),
    body,
  };
}

/** The value of a header that is to be left out. */
export const ABSENT = '\0absent';
