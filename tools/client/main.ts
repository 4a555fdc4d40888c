/** `npm run client`: the secrets of the machines that call the API. */
import type { Machine } from '../../infra/stages.ts';
import { LocalFailure } from '../../local/failure.ts';
import { userPoolOf } from '../aws/deployed.ts';
import { explaining } from '../aws/explained.ts';
import { NEEDED_STAGE } from '../aws/needed-stage.ts';
import { runCommand } from '../command.ts';
import { type OptionTable, oneOf, type ValuesOf } from '../options.ts';
import { ACTS, clientIdOf, finish, rotate, rowFor, type Told, tellSecret } from './machines.ts';

const OPTIONS = {
  stage: NEEDED_STAGE,
  scope: {
    takes: 'SCOPE',
    kind: oneOf(['billing', 'support'] satisfies readonly Machine['scope'][]),
    does: 'of a machine to add: billing changes subscriptions and connections, support reads all books',
  },
} as const satisfies OptionTable;

async function act({ stage, scope }: ValuesOf<typeof OPTIONS>, operands: readonly string[]): Promise<Told> {
  const [word, name, ...more] = operands;
  const found = ACTS.find((one) => one === word);
  if (found === undefined || name === undefined || more.length > 0) {
    throw new LocalFailure(`say ${ACTS.join(', ')}, and then the name of one machine`);
  }
  if (found === 'add') return rowFor({ stage, name, scope });
  const pool = await userPoolOf(stage);
  return { secret: tellSecret, rotate, finish }[found](pool, clientIdOf(stage, name, pool));
}

await runCommand({
  name: 'client',
  call: 'npm run client',
  does: `Tells the secret of a machine, or changes it in two steps, so that the machine never stands without a good one.

    add says which row infra/stages.ts needs for a further machine. secret prints the machine's secret. rotate makes a
    second secret and prints it once, while the old one still works. finish removes the old one. The secret goes to
    stdout, and all other words to stderr.`,
  options: OPTIONS,
  operands: 'add|secret|rotate|finish NAME',
  run: async (values, operands) => {
    const { words, secret } = await explaining(values.stage, () => act(values, operands));
    for (const line of words) console.error(line);
    if (secret !== undefined) console.log(secret);
    return 'done';
  },
});
