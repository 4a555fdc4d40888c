/** What test files share, for as long as they run: one DynamoDB Local, each of whose users has a database of their own. */
import type { TestProject } from 'vitest/node';
import { startDynamoDbLocal } from '../../local/dynamodb/dynamodb-local.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly dynamoEndpoint: string;
  }
}

/** Each project calls this that has files to run; the first one starts it for all. */
export default async function share({ vitest }: TestProject): Promise<(() => Promise<void>) | undefined> {
  const root = vitest.getRootProject();
  if ('dynamoEndpoint' in root.getProvidedContext()) return undefined;
  const { endpoint, stop } = await startDynamoDbLocal();
  root.provide('dynamoEndpoint', endpoint);
  return stop;
}
