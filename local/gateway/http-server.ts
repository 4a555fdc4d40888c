/** Reads a whole request, calls its handler and writes the response. Even a bad request does not end the process. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, type Readable } from 'node:stream';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { ProblemError, problemResponse } from '../../shared/http/problem-response.ts';
import { codeOf, LocalFailure } from '../failure.ts';
import { GuardedResponse, refuseUnreadable } from './guarded-responses.ts';
import type { HttpRequest } from './http-event.ts';
import { UnreadableRequestError } from './percent-encoding.ts';

/** The server writes the stream until one of the two sides ends it. */
export type StreamedResult = { readonly headers: Readonly<Record<string, string>>; readonly stream: Readable };

export type HttpResult = APIGatewayProxyStructuredResultV2 | StreamedResult;

export type HttpHandler<Result extends HttpResult = APIGatewayProxyStructuredResultV2> = (
  request: HttpRequest,
  requestId: string,
) => Promise<Result>;

/** Only this machine can reach it. */
const HOST = '127.0.0.1';
/** API Gateway's own limit. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;
/** A client that sends too much may go on for this time, so that it can read the response. */
const DRAIN_MILLIS = 1_000;
/** Requests under way have this time to end. Then the server closes all connections. */
const CLOSE_TIMEOUT_MILLIS = 3_000;

export type HttpServer = { readonly baseUrl: string; readonly port: number; readonly close: () => Promise<void> };

/** Port 0 means any free port. Throws a LocalFailure if the port cannot be used. */
export async function listen(port: number, handler: HttpHandler<HttpResult>): Promise<HttpServer> {
  const server = createServer({ ServerResponse: GuardedResponse }, (request, response) => {
    respond(request, response, handler).catch(() => response.destroy());
  });
  refuseUnreadable(server);
  await new Promise<void>((listening, failed) => {
    server.once('error', (error) => failed(listenFailure(port, codeOf(error))));
    server.listen(port, HOST, listening);
  });
  const { port: actual } = server.address() as AddressInfo;
  return { baseUrl: `http://${HOST}:${actual}`, port: actual, close: () => close(server) };
}

function listenFailure(port: number, code: string): LocalFailure {
  const why = code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${code})`;
  return new LocalFailure(`port ${port} ${why}: set PORT to another one, or to 0 for any`);
}

async function close(server: Server): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), CLOSE_TIMEOUT_MILLIS);
  await new Promise<void>((closed) => {
    server.close(() => closed());
  });
  clearTimeout(timer);
}

async function respond(
  message: IncomingMessage,
  response: ServerResponse,
  handler: HttpHandler<HttpResult>,
): Promise<void> {
  const requestId = randomUUID();
  const body = await readBody(message);
  response.setHeader('apigw-requestid', requestId);
  if (!body) {
    response.setHeader('connection', 'close');
    write(response, problemResponse({ slug: 'payload-too-large', detail: `At most ${MAX_BODY_BYTES} bytes.` }));
    message.resume();
    setTimeout(() => message.destroy(), DRAIN_MILLIS).unref();
    return;
  }
  const request = {
    method: message.method ?? '',
    target: message.url ?? '',
    headers: message.headersDistinct,
    body,
    sourceIp: message.socket.remoteAddress ?? '',
  };
  write(response, await handler(request, requestId).catch(problemFrom));
}

/** Undefined for a body that is too long. Throws if the client goes away. */
async function readBody(message: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function problemFrom(error: unknown): APIGatewayProxyStructuredResultV2 {
  if (error instanceof ProblemError) return problemResponse(error.problem);
  if (error instanceof UnreadableRequestError) {
    return problemResponse({ slug: 'invalid-request', detail: error.message });
  }
  console.error('unexpected', error);
  return problemResponse({ slug: 'internal-error' });
}

function write(response: ServerResponse, result: HttpResult): void {
  if ('stream' in result) {
    response.writeHead(200, result.headers);
    // A client that goes away ends the stream. That is no fault.
    pipeline(result.stream, response, () => {});
    return;
  }
  const { statusCode = 200, headers = {}, cookies = [], body, isBase64Encoded } = result;
  response.statusCode = statusCode;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  response.end(body === undefined || !isBase64Encoded ? body : Buffer.from(body, 'base64'));
}
