/** `npm run member`: invites a member, because members cannot sign up by themselves. */
import type { Stage } from '../infra/stages.ts';
import { userPoolOf } from './aws/deployed.ts';
import { explaining } from './aws/explained.ts';
import { NEEDED_STAGE } from './aws/needed-stage.ts';
import { runCommand } from './command.ts';
import { invite, personWith, toldInvitation } from './people/accounts.ts';
import { readActOn } from './people/operands.ts';

async function inviteMember(stage: Stage, operands: readonly string[]): Promise<void> {
  const { email } = readActOn(['invite'], operands);
  const pool = await userPoolOf(stage);
  console.log(toldInvitation(email, await invite(pool, email)));
  console.log(`The member's id is ${(await personWith(pool, email))?.memberId}.`);
}

await runCommand({
  name: 'member',
  call: 'npm run member',
  does: `Makes the account of a member, and mails an invitation. A member who has not signed in yet gets the mail again. The
    member has no credits before billing subscribes them.`,
  options: { stage: NEEDED_STAGE },
  operands: 'invite ADDRESS',
  run: async ({ stage }, operands) => {
    await explaining(stage, () => inviteMember(stage, operands));
    return 'done';
  },
});
