/** All test files share one DynamoDB Local while they run, and each user of it has a database of its own. */
import type { TestProject } from 'vitest/node';
import { startDynamoDbLocal } from '../../local/dynamodb/dynamodb-local.ts';
import { engineOf } from '../../tools/engine-option.ts';
import { HAS_JAVA } from './java.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly dynamoEndpoint: string;
  }
}

/** Each project with files to run calls this, and the first call that needs it starts it for all. */
export default async function share({ name, vitest }: TestProject): Promise<(() => Promise<void>) | undefined> {
  const root = vitest.getRootProject();
  const isNeeded = name === 'dynamodb' ? HAS_JAVA : engineOf(undefined) === 'dynamodb';
  if (!isNeeded || 'dynamoEndpoint' in root.getProvidedContext()) return undefined;
  const { endpoint, stop } = await startDynamoDbLocal();
  root.provide('dynamoEndpoint', endpoint);
  return stop;
}
