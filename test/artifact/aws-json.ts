/** A server of AWS's JSON protocol: the header `x-amz-target` names the operation, and the bodies are JSON. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export type JsonAnswer = { readonly status: number; readonly body: unknown };
type Operate = (operation: string, input: unknown) => Promise<JsonAnswer>;

export type JsonServer = AsyncDisposable & { readonly endpoint: string };

export async function serveAwsJson(operate: Operate): Promise<JsonServer> {
  const server = createServer(async (request, response) => {
    const { status, body } = await answerTo(request, operate);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answerTo(request: IncomingMessage, operate: Operate): Promise<JsonAnswer> {
  try {
    const [, operation = ''] = String(request.headers['x-amz-target']).split('.');
    return await operate(operation, await json(request));
  } catch (error) {
    return { status: 500, body: { __type: 'InternalServerError', message: String(error) } };
  }
}
