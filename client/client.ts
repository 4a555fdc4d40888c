/** A client of the API, checked against the contract. It runs in browsers, in Node, and wherever there is `fetch`. */
import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './api.ts';

export type ApiClient = Client<paths>;

export type ApiClientOptions = {
  /** The address of the API, without a slash at the end. */
  readonly baseUrl: string;
  /** An access token, or a function that gets one for each request. Without a token, requests are anonymous. */
  readonly token?: string | (() => string | Promise<string>);
  readonly fetch?: (request: Request) => Promise<Response>;
};

/**
 * Each method returns `{ data, error, response }`. A refusal is a value in `error`. The client throws only when no
 * response comes.
 */
export function createApiClient({ baseUrl, token, fetch }: ApiClientOptions): ApiClient {
  const client = createClient<paths>({ baseUrl, ...(fetch && { fetch }) });
  client.use({
    async onRequest({ request }) {
      const bearer = typeof token === 'function' ? await token() : token;
      if (bearer !== undefined) request.headers.set('authorization', `Bearer ${bearer}`);
    },
  });
  return client;
}
