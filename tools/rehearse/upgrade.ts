/** An older commit's stacks with books in them, over which the stacks of today are deployed. */
import { createApiClient } from '../../client/client.ts';
import { booksOf } from './books.ts';
import { baseUrlOf, type Deployment, deploy, deploymentOf, destroy, stackOf, stacksOf } from './deployment.ts';
import { hold, type Rehearsal } from './rehearsal.ts';
import { claimsOf, invite, machineToken, type Person, signIn } from './sign-in.ts';

/** The first commit whose stacks hold what they hold today. Nothing with a name may move from stack to stack after it. */
export const OLD_COMMIT = 'f24630c2c3aecd6024d218123ceff33c34b20c3a';

/** Deploys both, one after the other. Throws a StepFailure where a member or an entry of the books is lost. */
export async function upgrade(rehearsal: Rehearsal, stage: string): Promise<string | undefined> {
  const { oldAssembly } = rehearsal;
  if (oldAssembly === undefined) return `the history here does not hold ${OLD_COMMIT}`;
  await deploy(rehearsal, stage, oldAssembly);
  const before = await deploymentOf(rehearsal, stage);
  const earlier = await subscribeSomebody(rehearsal, before, 'earlier@example.org');
  const books = await booksOf(rehearsal, stage);

  await deploy(rehearsal, stage);
  await isStillThere(rehearsal, await deploymentOf(rehearsal, stage), earlier);
  const { entries } = await booksOf(rehearsal, stage);
  const hashes = new Set(entries.map(({ hash }) => hash));
  const lost = books.entries.filter(({ hash }) => !hashes.has(hash));
  hold(books.entries.length > 0 && lost.length === 0, `lost: ${JSON.stringify(lost)}`);
  return undefined;
}

/** A member with credits. */
type Subscriber = Person & { readonly balance: number };

/** Invites a member and subscribes them through the API. */
async function subscribeSomebody(rehearsal: Rehearsal, deployment: Deployment, email: string): Promise<Subscriber> {
  const person = await invite(rehearsal, deployment, email);
  const token = await machineToken(rehearsal, deployment, 'billing');
  const client = createApiClient({ baseUrl: baseUrlOf(rehearsal, deployment), token });
  const path = { memberId: person.memberId, product: 'premium' as const };
  const put = '/v1/members/{memberId}/subscriptions/{product}';
  const { data, error } = await client.PUT(put, { params: { path }, body: { plan: 'premium-career' } });
  hold(data !== undefined, `${email} cannot be subscribed: ${JSON.stringify(error)}`);
  return { ...person, balance: data.balance };
}

/** Throws a StepFailure where the member signs in as somebody else, or has other credits than before. */
async function isStillThere(rehearsal: Rehearsal, deployment: Deployment, { email, memberId, balance }: Subscriber) {
  const { access } = await signIn(rehearsal, deployment, email);
  const { sub } = claimsOf(access);
  hold(sub === memberId, `${email} was ${memberId}, and is ${sub}`);
  const client = createApiClient({ baseUrl: baseUrlOf(rehearsal, deployment), token: access });
  const path = { memberId, product: 'premium' as const };
  const { data, error } = await client.GET('/v1/members/{memberId}/credits/{product}', { params: { path } });
  hold(data?.balance === balance, `${email} had ${balance} credits, and has ${JSON.stringify(data ?? error)}`);
}

/** Takes away everything but what cannot be made again, and makes it anew. */
export async function rebuild(rehearsal: Rehearsal, stage: string): Promise<void> {
  const subscriber = await subscribeSomebody(rehearsal, await deploymentOf(rehearsal, stage), 'lasting@example.org');
  const stacks = (await stacksOf(rehearsal, stage)).map(({ StackName }) => StackName);
  await destroy(rehearsal, ...stacks.filter((name) => name !== stackOf(stage, 'data')));
  await deploy(rehearsal, stage);
  await isStillThere(rehearsal, await deploymentOf(rehearsal, stage), subscriber);
}
