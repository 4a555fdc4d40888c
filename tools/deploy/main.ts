/** `npm run deploy`: checks the account, builds, shows what would change, deploys, and looks at what came of it. */
import { LocalFailure } from '../../local/failure.ts';
import { cdkOf } from '../aws/cdk.ts';
import { cloudFormationOf, cognitoOf, outputsOf } from '../aws/deployed.ts';
import { explaining } from '../aws/explained.ts';
import { NEEDED_STAGE } from '../aws/needed-stage.ts';
import { buildPage } from '../build-page.ts';
import { runCommand, type Verdict } from '../command.ts';
import { isConfirmed } from '../confirm.ts';
import type { OptionTable, ValuesOf } from '../options.ts';
import { accountOf } from './account.ts';
import { deployStage } from './deploy-stage.ts';
import { deployedOf } from './deployed.ts';

const OPTIONS = {
  stage: NEEDED_STAGE,
  yes: { does: 'does it without asking. A run without a terminal needs it' },
} as const satisfies OptionTable;

async function deploy({ stage, yes }: ValuesOf<typeof OPTIONS>): Promise<Verdict> {
  if (!yes && !process.stdin.isTTY) throw new LocalFailure('there is no terminal to ask on: add --yes');
  return deployStage(stage, {
    cdk: cdkOf(stage),
    account: () => accountOf(stage),
    buildPage: () => buildPage(console.log, { anew: true }),
    isConfirmed: (question) => isConfirmed(question, yes),
    outputs: () => outputsOf(cloudFormationOf(stage), stage),
    deployed: (outputs) => deployedOf(stage, outputs, cognitoOf(stage)),
    say: (line) => console.log(line),
  });
}

await runCommand({
  name: 'deploy',
  call: 'npm run deploy',
  does: `Deploys a stage of infra/stages.ts to the account of your AWS profile. It checks the account, builds the page and the
    stacks, shows what would change, asks, and deploys. Then it calls the API and the page, and tells their addresses.

    A deployment that fails is rolled back by CloudFormation, stack by stack. Run it again once the cause is gone.`,
  options: OPTIONS,
  finds: 'a check stops it, or the smoke test finds a fault',
  run: (options) => explaining(options.stage, () => deploy(options)),
});
