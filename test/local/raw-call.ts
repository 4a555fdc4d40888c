/** HTTP with any header, even a foreign `Host`, which `fetch` does not send. */
import { request } from 'node:http';

export type RawCall = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type RawAnswer = { readonly status: number; readonly text: string };

export function rawCall(url: string, { method = 'GET', headers = {}, body = '' }: RawCall = {}): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
