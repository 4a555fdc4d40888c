/** A person can put right a refusal of AWS, a missing account and a missing network. So each is told in one line. */
import type { Stage } from '../../infra/stages.ts';
import { LocalFailure } from '../../local/failure.ts';
import { BusyError } from '../../shared/store/store.ts';

/** Runs work on a stage, or on this machine without one. A failure of AWS comes out as a LocalFailure. */
export async function explaining<T>(stage: Stage | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw stage ? explained(error) : error;
  }
}

/** The SDK's words where no region is set, and where an empty one is. */
const IS_WITHOUT_REGION = /^Region is missing|^Region not accepted: region=""/;

function explained(error: unknown): unknown {
  const { name, message, code, $metadata } = error as Error & { code?: string; $metadata?: object };
  if (IS_WITHOUT_REGION.test(message)) {
    return new LocalFailure('AWS: there is no region: set AWS_REGION, or one in the profile');
  }
  const isOfAws = $metadata !== undefined || name === 'CredentialsProviderError' || error instanceof BusyError;
  const isOfNetwork = code !== undefined && /^E[A-Z]+$/.test(code);
  return isOfAws || isOfNetwork ? new LocalFailure(`AWS: ${name}: ${message.replaceAll(/\s*\n\s*/g, ' ')}`) : error;
}
