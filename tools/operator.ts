/** `npm run operator`: lets a person into the back office, or out of it. */
import type { Stage } from '../infra/stages.ts';
import { SIGN_IN_LIFETIMES } from '../shared/contract/sign-in-lifetimes.ts';
import { userPoolOf } from './aws/deployed.ts';
import { explaining } from './aws/explained.ts';
import { NEEDED_STAGE } from './aws/needed-stage.ts';
import { runCommand } from './command.ts';
import { type OptionTable, oneOf } from './options.ts';
import { addToGroup, GROUPS, type Group, invite, removeFromGroup, toldInvitation } from './people/accounts.ts';
import { readActOn } from './people/operands.ts';

const OPTIONS = {
  stage: NEEDED_STAGE,
  group: {
    takes: 'GROUP',
    kind: oneOf(GROUPS),
    needed: true,
    does: "billing changes subscriptions and connections, support reads every member's books",
  },
} as const satisfies OptionTable;

async function change(stage: Stage, group: Group, operands: readonly string[]): Promise<void> {
  const { act, email } = readActOn(['invite', 'remove'], operands);
  const pool = await userPoolOf(stage);
  if (act === 'remove') {
    await removeFromGroup(pool, email, group);
    const { accessTokenMinutes } = SIGN_IN_LIFETIMES.operators;
    console.log(`${email} has left the group ${group}, and is signed out everywhere.`);
    console.log(`A token from before works for at most ${accessTokenMinutes} minutes more.`);
    return;
  }
  console.log(toldInvitation(email, await invite(pool, email)));
  await addToGroup(pool, email, group);
  console.log(`${email} is in the group ${group}. Operators sign in at the address of the page and #/operator.`);
}

await runCommand({
  name: 'operator',
  call: 'npm run operator',
  does: `Invites a person by mail and puts them into a group of operators, or takes them out of it. A person who has an account
    already keeps it.`,
  options: OPTIONS,
  operands: 'invite|remove ADDRESS',
  run: async ({ stage, group }, operands) => {
    await explaining(stage, () => change(stage, group, operands));
    return 'done';
  },
});
