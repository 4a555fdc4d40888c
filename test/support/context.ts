import type { Context } from 'aws-lambda';

/** The context that Lambda hands a function besides its event. */
export const CONTEXT = {
  awsRequestId: 'request-1',
  functionName: 'test',
  functionVersion: '1',
  memoryLimitInMB: '512',
  invokedFunctionArn: 'arn:aws:lambda:local:000000000000:function:test',
  getRemainingTimeInMillis: () => 10_000,
} as Context;
