/** `npm run -s token -- MEMBER [SCOPE...]`: prints a token that the local system of the same DATA_DIR accepts. */

import { LocalFailure } from '../local/failure.ts';
import { openIssuer, SCOPES, type Scope } from '../local/identity/issuer.ts';
import { dataDirIn } from '../local/state-folder.ts';
import { isMemberId, MEMBER_ID_WORDS } from '../shared/domain/member-id.ts';

const USAGE = `Usage: npm run -s token -- MEMBER [SCOPE...]

Prints a token for MEMBER that the local system accepts for 12 hours.
Scopes: billing (subscriptions and connections), support (reading any member's books).
The system and this command meet in the state folder: give both the same DATA_DIR.`;

const isScope = (name: string): name is Scope => SCOPES.some((scope) => scope === name);

async function main(args: readonly string[]): Promise<string> {
  if (args.includes('--help') || args.includes('-h')) return USAGE;
  const [memberId, ...scopes] = args;
  if (memberId === undefined) throw new LocalFailure('name a member: npm run -s token -- MEMBER [SCOPE...]');
  if (!isMemberId(memberId)) throw new LocalFailure(`not a member id: ${memberId} (${MEMBER_ID_WORDS})`);
  const unknown = scopes.find((scope) => !isScope(scope));
  if (unknown !== undefined) throw new LocalFailure(`unknown scope: ${unknown} (there are ${SCOPES.join(' and ')})`);
  const { tokenFor } = await openIssuer(dataDirIn(process.env));
  return tokenFor(memberId, [...new Set(scopes.filter(isScope))]);
}

try {
  process.stdout.write(`${await main(process.argv.slice(2))}\n`);
} catch (error) {
  if (!(error instanceof LocalFailure)) throw error;
  process.stderr.write(`token: ${error.message}\n`);
  process.exitCode = 1;
}
