/** From an HTTP request to the event that API Gateway makes of it (payload format 2.0), and what makes that impossible. */
import { isUtf8 } from 'node:buffer';
import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import type { Claims } from '../identity/issuer.ts';
import { decode } from './percent-encoding.ts';
import type { MatchedRoute } from './route-match.ts';

/** A request, read whole. */
export type HttpRequest = {
  readonly method: string;
  /** As it was sent: `/v1/plans?a=1`. */
  readonly target: string;
  /** Lower-case names; a header sent twice has two values. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  readonly body: Buffer;
  readonly sourceIp: string;
};

/** What API Gateway knows besides. */
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

/** Duplicates joined by commas; cookies stand apart. */
function headersOf({ headers }: HttpRequest): Record<string, string> {
  const single = Object.entries(headers).filter(([name]) => name !== 'cookie');
  return Object.fromEntries(single.map(([name, values]) => [name, (values ?? []).join(',')]));
}

/** Undefined without a query; keys given more than once have their values joined by commas. */
function parametersOf(query: string): Record<string, string> | undefined {
  const values = new Map<string, string>();
  for (const pair of query.split('&').filter((text) => text !== '')) {
    const [name = '', ...rest] = pair.split('=');
    const [key, value] = [name, rest.join('=')].map((text) => decode(text.replaceAll('+', ' '))) as [string, string];
    values.set(key, values.has(key) ? `${values.get(key)},${value}` : value);
  }
  return values.size > 0 ? Object.fromEntries(values) : undefined;
}

/** What API Gateway passes on as text; all else, a body without a type too, in base64 (tried out in ministack, PR 766). */
const TEXT = /^(text\/|application\/(json|xml|javascript)\s*(;|$))/i;

function bodyOf(body: Buffer, contentType = ''): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  // Of bytes that are no text there is no text to pass on: the function is to see them, and to refuse them.
  if (!TEXT.test(contentType) || !isUtf8(body)) return { body: body.toString('base64'), isBase64Encoded: true };
  // With its byte order mark, if it has one: that, too, is for the function to refuse.
  return { body: body.toString(), isBase64Encoded: false };
}

/** The authorizer hands on every claim as text, a list as `[a b]`. */
function claimTexts(claims: Claims): Record<string, string> {
  const text = (value: unknown) => (Array.isArray(value) ? `[${value.join(' ')}]` : String(value));
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, text(value)]));
}

const scopesOf = ({ scope }: Claims): string[] | null => (typeof scope === 'string' && scope ? scope.split(' ') : null);

/** `22/Nov/2026:02:19:00 +0000`. */
function commonLogTime(at: Date): string {
  const [, day, month, year, time] = at.toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
