/** The tokens of the emulator's Cognito, got as a machine, a browser and an administrator get them. */
import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { ClientName, Deployment } from './deployment.ts';
import { aws } from './programs.ts';
import { hold, type Rehearsal } from './rehearsal.ts';

export type Person = { readonly email: string; readonly memberId: string };

export type Tokens = { readonly access: string; readonly id: string };

/** 15 characters or more, as the pool asks for. All share it, because none of them is real. */
const PASSWORD = 'correct horse battery staple';

/** A token of client credentials. Throws a StepFailure with the response where there is none. */
export async function machineToken(
  rehearsal: Rehearsal,
  { userPoolId, clients }: Deployment,
  name: 'billing' | 'support',
) {
  const [pool, client] = [`--user-pool-id=${userPoolId}`, `--client-id=${clients[name]}`];
  const described = await aws(rehearsal, 'cognito-idp', 'describe-user-pool-client', pool, client);
  const { ClientSecret } = withSecret.parse(described).UserPoolClient;
  const credentials = Buffer.from(`${clients[name]}:${ClientSecret}`).toString('base64');
  const form = { grant_type: 'client_credentials', scope: `inmail-credits/${name}` };
  return (await tokens(rehearsal, form, { authorization: `Basic ${credentials}` })).access_token;
}

const withSecret = z.object({ UserPoolClient: z.object({ ClientSecret: z.string() }) });

/** Invites a person, as an administrator does, and gives them a password. In a group, they are an operator. */
export async function invite(rehearsal: Rehearsal, { userPoolId }: Deployment, email: string, group?: string) {
  const pool = `--user-pool-id=${userPoolId}`;
  const user = `--username=${email}`;
  const attributes = ['--user-attributes', `Name=email,Value=${email}`, 'Name=email_verified,Value=true'];
  const created = await aws(
    rehearsal,
    'cognito-idp',
    'admin-create-user',
    pool,
    user,
    ...attributes,
    '--message-action=SUPPRESS',
    `--temporary-password=${PASSWORD}`,
  );
  await aws(rehearsal, 'cognito-idp', 'admin-set-user-password', pool, user, `--password=${PASSWORD}`, '--permanent');
  if (group) await aws(rehearsal, 'cognito-idp', 'admin-add-user-to-group', pool, user, `--group-name=${group}`);
  const sub = createdUser.parse(created).User.Attributes.find(({ Name }) => Name === 'sub')?.Value;
  hold(sub !== undefined, `${email} has no sub`);
  return { email, memberId: sub };
}

const createdUser = z.object({
  User: z.object({ Attributes: z.array(z.object({ Name: z.string(), Value: z.string() })) }),
});

/** Signs a person in on the hosted page, with a code and PKCE, as the page does. */
export async function signIn(
  rehearsal: Rehearsal,
  deployment: Deployment,
  email: string,
  through: ClientName = 'members',
): Promise<Tokens> {
  const { endpoint } = rehearsal.emulator;
  const verifier = randomBytes(32).toString('base64url');
  const request = {
    client_id: deployment.clients[through],
    redirect_uri: deployment.pageUrl,
    response_type: 'code',
    scope: through === 'operators' ? 'openid inmail-credits/operator' : 'openid',
    state: randomBytes(16).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  const page = await fetch(`${endpoint}/oauth2/authorize?${new URLSearchParams(request)}`);
  hold(page.status === 200, `the sign-in page answers ${page.status}: ${await page.text()}`);
  const body = new URLSearchParams({ ...request, username: email, password: PASSWORD });
  const signedIn = await fetch(`${endpoint}/login`, { method: 'POST', body, redirect: 'manual' });
  const back = new URL(signedIn.headers.get('location') ?? 'about:blank');
  const code = back.searchParams.get('code');
  hold(
    code !== null && back.searchParams.get('state') === request.state,
    `no code for ${email}: ${signedIn.status} ${back}`,
  );
  const { client_id, redirect_uri } = request;
  const form = { grant_type: 'authorization_code', client_id, redirect_uri, code, code_verifier: verifier };
  const { access_token: access, id_token: id } = await tokens(rehearsal, form);
  hold(id !== undefined, `no ID token for ${email}`);
  return { access, id };
}

async function tokens({ emulator }: Rehearsal, form: Record<string, string>, headers: Record<string, string> = {}) {
  const body = new URLSearchParams(form);
  const response = await fetch(`${emulator.endpoint}/oauth2/token`, { method: 'POST', body, headers });
  hold(response.ok, `no token: ${response.status} ${await response.clone().text()}`);
  return tokenResponse.parse(await response.json());
}

const tokenResponse = z.object({ access_token: z.string(), id_token: z.string().optional() });

/** The claims of a token, unchecked, because the API checks them. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}
