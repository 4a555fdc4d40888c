/** A client of the API, checked against the contract: in a browser, in Node, wherever there is `fetch`. */
import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './api.ts';

export type ApiClient = Client<paths>;

export type ApiClientOptions = {
  readonly baseUrl: string;
  /** An access token, or where to get one: it is asked for at each call, for tokens end. Left out, nobody calls. */
  readonly token?: string | (() => string | Promise<string>);
  readonly fetch?: (request: Request) => Promise<Response>;
};

/** Answers are `{ data, error, response }`: refusals are values here, too. Throws only where nobody answered. */
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
