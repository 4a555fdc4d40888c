import { type App, Stack, Tags } from 'aws-cdk-lib/core';
import { applicationOf, nameIn, type StackPart } from './names.ts';
import type { Stage } from './stages.ts';

export type StageStackProps = {
  readonly stage: Stage;
  readonly part: StackPart;
  readonly description: string;
  /** Refuses its deletion, in a stage that holds what people own. */
  readonly holdsTheIrreplaceable?: true;
};

/** A stack of one stage. Its tags stand on every resource, so that bills and searches can tell stages and parts apart. */
export class StageStack extends Stack {
  readonly stage: Stage;

  constructor(app: App, { stage, part, description, holdsTheIrreplaceable }: StageStackProps) {
    const stackName = nameIn(stage, part);
    super(app, stackName, {
      stackName,
      description: `InMail credits, ${stage.name}: ${description}`,
      terminationProtection: stage.isProtected && holdsTheIrreplaceable === true,
      ...(stage.region && { env: { region: stage.region } }),
    });
    this.stage = stage;
    const tags = { application: applicationOf(stage), stage: stage.name, owner: stage.owner, part };
    for (const [key, value] of Object.entries(tags)) Tags.of(this).add(key, value);
  }

  /** `inmail-credits-dev-ledger`. */
  nameOf(part: string): string {
    return nameIn(this.stage, part);
  }
}
