/** The words after the options of a command about people: an act, and the address of a person. */
import { LocalFailure } from '../../local/failure.ts';
import type { Kind } from '../options.ts';

/** The user pool tells no capitals from small letters. Its search does, so every address is kept in small ones. */
export const mailAddress: Kind<string> = {
  wants: 'a mail address such as ada@example.org',
  // Cognito's filter puts it between quotation marks.
  read: (given) => (/^[^\s@"\\]+@[^\s@"\\]+\.[^\s@"\\]+$/.test(given) ? given.toLowerCase() : undefined),
};

export type ActOn<Act> = { readonly act: Act; readonly email: string };

/** `invite ada@example.org`. Throws a LocalFailure that says what is wanted instead. */
export function readActOn<const Act extends string>(acts: readonly Act[], operands: readonly string[]): ActOn<Act> {
  const [first, second, ...more] = operands;
  const act = acts.find((one) => one === first);
  if (act === undefined) throw new LocalFailure(`say ${acts.join(' or ')}, and then ${mailAddress.wants}`);
  const email = second === undefined ? undefined : mailAddress.read(second);
  if (email !== undefined && more.length === 0) return { act, email };
  throw new LocalFailure(`${act} wants ${mailAddress.wants}, and nothing after it`);
}
