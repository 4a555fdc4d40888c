/**
 * Lets in programs of this machine, and the page of this origin. The routes under `/local/` need no token. So no other page
 * in a browser of this machine may use them, not even a page of this machine.
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
/** Browsers leave this port out of the address. */
const HTTP_PORT = 80;

/**
 * A page elsewhere may have its own name point to this machine (Host) or send a form here (Origin). It may also link here or
 * load a picture from here (Sec-Fetch-Site). Programs that are no browsers send neither Origin nor Sec-Fetch-Site.
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
    detail: `Only the page at localhost:${port} or 127.0.0.1:${port} and programs that are no browsers may use this path.`,
  });
