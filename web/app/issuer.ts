/** The issuer of the tokens, asked through oauth4webapi: authorization code with PKCE, renewal and revocation. */
import {
  type AuthorizationServer,
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  type Client,
  calculatePKCECodeChallenge,
  customFetch,
  None,
  processAuthorizationCodeResponse,
  processRefreshTokenResponse,
  refreshTokenGrantRequest,
  revocationRequest,
  type TokenEndpointResponse,
} from 'oauth4webapi';
import type { Grant } from './tokens.ts';

/** A part of `/config.json`. The addresses are relative where the page's own system is the issuer. */
export type IssuerConfig = {
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly revokeUrl: string;
};

export type Issuer = {
  readonly server: AuthorizationServer;
  readonly client: Client;
  readonly fetch: typeof fetch;
  readonly allowsHttp: boolean;
};

type IssuerParts = {
  readonly config: IssuerConfig;
  readonly clientId: string;
  /** The address of the page. */
  readonly page: URL;
  readonly fetch: typeof fetch;
};

export function issuerOf({ config, clientId, page, fetch }: IssuerParts): Issuer {
  const authorize = new URL(config.authorizeUrl, page);
  return {
    server: {
      // `/config.json` does not name the issuer. The library needs a name, and has nothing here to compare it with.
      issuer: authorize.origin,
      authorization_endpoint: authorize.href,
      token_endpoint: new URL(config.tokenUrl, page).href,
      revocation_endpoint: new URL(config.revokeUrl, page).href,
    },
    client: { client_id: clientId },
    fetch,
    allowsHttp: page.protocol === 'http:' && LOCAL_HOSTS.includes(page.hostname),
  };
}

/** Only a page of this machine may ask an issuer without TLS. */
const LOCAL_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

type SignInRequest = {
  readonly redirectUri: string;
  readonly state: string;
  readonly verifier: string;
  /** `scope`, `prompt`. */
  readonly asks: Readonly<Record<string, string>>;
};

/** The address that the browser leaves for to sign in. */
export async function authorizeUrlOf(
  { server, client }: Issuer,
  { redirectUri, state, verifier, asks }: SignInRequest,
) {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: redirectUri,
    ...asks,
    state,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  return `${server.authorization_endpoint}?${query}`;
}

type Redemption = {
  /** From `answerIn`, which has checked them. */
  readonly parameters: URLSearchParams;
  readonly redirectUri: string;
  readonly verifier: string;
};

/** Undefined if the issuer refuses the code. Throws if there is no answer, or none that OAuth knows. */
export async function redeem(issuer: Issuer, { parameters, redirectUri, verifier }: Redemption) {
  const { server, client } = issuer;
  const options = optionsOf(issuer);
  const response = await authorizationCodeGrantRequest(
    server,
    client,
    None(),
    parameters,
    redirectUri,
    verifier,
    options,
  );
  return grantIn(response, (kept) => processAuthorizationCodeResponse(server, client, kept));
}

/** As `redeem`, for a refresh token. */
export async function renew(issuer: Issuer, refreshToken: string): Promise<Grant | undefined> {
  const { server, client } = issuer;
  const response = await refreshTokenGrantRequest(server, client, None(), refreshToken, optionsOf(issuer));
  return grantIn(response, (kept) => processRefreshTokenResponse(server, client, kept));
}

/** Does not wait, because the page may leave: the request goes on without it. */
export function revoke(issuer: Issuer, refreshToken: string): void {
  const { server, client } = issuer;
  revocationRequest(server, client, None(), refreshToken, optionsOf(issuer, { keepalive: true })).catch(() => {});
}

const optionsOf = ({ fetch, allowsHttp }: Issuer, more: RequestInit = {}) => ({
  [allowInsecureRequests]: allowsHttp,
  [customFetch]: (url: string, init: RequestInit) => fetch(url, { ...init, ...more }),
});

/** RFC 6749, 5.2: a status of 400 or 401 is the issuer's refusal. Any other failure says nothing about the token. */
async function grantIn(
  response: Response,
  process: (response: Response) => Promise<TokenEndpointResponse>,
): Promise<Grant | undefined> {
  if (response.status === 400 || response.status === 401) return undefined;
  const { access_token, expires_in, refresh_token } = await process(await withoutIdToken(response));
  return {
    access_token,
    // RFC 6749 lets an issuer leave it out. Such a token is used for as long as the API takes it.
    expires_in: expires_in ?? Number.POSITIVE_INFINITY,
    ...(refresh_token !== undefined && { refresh_token }),
  };
}

/**
 * The page does not use the ID token, because the access token names the member, and the API checks that one. The library
 * would hold the ID token against the issuer's name, which is unknown, and against this machine's clock, which may be wrong.
 */
async function withoutIdToken(response: Response): Promise<Response> {
  if (!response.ok) return response;
  const { id_token: _, ...others } = (await response.json()) as TokenEndpointResponse;
  return new Response(JSON.stringify(others), response);
}
