/** A person can put right a refusal of AWS, a missing account and a missing network. So each is told in one line. */
import type { Stage } from '../../infra/stages.ts';
import { LocalFailure } from '../../local/failure.ts';
import { BusyError } from '../../shared/store/store.ts';

/** Runs work on a stage, or on this machine without one. A failure of AWS comes out as a LocalFailure. */
export async function explaining<T>(stage: Stage | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw stage ? explained(error, stage) : error;
  }
}

/** The SDK's words where no region is set, and where an empty one is. */
const IS_WITHOUT_REGION = /^Region is missing|^Region not accepted: region=""/;

/** The names of errors that say that there is no such table, queue or bus. */
const IS_NOT_FOUND = /NotFound|NonExistent|DoesNotExist/;

function explained(error: unknown, stage: Stage): unknown {
  const { name, message, code, $metadata } = error as Error & { code?: string; $metadata?: object };
  if (IS_WITHOUT_REGION.test(message)) {
    return new LocalFailure('AWS: there is no region: set AWS_REGION, or one in the profile');
  }
  const isOfAws = $metadata !== undefined || name === 'CredentialsProviderError' || error instanceof BusyError;
  const isOfNetwork = code !== undefined && /^E[A-Z]+$/.test(code);
  if (!isOfAws && !isOfNetwork) return error;
  const said = `AWS: ${name}: ${message.replaceAll(/\s*\n\s*/g, ' ')}`;
  return new LocalFailure(
    IS_NOT_FOUND.test(name) ? `${said} (is stage ${stage.name} in this account and region?)` : said,
  );
}
