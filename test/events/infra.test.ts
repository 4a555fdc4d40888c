import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, describe, expect, it } from 'vitest';
import { createApp } from '../../infra/build-app.ts';
import { DataStack } from '../../infra/data/data-stack.ts';
import { tablesInUse } from '../../infra/lambda/tables-in-use.ts';
import { createEvents } from '../../infra/service/events.ts';
import { StageStack } from '../../infra/stage-stack.ts';
import { stageNamed } from '../../infra/stages.ts';
import { EVENT_SOURCES } from '../../shared/contract/events.ts';
import { idIn, importedFrom, type Properties, resourcesOf } from '../infra/synthesized.ts';

const outdir = mkdtempSync(join(tmpdir(), 'inmail-credits-events-'));
afterAll(() => rmSync(outdir, { recursive: true }));

/** The events alone, beside the tables, without bundles and with every check. */
const app = createApp({ outdir, context: { 'aws:cdk:bundling-stacks': [] } });
const stage = stageNamed('prod');
const data = new DataStack(app, stage);
const stack = new StageStack(app, { stage, part: 'service', description: 'the events alone' });
createEvents(stack, tablesInUse(stack, data.tables));
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

const template = Template.fromStack(stack);
const dataTemplate = Template.fromStack(data);
const mappings = Object.values(resourcesOf(template, 'AWS::Lambda::EventSourceMapping'));
const only = (type: string): [string, Properties] => {
  const [found, ...others] = Object.entries(resourcesOf(template, type));
  if (!found || others.length > 0) throw new Error(`${others.length + 1} of ${type}`);
  return found;
};
const [queueId] = only('AWS::SQS::Queue');
const [busId] = only('AWS::Events::EventBus');
const [functionId, publisher] = only('AWS::Lambda::Function');

/**
 * The resource of an ARN: a neighbour, or a table's stream by an output of the data stack (`LedgerB7379752.StreamArn`).
 */
function named(arn: unknown): string {
  return importedFrom(dataTemplate, arn) ?? idIn(arn);
}

const STREAMS = ['LedgerB7379752.StreamArn', 'Inmails47C1D6EE.StreamArn'];

it('the checks of the synthesis find nothing', () => {
  expect(() => app.synth()).not.toThrow();
});

describe('the event source mappings', () => {
  it('each table with a stream has one event source mapping', () => {
    expect(mappings.map(({ EventSourceArn }) => named(EventSourceArn))).toEqual(STREAMS);
    for (const { FunctionName } of mappings) expect(FunctionName).toEqual({ Ref: functionId });
  });

  it('the mappings let through only appended entries and changed InMails', () => {
    const patterns = mappings.map(({ FilterCriteria }) => {
      const { Filters } = FilterCriteria as { Filters: { Pattern: string }[] };
      return Filters.map(({ Pattern }) => JSON.parse(Pattern));
    });
    expect(patterns).toEqual([[{ eventName: ['INSERT'] }], [{ eventName: ['MODIFY'] }]]);
    expect(EVENT_SOURCES.map(({ table }) => table)).toEqual(['ledger', 'inmails']);
  });

  it('the mappings keep order, isolate failures, give up in bounded time and report what they gave up', () => {
    template.allResourcesProperties('AWS::Lambda::EventSourceMapping', {
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 1,
      ParallelizationFactor: 1,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: 5,
      MaximumRecordAgeInSeconds: 6 * 60 * 60,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [queueId, 'Arn'] } } },
    });
  });
});

describe('the publisher', () => {
  it('the publisher knows its bus and no table', () => {
    const { Variables } = publisher.Environment as { Variables: Properties };
    expect(Variables.EVENT_BUS_NAME).toEqual({ Ref: busId });
    expect(Object.keys(Variables).filter((name) => name.endsWith('_TABLE'))).toEqual([]);
  });

  it('the publisher may only read the two streams, put on the one bus, report failures and write its log', () => {
    const [, { PolicyDocument }] = only('AWS::IAM::Policy');
    const { Statement } = PolicyDocument as { Statement: { Action: string | string[]; Resource: unknown }[] };
    const allowed = Statement.flatMap(({ Action, Resource }) =>
      [Resource].flat().map((resource) => `${named(resource)}: ${[Action].flat().sort().join(' ')}`),
    );
    const reading = 'dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams';
    const [logId] = only('AWS::Logs::LogGroup');
    expect(allowed.sort()).toEqual(
      [
        ...STREAMS.map((stream) => `${stream}: ${reading}`),
        `${busId}: events:PutEvents`,
        `${queueId}: sqs:SendMessage`,
        `${logId}: logs:CreateLogStream logs:PutLogEvents`,
      ].sort(),
    );
    expect(JSON.stringify(Statement)).not.toContain('*');
  });

  it('the publisher has the same failures queue for invocations by hand', () => {
    expect(publisher.DeadLetterConfig).toEqual({ TargetArn: { 'Fn::GetAtt': [queueId, 'Arn'] } });
  });
});

describe('the queue of failures', () => {
  it('the failures queue is encrypted, refuses plain HTTP and keeps a message for 14 days', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 24 * 60 * 60,
    });
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      Queues: [{ Ref: queueId }],
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Action: 'sqs:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      },
    });
  });
});
