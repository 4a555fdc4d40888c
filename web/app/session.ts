/**
 * Signing in: OAuth's authorization code with PKCE. Tokens live in this module's memory and nowhere else, so a reload
 * signs in again, silently where the issuer still knows the member.
 */
import { type Identity, identityIn } from './access-token.ts';
import { challengeOf, newSecret } from './pkce.ts';

/** `/config.json`: whose page this is. */
export type Config = {
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly signOutUrl: string;
  readonly clientId: string;
  /** There on one machine only, whose clock can be moved. */
  readonly local?: true;
};

export type Session = Identity & {
  /** Good for a minute at least, wherever there is a way to a new one. */
  readonly token: () => Promise<string>;
  readonly signOut: () => void;
};

/** Why nobody is signed in, in words for them. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
}

/** What has to outlive the way to the issuer and back, and no more than that. */
type Leaving = { readonly state: string; readonly verifier: string; readonly hash: string };

const LEAVING = 'sign-in';
const RENEW_AHEAD_MILLIS = 60_000;

/** Undefined while the browser leaves for the issuer. Throws a SignInError. */
export async function openSession(config: Config): Promise<Session | undefined> {
  const answer = new URLSearchParams(location.search);
  const left = takeLeaving();
  if (!answer.has('code') && !answer.has('error')) {
    await leaveFor(config, location.hash);
    return undefined;
  }
  history.replaceState(null, '', `/${left?.hash ?? ''}`);
  const code = answer.get('code');
  if (!code) throw new SignInError(answer.get('error_description') ?? 'The sign-in was refused.');
  if (!left || answer.get('state') !== left.state) throw new SignInError('This sign-in was not begun here.');
  const grant = await askForToken(config, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri(),
    code_verifier: left.verifier,
  });
  return sessionOf(config, grant);
}

const redirectUri = (): string => `${location.origin}/`;

async function leaveFor({ authorizeUrl, clientId }: Config, hash: string): Promise<void> {
  const leaving: Leaving = { state: newSecret(), verifier: newSecret(), hash };
  sessionStorage.setItem(LEAVING, JSON.stringify(leaving));
  location.replace(
    withQuery(authorizeUrl, {
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri(),
      scope: 'openid',
      state: leaving.state,
      code_challenge: await challengeOf(leaving.verifier),
      code_challenge_method: 'S256',
    }),
  );
}

/** Begins anew, after a sign-in that came to nothing. */
export const signInAgain = (config: Config): Promise<void> => leaveFor(config, location.hash);

function takeLeaving(): Leaving | undefined {
  const kept = sessionStorage.getItem(LEAVING);
  sessionStorage.removeItem(LEAVING);
  return kept === null ? undefined : (JSON.parse(kept) as Leaving);
}

type Grant = { readonly access_token: string; readonly refresh_token?: string };

async function askForToken({ tokenUrl, clientId }: Config, form: Record<string, string>): Promise<Grant> {
  const body = new URLSearchParams({ ...form, client_id: clientId });
  const response = await fetch(tokenUrl, { method: 'POST', body }).catch(() => undefined);
  if (!response?.ok) throw new SignInError('The sign-in could not be completed.');
  return (await response.json()) as Grant;
}

function sessionOf(config: Config, first: Grant): Session {
  let grant = first;
  let renewal: Promise<void> | undefined;
  const renew = async (refreshToken: string) => {
    // Without an answer the old token stays, and the API says what it thinks of it.
    const next = await askForToken(config, { grant_type: 'refresh_token', refresh_token: refreshToken }).catch(
      () => grant,
    );
    grant = { refresh_token: refreshToken, ...next };
    renewal = undefined;
  };
  return {
    ...identityIn(grant.access_token),
    token: async () => {
      const endsInMillis = Date.parse(identityIn(grant.access_token).endsAt) - Date.now();
      if (grant.refresh_token && endsInMillis < RENEW_AHEAD_MILLIS) {
        renewal ??= renew(grant.refresh_token);
        await renewal;
      }
      return grant.access_token;
    },
    signOut: () =>
      location.replace(withQuery(config.signOutUrl, { client_id: config.clientId, logout_uri: redirectUri() })),
  };
}

const withQuery = (url: string, query: Record<string, string>): string => `${url}?${new URLSearchParams(query)}`;
