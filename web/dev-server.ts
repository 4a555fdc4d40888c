/** The page from its sources, in front of a local system. A browser shows every change of a source at once. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createViteServer } from 'vite';
import { pageConfig } from './vite.config.ts';

/** Only this machine can reach it, as it is with the local system. */
const HOST = '127.0.0.1';

type DevServer = { readonly url: string; readonly close: () => Promise<void> };

/**
 * Port 0 is any free one. Throws the error of `listen` if the port is taken. The HTTP server is our own, because vite's
 * would end the process at a signal, before the local system has stopped.
 */
export async function startDevServer(system: string, port: number): Promise<DevServer> {
  const http = createServer();
  // The port comes first. Vite begins to work when it is made, and says so if it is stopped at once.
  http.listen(port, HOST);
  await once(http, 'listening');
  const vite = await createViteServer({
    ...pageConfig(system),
    configFile: false,
    // The page after signing out is a document of its own, and other paths have none.
    appType: 'mpa',
    server: { middlewareMode: true, ws: { server: http } },
  });
  http.on('request', vite.middlewares);
  const close = async () => {
    await vite.close();
    http.closeAllConnections();
    await new Promise((closed) => http.close(closed));
  };
  return { url: `http://${HOST}:${(http.address() as AddressInfo).port}`, close };
}
