/**
 * The SQS emulator, for this process alone. `startFauxqs` would listen on every network interface and take a call from anybody,
 * a form on any web page included: so the application it builds listens where we say, behind a door of ours.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildApp } from 'fauxqs';

export type SqsServer = {
  readonly endpoint: string;
  /** Part of every signature, and known to this process alone: the password. */
  readonly accessKeyId: string;
  readonly stop: () => Promise<void>;
};

/** What we need of Fastify's application, which the package hands on without a type. */
type App = {
  readonly server: Server;
  readonly addHook: (name: 'onRequest', hook: (request: Incoming, reply: Reply) => Promise<void>) => unknown;
  readonly listen: (options: { readonly port: number; readonly host: string }) => Promise<string>;
  readonly close: () => Promise<void>;
};
type Incoming = { readonly raw: IncomingMessage };
type Reply = { readonly code: (status: number) => { readonly send: () => PromiseLike<unknown> } };

const HOST = '127.0.0.1';

export async function startSqsServer(): Promise<SqsServer> {
  const accessKeyId = randomBytes(16).toString('hex');
  const app: App = buildApp({ logger: false });
  // Ahead of the body, so that nothing of a stranger's call is read.
  app.addHook('onRequest', async ({ raw }, reply) => {
    if (!isOurs(raw, accessKeyId)) await reply.code(403).send();
  });
  await app.listen({ port: 0, host: HOST });
  const { port } = app.server.address() as AddressInfo;
  return { endpoint: `http://${HOST}:${port}`, accessKeyId, stop: () => app.close() };
}

/** A page elsewhere may have its own name point to this machine (Host), or call across (Origin); neither knows the key. */
function isOurs({ headers, socket }: IncomingMessage, accessKeyId: string): boolean {
  const isHere = headers.host === `${HOST}:${socket.localPort}` && headers.origin === undefined;
  return isHere && (headers.authorization?.includes(` Credential=${accessKeyId}/`) ?? false);
}
