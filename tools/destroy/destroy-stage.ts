/** The steps of a removal, in their order. Everything that they touch is passed in. */
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { nameIn } from '../../infra/names.ts';
import type { Stage } from '../../infra/stages.ts';
import { LocalFailure } from '../../local/failure.ts';
import { emptyBuckets, findTagged, type RemainsClients, removeRemains } from './remains.ts';
import { deleteStacks, deployedParts } from './stacks.ts';

export type Steps = {
  readonly cloudFormation: CloudFormationClient;
  readonly remains: RemainsClients;
  /** Whether the person has typed the name of the stage. */
  readonly isConfirmed: () => Promise<boolean>;
  readonly say: (line: string) => void;
};

/** Throws a LocalFailure for a stage that is protected, or that the person has not confirmed. */
export async function destroyStage(stage: Stage, { cloudFormation, remains, isConfirmed, say }: Steps): Promise<void> {
  refuseProtected(stage);
  const names = (await deployedParts(cloudFormation, stage)).map((part) => nameIn(stage, part));
  say(`This removes the stage ${stage.name} for good: its books, its members and operators, and its addresses.`);
  say(names.length > 0 ? `Its stacks are ${names.join(', ')}.` : 'It has no stack, so there are only remains.');
  if (!(await isConfirmed())) throw new LocalFailure('that is not its name, and nothing was removed');
  await deleteStacks(cloudFormation, stage, {
    onStack: (name) => say(`Deleting ${name} …`),
    emptyBuckets: () => emptyBuckets(remains, stage),
  });
  await removeRemains(remains, stage, (what) => say(`Removed the ${what}.`));
  const tagged = await findTagged(remains, stage);
  say(tagged.length === 0 ? 'Nothing is left.' : [STILL_TAGGED, ...tagged.map((arn) => `  ${arn}`)].join('\n'));
}

function refuseProtected({ name, isProtected }: Stage): void {
  if (!isProtected) return;
  throw new LocalFailure(
    `${name} is protected, because it holds what people own: if it has to go, set isProtected to false in ` +
      'infra/stages.ts, deploy that, and run this again',
  );
}

/** KMS keeps a deleted key for a week at the least. */
const STILL_TAGGED =
  "AWS's list of tags still names these. It lags behind by hours, and a deleted key stays in it for its waiting time:";
