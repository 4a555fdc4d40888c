/** DynamoDB's own exceptions, as the SDK throws them. Their texts are ours. */
import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  ResourceNotFoundException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';

const $metadata = { httpStatusCode: 400 };

/** A request that DynamoDB refuses, whatever its tables hold. */
export const invalid = (message: string): Error =>
  new DynamoDBServiceException({ name: 'ValidationException', $fault: 'client', message, $metadata });

export const noTable = (name: string): Error =>
  new ResourceNotFoundException({ message: `there is no table or index ${name}`, $metadata });

export const conditionFailed = (): Error =>
  new ConditionalCheckFailedException({ message: 'the condition does not hold', $metadata });

/** `holds` has the outcome of each condition, in the order of the actions. */
export const cancelled = (holds: readonly boolean[]): Error =>
  new TransactionCanceledException({
    message: 'the transaction is cancelled, because a condition does not hold',
    CancellationReasons: holds.map((isSo) => ({ Code: isSo ? 'None' : 'ConditionalCheckFailed' })),
    $metadata,
  });
