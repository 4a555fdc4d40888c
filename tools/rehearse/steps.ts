/** The steps of a rehearsal, in the order in which they are played. Each goes on from the one before. */
import { join } from 'node:path';
import * as z from 'zod';
import { STAGES } from '../../infra/stages.ts';
import { buildPage } from '../build-page.ts';
import { everyAlarmTells } from './alarms.ts';
import { adaptAssembly, synthesizeAll, synthesizeOld } from './assembly.ts';
import { auditBooks } from './books.ts';
import { ProgramFailure } from './call.ts';
import { assemble } from './cast.ts';
import { deploy, deploymentOf, destroy, stackOf, stacksOf } from './deployment.ts';
import { awaitEvents, consumeEvents, stopConsuming } from './events.ts';
import { everyFunctionRan } from './functions.ts';
import { leftoversOf } from './leftovers.ts';
import { ACCOUNT, REGION } from './ministack.ts';
import { servesPage } from './page.ts';
import { aws, cdk } from './programs.ts';
import { hold, type Rehearsal, type Step } from './rehearsal.ts';
import { REPLACEMENTS, refusesReplacement } from './replacements.ts';
import { playStory } from './story.ts';
import { awaitSweeps, startSweeps } from './sweeps.ts';
import { OLD_COMMIT, rebuild, upgrade } from './upgrade.ts';

/** One is open to deletion, and the other holds what people own. */
const [TRIAL, PROTECTED] = ['dev', 'prod'] as const;

/** Of the story, with everything that the books say about it. */
const EVENTS_OF_STORY = {
  SubscriptionStarted: 1,
  InMailSent: 1,
  InMailAnswered: 1,
  CreditReturned: 1,
  SubscriptionChanged: 1,
  SubscriptionCancelled: 1,
  CreditsForfeited: 2,
};

const EVENTS_OF_SWEEPS = { CreditsRenewed: 1, InMailExpired: 1, InMailReminderDue: 1 };

export const STEPS: readonly Step[] = [
  { name: 'The stacks of all stages are synthesized', proves: [], run: synthesize },
  {
    name: 'The CDK CLI bootstraps the account',
    proves: ['D4'],
    run: async (rehearsal) => {
      await cdk(rehearsal, 'bootstrap', `aws://${ACCOUNT}/${REGION}`);
    },
  },
  { name: 'IAM is enforced: a role that reads may write nothing', proves: [], run: mayOnlyRead },
  {
    name: `${TRIAL}: the stacks of today are deployed over those of an older commit, and nothing is lost`,
    proves: ['D1'],
    run: (rehearsal) => upgrade(rehearsal, TRIAL),
  },
  ...STAGES.map(({ name }) => ({
    name: `${name}: the CDK CLI deploys all stacks`,
    proves: ['D4', 'D5'] as const,
    run: async (rehearsal: Rehearsal) => {
      await deploy(rehearsal, name);
    },
  })),
  ...STAGES.flatMap(({ name }) => lifeOf(name)),
  {
    name: `${TRIAL}: every alarm of a single metric tells of its failure`,
    proves: ['O1', 'O4'],
    run: (rehearsal) => everyAlarmTells(rehearsal, TRIAL),
  },
  {
    name: `${PROTECTED}: all but the data is destroyed and made anew, and a member is the same with the same credits`,
    proves: ['D1'],
    run: (rehearsal) => rebuild(rehearsal, PROTECTED),
  },
  ...REPLACEMENTS.map(
    (replacement): Step => ({
      name: `${TRIAL}: to replace ${replacement.what} is refused`,
      proves: ['D2'],
      run: (rehearsal) => refusesReplacement(rehearsal, TRIAL, replacement),
    }),
  ),
  {
    name: `${PROTECTED}: to destroy the data is refused`,
    proves: ['D1'],
    run: async (rehearsal) => {
      await isRefused(destroy(rehearsal, stackOf(PROTECTED, 'data'), '--exclusively'), /TerminationProtection/);
      await auditBooks(rehearsal, PROTECTED);
    },
  },
  {
    name: `${TRIAL}: destroyed, it leaves nothing behind`,
    proves: ['D4', 'D7'],
    run: async (rehearsal) => {
      const stacks = (await stacksOf(rehearsal, TRIAL)).map(({ StackName }) => StackName);
      await destroy(rehearsal, ...stacks);
      const left = await leftoversOf(rehearsal, TRIAL);
      hold(left.length === 0, `left behind: ${left.join(', ')}`);
    },
  },
];

/** People, machines and schedules do all this with a stage. */
function lifeOf(stage: string): Step[] {
  return [
    {
      name: `${stage}: members, machines and operators play the story over HTTP`,
      proves: ['D5'],
      run: async (rehearsal) => {
        await consumeEvents(rehearsal, stage);
        await playStory(await assemble(rehearsal, await deploymentOf(rehearsal, stage)));
      },
    },
    {
      name: `${stage}: the bus brings an event for everything that was said and done`,
      proves: [],
      run: (rehearsal) => awaitEvents(rehearsal, stage, EVENTS_OF_STORY),
    },
    {
      name: `${stage}: the sweeps write what is due, by a message in their queue`,
      proves: ['D3'],
      run: async (rehearsal) => {
        await startSweeps(rehearsal, stage);
        await awaitSweeps(rehearsal, stage);
        await awaitEvents(rehearsal, stage, EVENTS_OF_SWEEPS);
        await stopConsuming(rehearsal, stage);
      },
    },
    {
      name: `${stage}: the page is served, and signs people in at this stage`,
      proves: ['D2'],
      run: async (rehearsal) => servesPage(rehearsal, await deploymentOf(rehearsal, stage)),
    },
    { name: `${stage}: every function has run`, proves: [], run: (rehearsal) => everyFunctionRan(rehearsal, stage) },
    { name: `${stage}: the books pass the audit`, proves: [], run: (rehearsal) => auditBooks(rehearsal, stage) },
  ];
}

/** Both at once, because each keeps one processor busy. */
async function synthesize(rehearsal: Rehearsal): Promise<void> {
  const { assembly, oldAssembly, emulator, folder, log, signal } = rehearsal;
  await buildPage(() => {});
  const now = synthesizeAll({ folder: assembly, log, signal });
  const old = { commit: OLD_COMMIT, stage: TRIAL, sources: join(folder, 'old-sources'), log, signal };
  await Promise.all([now, oldAssembly && synthesizeOld({ ...old, folder: oldAssembly })]);
  for (const one of [assembly, oldAssembly]) if (one) adaptAssembly(one, emulator);
}

/** One of the CDK CLI's own roles. Without it, a rehearsal would not see a right that a function lacks. */
const READER = `arn:aws:iam::${ACCOUNT}:role/cdk-hnb659fds-lookup-role-${ACCOUNT}-${REGION}`;

const assumed = z.object({
  Credentials: z.object({ AccessKeyId: z.string(), SecretAccessKey: z.string(), SessionToken: z.string() }),
});

async function mayOnlyRead(rehearsal: Rehearsal): Promise<void> {
  const role = [`--role-arn=${READER}`, '--role-session-name=rehearsal'];
  const { Credentials } = assumed.parse(await aws(rehearsal, 'sts', 'assume-role', ...role));
  const environment = {
    ...rehearsal.emulator.environment,
    AWS_ACCESS_KEY_ID: Credentials.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: Credentials.SecretAccessKey,
    AWS_SESSION_TOKEN: Credentials.SessionToken,
  };
  const reader = { ...rehearsal, emulator: { ...rehearsal.emulator, environment } };
  await aws(reader, 'dynamodb', 'list-tables');
  await isRefused(aws(reader, 'sqs', 'create-queue', '--queue-name=forbidden'), /AccessDenied|not authorized/);
}

/** Throws a StepFailure where a call goes through, or fails for another reason. */
async function isRefused(call: Promise<unknown>, why: RegExp): Promise<void> {
  const failure = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  hold(failure instanceof ProgramFailure && why.test(failure.message), `not refused with ${why}: ${failure}`);
}
