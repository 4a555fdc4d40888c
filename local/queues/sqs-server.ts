/**
 * The SQS emulator, for this process alone. `startFauxqs` would listen on every network interface and take a request from any
 * caller, even from a form of any web page. So we start its application ourselves, on this machine only and behind a check.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildApp } from 'fauxqs';

export type SqsServer = {
  readonly endpoint: string;
  /** The key is a password, because every signature has it and only this process knows it. */
  readonly accessKeyId: string;
  readonly stop: () => Promise<void>;
};

/** The part of Fastify's application that we need. The package gives it no type. */
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
  // The check comes before the body, so that the body of a stranger is never read.
  app.addHook('onRequest', async ({ raw }, reply) => {
    if (!isOurs(raw, accessKeyId)) await reply.code(403).send();
  });
  await app.listen({ port: 0, host: HOST });
  const { port } = app.server.address() as AddressInfo;
  return { endpoint: `http://${HOST}:${port}`, accessKeyId, stop: () => app.close() };
}

/** A page elsewhere may have its own name point to this machine (Host) or send a request here (Origin). It has no key. */
function isOurs({ headers, socket }: IncomingMessage, accessKeyId: string): boolean {
  const isHere = headers.host === `${HOST}:${socket.localPort}` && headers.origin === undefined;
  return isHere && (headers.authorization?.includes(` Credential=${accessKeyId}/`) ?? false);
}
