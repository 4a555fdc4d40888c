/** DynamoDB's own exceptions, as the SDK throws them. Their texts are ours. */
import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  InternalServerError,
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

/** A fault of the disk or the file. It is unknown whether anything was written, as with a fault of DynamoDB's own. */
export const failed = (cause: Error): Error => {
  const { message } = cause;
  const error = new InternalServerError({ message: `SQLite: ${message}`, $metadata: { httpStatusCode: 500 } });
  return Object.assign(error, { cause });
};

/** `holds` has the outcome of each condition, in the order of the actions. */
export const cancelled = (holds: readonly boolean[]): Error =>
  new TransactionCanceledException({
    message: 'the transaction is cancelled, because a condition does not hold',
    CancellationReasons: holds.map((isSo) => ({ Code: isSo ? 'None' : 'ConditionalCheckFailed' })),
    $metadata,
  });
