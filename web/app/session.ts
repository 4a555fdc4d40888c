/**
 * Signing in and out: OAuth's authorization code with PKCE. Tokens live in the page's memory and nowhere else, so a reload
 * signs in again, silently where the issuer still knows the member. Operators are asked anew each time.
 */
import { type Identity, identityIn } from './access-token.ts';
import { challengeOf, newSecret } from './pkce.ts';
import { answerIn } from './sign-in-answer.ts';
import { type Grant, keepTokens } from './tokens.ts';

/** `/config.json`: whose page this is. */
export type Config = {
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly revokeUrl: string;
  readonly signOutUrl: string;
  readonly clientId: string;
  /** Only what is signed in through this one has an operator's scopes, and only for an hour. */
  readonly operatorsClientId: string;
  /** There on one machine only, whose clock can be moved. */
  readonly local?: true;
};

export type Session = Identity & {
  readonly token: () => Promise<string>;
  /** In all tabs. */
  readonly signOut: () => void;
  readonly signInAsOperator: () => void;
};

/** Why nobody is signed in, in words for them. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
}

/** What has to outlive the way to the issuer and back, and no more than that. */
type Leaving = { readonly state: string; readonly verifier: string; readonly hash: string };

const LEAVING = 'sign-in';

/** Undefined while the browser leaves for the issuer. `onEnd` is called at sign-out, in this tab or another. Throws a SignInError. */
export async function openSession(config: Config, onEnd: () => void): Promise<Session | undefined> {
  const left = readLeaving();
  const answer = answerIn(new URLSearchParams(location.search), left?.state);
  if (answer.kind === 'none') {
    await leaveFor(config, location.hash);
    return undefined;
  }
  if (!left || answer.kind === 'foreign') {
    // A sign-in of this tab may be under way all the same: what it needs to come back stays.
    history.replaceState(null, '', '/');
    throw new SignInError('This sign-in was not begun here.');
  }
  sessionStorage.removeItem(LEAVING);
  history.replaceState(null, '', `/${left.hash}`);
  if (answer.kind === 'refused') throw new SignInError(answer.message);
  const clientId = clientFor(config, left.hash);
  const grant = await askForToken(config, {
    grant_type: 'authorization_code',
    client_id: clientId,
    code: answer.code,
    redirect_uri: redirectUri(),
    code_verifier: left.verifier,
  });
  if (!grant) throw new SignInError('The sign-in could not be completed.');
  return sessionOf({ config, clientId, grant, onEnd });
}

const redirectUri = (): string => `${location.origin}/`;
const signedOutUri = (): string => `${location.origin}/signed-out.html`;

/** Whoever goes where operators work signs in as one. */
const isForOperators = (hash: string): boolean => /^#\/operator(\/|$)/.test(hash);
const clientFor = ({ clientId, operatorsClientId }: Config, hash: string): string =>
  isForOperators(hash) ? operatorsClientId : clientId;

async function leaveFor(config: Config, hash: string): Promise<void> {
  const leaving: Leaving = { state: newSecret(), verifier: newSecret(), hash };
  sessionStorage.setItem(LEAVING, JSON.stringify(leaving));
  location.replace(
    withQuery(config.authorizeUrl, {
      response_type: 'code',
      client_id: clientFor(config, hash),
      redirect_uri: redirectUri(),
      // An hour after they have proved who they are, and not an hour after the issuer last remembered them.
      ...(isForOperators(hash) ? { scope: 'openid inmail-credits/operator', prompt: 'login' } : { scope: 'openid' }),
      state: leaving.state,
      code_challenge: await challengeOf(leaving.verifier),
      code_challenge_method: 'S256',
    }),
  );
}

/** Begins anew, after a sign-in that came to nothing. */
export const signInAgain = (config: Config): Promise<void> => leaveFor(config, location.hash);

function readLeaving(): Leaving | undefined {
  const kept = sessionStorage.getItem(LEAVING);
  return kept === null ? undefined : (JSON.parse(kept) as Leaving);
}

/** Undefined where the issuer refuses (RFC 6749, 5.2). Throws where nobody answers, or not to the question. */
async function askForToken({ tokenUrl }: Config, form: Record<string, string>): Promise<Grant | undefined> {
  const response = await fetch(tokenUrl, { method: 'POST', body: new URLSearchParams(form) });
  if (response.status === 400 || response.status === 401) return undefined;
  if (!response.ok) throw new Error(`the issuer answered ${response.status}`);
  return (await response.json()) as Grant;
}

type Parts = {
  readonly config: Config;
  readonly clientId: string;
  readonly grant: Grant;
  readonly onEnd: () => void;
};

/** All tabs of this origin, and nobody else. */
const SIGN_OUT_CHANNEL = 'inmail-credits-sign-out';

function sessionOf({ config, clientId, grant, onEnd }: Parts): Session {
  const tokens = keepTokens(
    grant,
    {
      renew: (refresh_token) =>
        askForToken(config, { grant_type: 'refresh_token', client_id: clientId, refresh_token }),
      revoke: (token) => revoke(config, { client_id: clientId, token }),
    },
    Date.now,
  );
  const tabs = new BroadcastChannel(SIGN_OUT_CHANNEL);
  const end = () => {
    tokens.end();
    tabs.close();
    onEnd();
  };
  tabs.onmessage = end;
  return {
    ...identityIn(grant.access_token),
    token: tokens.current,
    signOut: () => {
      tabs.postMessage('signed out');
      end();
      location.replace(withQuery(config.signOutUrl, { client_id: clientId, logout_uri: signedOutUri() }));
    },
    signInAsOperator: () => void leaveFor(config, location.hash),
  };
}

/** Not waited for: the page may leave, and the request goes on. */
function revoke({ revokeUrl }: Config, form: Record<string, string>): void {
  fetch(revokeUrl, { method: 'POST', body: new URLSearchParams(form), keepalive: true }).catch(() => {});
}

const withQuery = (url: string, query: Record<string, string>): string => `${url}?${new URLSearchParams(query)}`;
