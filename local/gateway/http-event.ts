/** Makes the event of API Gateway (payload format 2.0) from an HTTP request. */
import { isUtf8 } from 'node:buffer';
import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import type { Claims } from '../identity/issuer.ts';
import { decode } from './percent-encoding.ts';
import type { MatchedRoute } from './route-match.ts';

/** A request with its whole body. */
export type HttpRequest = {
  readonly method: string;
  /** Path and query as they were sent, for example `/v1/plans?a=1`. */
  readonly target: string;
  /** Names are in lower case. A header that was sent twice has two values. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  readonly body: Buffer;
  readonly sourceIp: string;
};

/** API Gateway adds these facts to a request. */
export type Circumstances = { readonly requestId: string; readonly at: Date; readonly claims: Claims };

export function eventOf(
  request: HttpRequest,
  { endpoint, pathParameters }: MatchedRoute,
  { requestId, at, claims }: Circumstances,
): APIGatewayProxyEventV2WithJWTAuthorizer {
  const { path, query } = partsOfTarget(request.target);
  const headers = headersOf(request);
  const cookies = request.headers.cookie?.flatMap((line) => line.split(/; */));
  const queryStringParameters = parametersOf(query);
  const routeKey = `${endpoint.method} ${endpoint.path}`;
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    ...(cookies && { cookies }),
    headers,
    ...(queryStringParameters && { queryStringParameters }),
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    ...bodyOf(request.body, headers['content-type']),
    requestContext: {
      accountId: 'local',
      apiId: 'local',
      domainName: headers.host ?? 'localhost',
      domainPrefix: 'localhost',
      http: {
        method: request.method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey,
      stage: '$default',
      time: commonLogTime(at),
      timeEpoch: at.getTime(),
      authorizer: { jwt: { claims: claimTexts(claims), scopes: scopesOf(claims) } },
    },
  };
}

export function partsOfTarget(target: string): { path: string; query: string } {
  const mark = target.indexOf('?');
  return mark < 0 ? { path: target, query: '' } : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** Commas join the values of one header. Cookies are a field of their own. */
function headersOf({ headers }: HttpRequest): Record<string, string> {
  const single = Object.entries(headers).filter(([name]) => name !== 'cookie');
  return Object.fromEntries(single.map(([name, values]) => [name, (values ?? []).join(',')]));
}

/** Undefined without a query. Commas join the values of one key. */
function parametersOf(query: string): Record<string, string> | undefined {
  const values = new Map<string, string>();
  for (const pair of query.split('&').filter((text) => text !== '')) {
    const [name = '', ...rest] = pair.split('=');
    const [key, value] = [name, rest.join('=')].map((text) => decode(text.replaceAll('+', ' '))) as [string, string];
    values.set(key, values.has(key) ? `${values.get(key)},${value}` : value);
  }
  return values.size > 0 ? Object.fromEntries(values) : undefined;
}

/**
 * API Gateway passes these types on as text. All other bodies, also those without a type, are in base64 (tried out in
 * ministack, PR 766).
 */
const TEXT = /^(text\/|application\/(json|xml|javascript)\s*(;|$))/i;

function bodyOf(body: Buffer, contentType = ''): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  // Bytes that are no UTF-8 go on unchanged, so that the function can refuse them.
  if (!TEXT.test(contentType) || !isUtf8(body)) return { body: body.toString('base64'), isBase64Encoded: true };
  // A byte order mark stays in the text, so that the function can refuse it, too.
  return { body: body.toString(), isBase64Encoded: false };
}

/** The authorizer passes on every claim as text. A list becomes `[a b]`. */
function claimTexts(claims: Claims): Record<string, string> {
  const text = (value: unknown) => (Array.isArray(value) ? `[${value.join(' ')}]` : String(value));
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, text(value)]));
}

const scopesOf = ({ scope }: Claims): string[] | null => (typeof scope === 'string' && scope ? scope.split(' ') : null);

/** For example `22/Nov/2026:02:19:00 +0000`. */
function commonLogTime(at: Date): string {
  const [, day, month, year, time] = at.toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
