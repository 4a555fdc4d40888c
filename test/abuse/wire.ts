/** HTTP without the politeness of `fetch`: any method, any header, and a header twice if need be. */
import { request } from 'node:http';
import type { Sent } from './row.ts';

export type Got = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
};

export function exchange(baseUrl: string, { method, target, headers, body }: Sent): Promise<Got> {
  const { hostname, port, host } = new URL(baseUrl);
  const length = body === undefined ? [] : [['content-length', String(Buffer.byteLength(body))]];
  const flat = [['host', host], ...length, ...headers].flat() as string[];
  return new Promise((resolve, reject) => {
    // The connection is its own, because the server's reaction to a bad request must not reach the next one.
    const sent = request({ hostname, port, path: target, method, headers: flat, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers as Record<string, string>,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
