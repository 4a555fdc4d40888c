/** The steps of a deployment, in their order. Everything that they touch is passed in. */
import type { Stage } from '../../infra/stages.ts';
import type { RunCdk } from '../aws/cdk.ts';
import type { Outputs } from '../aws/deployed.ts';
import type { Verdict } from '../command.ts';
import type { Account } from './account.ts';
import { told } from './deployed.ts';
import { linesOf, preflight } from './preflight.ts';
import { type Deployed, smokeTest } from './smoke.ts';

export type Steps = {
  readonly cdk: RunCdk;
  readonly account: () => Promise<Account>;
  /** Builds the page into the folder that the stacks take it from. */
  readonly buildPage: () => Promise<unknown>;
  readonly isConfirmed: (question: string) => Promise<boolean>;
  readonly outputs: () => Promise<Outputs>;
  readonly deployed: (outputs: Outputs) => Promise<Deployed>;
  readonly say: (line: string) => void;
  readonly smoke?: typeof smokeTest;
};

export async function deployStage(stage: Stage, steps: Steps): Promise<Verdict> {
  const { cdk, say, isConfirmed } = steps;
  if (!(await isReady(stage, steps))) return 'found';
  const assembly = await build(stage, steps);
  await cdk(['diff', '--app', assembly]);
  if (!(await isConfirmed(`Deploy this to the stage ${stage.name}?`))) {
    say('Nothing was deployed.');
    return 'done';
  }
  // The differences were shown and accepted as a whole, so the CLI asks about none of them.
  await cdk(['deploy', '--app', assembly, '--all', '--require-approval', 'never']);
  return (await isServing(stage, steps)) ? 'done' : 'found';
}

/** Says what the checks have found, and mends what the CLI can mend. */
async function isReady(stage: Stage, { cdk, say, isConfirmed, account }: Steps): Promise<boolean> {
  const found = await account();
  say(`Stage ${stage.name}: account ${found.accountId}, region ${found.region}`);
  const findings = await preflight(found);
  for (const line of linesOf(findings)) say(line);
  let isGood = true;
  for (const { mend } of findings.filter(({ weight }) => weight === 'stops')) {
    if (mend && (await isConfirmed(`Run cdk ${mend.join(' ')} now?`))) await cdk(mend);
    else isGood = false;
  }
  return isGood;
}

/** The folder of the assembly. All further steps take this one, so that what was shown is what is deployed. */
async function build(stage: Stage, { cdk, say, buildPage }: Steps): Promise<string> {
  if (stage.page !== 'none') await buildPage();
  const assembly = `cdk.out/${stage.name}`;
  say(`Building the stacks into ${assembly} …`);
  await cdk(['synth', '--quiet', '-c', `stage=${stage.name}`, '--output', assembly]);
  return assembly;
}

async function isServing(stage: Stage, { say, outputs, deployed, smoke = smokeTest }: Steps): Promise<boolean> {
  const found = await outputs();
  say('\nSmoke test:');
  const isGood = await smoke(await deployed(found), {
    onProbe: (looks, fault) => say(fault === undefined ? `  ok     ${looks}` : `  fault  ${looks}: ${fault}`),
  });
  say(`\n${told(stage, found).join('\n')}`);
  return isGood;
}
