/** `npm run -s token -- MEMBER [SCOPE...]`: prints a token that the local system of the same DATA_DIR accepts. */

import { LocalFailure } from '../local/failure.ts';
import { openIssuer, SCOPES, type Scope } from '../local/identity/issuer.ts';
import { dataDirIn } from '../local/state-folder.ts';
import { isMemberId, MEMBER_ID_WORDS } from '../shared/domain/member-id.ts';
import { runCommand, type Verdict } from './command.ts';

const isScope = (name: string): name is Scope => SCOPES.some((scope) => scope === name);

async function printToken([memberId, ...scopes]: readonly string[]): Promise<Verdict> {
  if (memberId === undefined) throw new LocalFailure('name a member: npm run -s token -- MEMBER [SCOPE...]');
  if (!isMemberId(memberId)) throw new LocalFailure(`not a member id: ${memberId} (${MEMBER_ID_WORDS})`);
  const unknown = scopes.find((scope) => !isScope(scope));
  if (unknown !== undefined) throw new LocalFailure(`unknown scope: ${unknown} (there are ${SCOPES.join(' and ')})`);
  const { tokenFor } = await openIssuer(dataDirIn(process.env));
  process.stdout.write(`${await tokenFor(memberId, [...new Set(scopes.filter(isScope))])}\n`);
  return 'done';
}

await runCommand({
  name: 'token',
  call: 'npm run -s token',
  does: `Prints a token for MEMBER that the local system accepts for 12 hours.

    Scopes: billing (subscriptions and connections), support (reading the books of any member).

    The system and this command meet in the state folder, so give both the same DATA_DIR.`,
  options: {},
  operands: 'MEMBER [SCOPE...]',
  run: (_, operands) => printToken(operands),
});
