/** The option of every command that makes tables on this machine, or reads those of `DATA_DIR`. */
import { DEFAULT_ENGINE, ENGINES, type EngineName } from '../local/engine.ts';
import { LocalFailure } from '../local/failure.ts';
import { oneOf } from './options.ts';

const engine = oneOf(ENGINES);

export const ENGINE_OPTION = {
  takes: 'ENGINE',
  kind: engine,
  does: `keeps the tables. dynamodb is AWS's DynamoDB Local, which needs Java 17. The default is the variable ENGINE, or else ${DEFAULT_ENGINE}`,
} as const;

/** The engine of the option, or else of the variable. Throws a LocalFailure if the variable names none. */
export function engineOf(option: EngineName | undefined, { ENGINE }: NodeJS.ProcessEnv = process.env): EngineName {
  const name = option ?? (ENGINE ? engine.read(ENGINE) : DEFAULT_ENGINE);
  if (name) return name;
  throw new LocalFailure(`ENGINE has to be ${engine.wants}, and is ${JSON.stringify(ENGINE)}`);
}
