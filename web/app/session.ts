/**
 * Signing in and out. Tokens live only in the memory of the page, so a reload signs in again. It does so silently while the
 * issuer still knows the member. Operators have to sign in each time.
 */
import { generateRandomCodeVerifier, generateRandomState } from 'oauth4webapi';
import { type Identity, identityIn } from './access-token.ts';
import { authorizeUrlOf, type Issuer, type IssuerConfig, issuerOf, redeem, renew, revoke } from './issuer.ts';
import { answerIn } from './sign-in-answer.ts';
import { type Grant, keepTokens } from './tokens.ts';

/** `/config.json`: the system that this page belongs to. */
export type Config = IssuerConfig & {
  readonly signOutUrl: string;
  readonly clientId: string;
  /** The client whose tokens carry an operator's scopes, for an hour. */
  readonly operatorsClientId: string;
  /** Set on a system of one machine, whose clock can be moved. */
  readonly local?: true;
};

export type Session = Identity & {
  readonly token: () => Promise<string>;
  /** In all tabs. */
  readonly signOut: () => void;
  readonly signInAsOperator: () => void;
};

/** The reason why a sign-in failed, in words for the member. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
}

/** All that has to outlive the way to the issuer and back. */
type Leaving = { readonly state: string; readonly verifier: string; readonly hash: string };

const LEAVING = 'sign-in';

/** Undefined while the browser leaves for the issuer. Calls `onEnd` at sign-out, in this tab or another. Throws a SignInError. */
export async function openSession(config: Config, onEnd: () => void): Promise<Session | undefined> {
  const left = readLeaving();
  const issuer = issuerFor(config, left?.hash ?? location.hash);
  const answer = answerIn(issuer, new URLSearchParams(location.search), left?.state);
  if (answer.kind === 'none') {
    await leaveFor(config, location.hash);
    return undefined;
  }
  if (!left || answer.kind === 'foreign') {
    // This tab may have a sign-in of its own under way, so that its state and verifier stay.
    history.replaceState(null, '', '/');
    throw new SignInError('This sign-in did not start in this tab.');
  }
  sessionStorage.removeItem(LEAVING);
  history.replaceState(null, '', `/${left.hash}`);
  if (answer.kind === 'refused') throw new SignInError(answer.message);
  const { parameters } = answer;
  const grant = await redeem(issuer, { parameters, redirectUri: redirectUri(), verifier: left.verifier });
  if (!grant) throw new SignInError('The sign-in could not be completed.');
  return sessionOf({ config, issuer, grant, onEnd });
}

const redirectUri = (): string => `${location.origin}/`;
const signedOutUri = (): string => `${location.origin}/signed-out.html`;

/** The address of the operators' view signs in as an operator. */
const isForOperators = (hash: string): boolean => /^#\/operator(\/|$)/.test(hash);

function issuerFor(config: Config, hash: string): Issuer {
  const clientId = isForOperators(hash) ? config.operatorsClientId : config.clientId;
  return issuerOf({ config, clientId, page: new URL(location.href), fetch });
}

async function leaveFor(config: Config, hash: string): Promise<void> {
  const leaving: Leaving = { state: generateRandomState(), verifier: generateRandomCodeVerifier(), hash };
  sessionStorage.setItem(LEAVING, JSON.stringify(leaving));
  const url = await authorizeUrlOf(issuerFor(config, hash), {
    redirectUri: redirectUri(),
    ...leaving,
    // `login`, because an operator's hour begins when they prove who they are, and not when the issuer remembers them.
    asks: isForOperators(hash) ? { scope: 'openid inmail-credits/operator', prompt: 'login' } : { scope: 'openid' },
  });
  location.replace(url);
}

/** Starts again after a sign-in that failed. */
export const signInAgain = (config: Config): Promise<void> => leaveFor(config, location.hash);

function readLeaving(): Leaving | undefined {
  const kept = sessionStorage.getItem(LEAVING);
  return kept === null ? undefined : (JSON.parse(kept) as Leaving);
}

type Parts = {
  readonly config: Config;
  readonly issuer: Issuer;
  readonly grant: Grant;
  readonly onEnd: () => void;
};

/** Reaches all tabs of this origin, and no other page. */
const SIGN_OUT_CHANNEL = 'inmail-credits-sign-out';

function sessionOf({ config, issuer, grant, onEnd }: Parts): Session {
  const tokens = keepTokens(
    grant,
    { renew: (refreshToken) => renew(issuer, refreshToken), revoke: (refreshToken) => revoke(issuer, refreshToken) },
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
      const query = { client_id: issuer.client.client_id, logout_uri: signedOutUri() };
      location.replace(`${config.signOutUrl}?${new URLSearchParams(query)}`);
    },
    signInAsOperator: () => void leaveFor(config, location.hash),
  };
}
