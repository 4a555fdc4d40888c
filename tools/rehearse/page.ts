/** The page as CloudFront serves it, and its files. */

import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import type { Deployment } from './deployment.ts';
import { hold, type Rehearsal } from './rehearsal.ts';

const ADDRESSES = ['/', '/docs', '/openapi.json', '/problems/response-pending', '/config.json'] as const;

/** Throws a StepFailure where a file is missing, or the page sends people to another sign-in than the stage's. */
export async function servesPage(rehearsal: Rehearsal, { pageUrl, clients }: Deployment): Promise<void> {
  const pages = new Map<string, string>();
  for (const path of ADDRESSES) {
    const { status, body } = await get(rehearsal, new URL(pageUrl).hostname, path);
    hold(status === 200, `${path} of the page answers ${status}: ${body.slice(0, 500)}`);
    pages.set(path, body);
  }
  const { clientId } = JSON.parse(pages.get('/config.json') ?? '');
  hold(
    clientId === clients.members,
    `the page signs people in through ${clientId}, and not through ${clients.members}`,
  );
}

/** `fetch` does not let a caller name the host, and the page's own has no DNS entry here. */
async function get({ emulator: { endpoint } }: Rehearsal, host: string, path: string) {
  const { hostname, port } = new URL(endpoint);
  const asked = request({ hostname, port, path, servername: hostname, headers: { host } }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return { status: response.statusCode, body: await text(response) };
}
