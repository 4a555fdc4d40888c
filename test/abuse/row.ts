/** A row of abuse: a request that is right, except for what the row changes. */
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

/** Status, problem, and the first pointer in `errors`. */
export type Wants = readonly [status: number, slug?: ProblemSlug, pointer?: string];

export type Row = {
  readonly route: EndpointName;
  readonly abuse: Abuse | 'business';
  readonly shows: string;
  readonly method?: string;
  /** The name of a `FORGED` token that replaces the caller's own. */
  readonly token?: string;
  readonly as?: string;
  readonly scopes?: readonly Scope[];
  /** Replaces the usual parts. It is encoded already. */
  readonly path?: Readonly<Record<string, string>>;
  /** Replaces the usual query. It is encoded already. `{ada-sent}` stands for a cursor of the world. */
  readonly query?: string;
  /** Replaces the usual headers of the same name. */
  readonly headers?: Headers;
  /** Replaces the usual body, as it is. */
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

/** The value of a header that must be left out. */
export const ABSENT = '\0absent';
