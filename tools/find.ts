/** `npm run find`: who a mail address is, as the books know them. */

import { walletIdOf } from '../shared/domain/ledger.ts';
import { PRODUCTS } from '../shared/domain/plans.ts';
import { userPoolOf } from './aws/deployed.ts';
import { explaining } from './aws/explained.ts';
import { NEEDED_STAGE } from './aws/needed-stage.ts';
import { runCommand, type Verdict } from './command.ts';
import type { OptionTable, ValuesOf } from './options.ts';
import { type Person, personWith } from './people/accounts.ts';
import { mailAddress } from './people/operands.ts';

const OPTIONS = {
  stage: NEEDED_STAGE,
  email: { takes: 'ADDRESS', kind: mailAddress, needed: true, does: 'the address that the person signs in with' },
} as const satisfies OptionTable;

async function find({ stage, email }: ValuesOf<typeof OPTIONS>): Promise<Verdict> {
  const person = await personWith(await userPoolOf(stage), email);
  console.log(person ? linesOf(person).join('\n') : `Nobody in the stage ${stage.name} has the address ${email}.`);
  return person ? 'done' : 'found';
}

const linesOf = ({ memberId, status, isEnabled, groups }: Person): string[] => [
  `member id  ${memberId}`,
  `status     ${status}${isEnabled ? '' : ', disabled'}`,
  `groups     ${groups.join(', ') || 'none'}`,
  `wallets    ${PRODUCTS.map((product) => walletIdOf(memberId, product)).join(', ')}`,
];

await runCommand({
  name: 'find',
  call: 'npm run find',
  does: `Finds the member's id, status and groups by a mail address, and the ids that the wallets have or would have.
    The books know no address.`,
  options: OPTIONS,
  finds: 'nobody has the address',
  run: (options) => explaining(options.stage, () => find(options)),
});
