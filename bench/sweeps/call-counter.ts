/** Counts what goes out of an SDK client, attempt by attempt. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export type CallCounter = {
  /** Calls of a command since the last reset, such as `QueryCommand`. */
  readonly of: (commandName: string) => number;
  readonly all: () => number;
  readonly reset: () => void;
};

/** Beneath the retries, so that an attempt that failed is counted as well. */
export function countCalls(client: DynamoDBDocumentClient): CallCounter {
  const calls = new Map<string, number>();
  client.middlewareStack.add(
    (next, { commandName = 'unknown' }) =>
      (args) => {
        calls.set(commandName, (calls.get(commandName) ?? 0) + 1);
        return next(args);
      },
    { step: 'finalizeRequest', priority: 'low', name: 'call-counter' },
  );
  return {
    of: (commandName) => calls.get(commandName) ?? 0,
    all: () => [...calls.values()].reduce((sum, count) => sum + count, 0),
    reset: () => calls.clear(),
  };
}
