/** All test files share one DynamoDB Local while they run, and each user of it has a database of its own. */
import type { TestProject } from 'vitest/node';
import { startDynamoDbLocal } from '../../local/dynamodb/dynamodb-local.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly dynamoEndpoint: string;
  }
}

/** Each project with files to run calls this, and the first call starts it for all. */
export default async function share({ vitest }: TestProject): Promise<(() => Promise<void>) | undefined> {
  const root = vitest.getRootProject();
  if ('dynamoEndpoint' in root.getProvidedContext()) return undefined;
  const { endpoint, stop } = await startDynamoDbLocal();
  root.provide('dynamoEndpoint', endpoint);
  return stop;
}
