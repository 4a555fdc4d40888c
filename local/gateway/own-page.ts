/**
 * Lets in whoever calls from this machine by themselves, and the page of this very origin. There is no token to show for what
 * is under `/local/`, so no other page in the browser of whoever runs this may use it, not even one of this machine.
 */
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { problemResponse } from '../../shared/http/problem-response.ts';
import type { HttpRequest } from './http-event.ts';
import type { HttpHandler, HttpResult } from './http-server.ts';

export const forOwnPage =
  <Result extends HttpResult>(
    port: number,
    handler: HttpHandler<Result>,
  ): HttpHandler<Result | APIGatewayProxyStructuredResultV2> =>
  async (request, requestId) =>
    isFromOwnPage(request, port) ? handler(request, requestId) : notFromHere(port);

const NAMES = ['localhost', '127.0.0.1', '[::1]'];
/** What browsers leave out. */
const HTTP_PORT = 80;

/**
 * A page elsewhere may have its own name point to this machine (Host), send a form across (Origin), or be one that links
 * here, or whose picture this is to be (Sec-Fetch-Site). Whoever uses no browser sends none of the last two.
 */
function isFromOwnPage({ headers }: HttpRequest, port: number): boolean {
  const { host = [], origin = [], 'sec-fetch-site': site = [] } = headers;
  const [name = ''] = host;
  const isHere = NAMES.some((known) => name === `${known}:${port}` || (port === HTTP_PORT && name === known));
  return (
    isHere &&
    host.length === 1 &&
    origin.every((page) => page === `http://${name}`) &&
    site.every((relation) => relation === 'same-origin' || relation === 'none')
  );
}

const notFromHere = (port: number) =>
  problemResponse({
    slug: 'not-found',
    detail: `Only for the page at localhost:${port} or 127.0.0.1:${port}, and for callers without a browser.`,
  });
