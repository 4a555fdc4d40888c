/** The one place where commands open AWS. Credentials are those of the shell, and the region is that of the stage or the profile. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Stage } from '../../infra/stages.ts';
import { documentClient } from '../../shared/store/database.ts';

/** A command that works for an hour can wait for a minute when it is throttled. A request could not. */
const ATTEMPTS = 10;

/** Every client of a command. 30 s are enough for the slowest call, and one lost packet does not hold a command for ever. */
export const clientSettings = ({ region }: Pick<Stage, 'region'>) => ({
  ...(region !== undefined && { region }),
  maxAttempts: ATTEMPTS,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
});

export const dynamoDbOf = (stage: Stage): DynamoDBClient => new DynamoDBClient(clientSettings(stage));
export const documentsOf = (stage: Stage): DynamoDBDocumentClient => documentClient(clientSettings(stage));

/** Queues are called where the client is, because the URLs of an emulator may name a host that only it knows. */
export const sqsOf = (stage: Stage): SQSClient =>
  new SQSClient({ ...clientSettings(stage), useQueueUrlAsEndpoint: false });
