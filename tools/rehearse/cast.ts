/** The people and machines of the story, with their tokens. */
import { type ApiClient, createApiClient } from '../../client/client.ts';
import { baseUrlOf, type Deployment } from './deployment.ts';
import type { Rehearsal } from './rehearsal.ts';
import { invite, machineToken, type Person, signIn } from './sign-in.ts';

/** The callers, by their tokens. `nobody` has none. The `foreigner` shows an ID token, which opens nothing. */
export type CallerName = 'ada' | 'bob' | 'desk' | 'billing' | 'support' | 'foreigner' | 'nobody';

export type Cast = {
  readonly people: Readonly<Record<'ada' | 'bob' | 'desk', Person>>;
  readonly clients: Readonly<Record<CallerName, ApiClient>>;
};

/** Invites the people and gets everybody's token. */
export async function assemble(rehearsal: Rehearsal, deployment: Deployment): Promise<Cast> {
  const [ada, bob, desk, billing, support] = await Promise.all([
    invite(rehearsal, deployment, 'ada@example.org'),
    invite(rehearsal, deployment, 'bob@example.org'),
    invite(rehearsal, deployment, 'desk@example.org', 'billing'),
    machineToken(rehearsal, deployment, 'billing'),
    machineToken(rehearsal, deployment, 'support'),
  ]);
  const adas = await signIn(rehearsal, deployment, ada.email);
  const bobs = await signIn(rehearsal, deployment, bob.email);
  const desks = await signIn(rehearsal, deployment, desk.email, 'operators');
  const baseUrl = baseUrlOf(rehearsal, deployment);
  const clientOf = (token?: string) => createApiClient({ baseUrl, ...(token !== undefined && { token }) });
  return {
    people: { ada, bob, desk },
    clients: {
      ada: clientOf(adas.access),
      bob: clientOf(bobs.access),
      desk: clientOf(desks.access),
      billing: clientOf(billing),
      support: clientOf(support),
      foreigner: clientOf(adas.id),
      nobody: clientOf(),
    },
  };
}
