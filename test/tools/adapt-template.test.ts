import { describe, expect, it } from 'vitest';
import { adaptTemplate, type Resource } from '../../tools/rehearse/adapt-template.ts';

const adapted = (Resources: Record<string, Resource>) => adaptTemplate({ Resources }).Resources;

const policyOf = (...Action: string[]): Resource => ({
  Type: 'AWS::IAM::Policy',
  Properties: {
    PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: 'queue' }] },
  },
});

describe('the copy of a template that the emulator deploys', () => {
  it.each(['AWS::Budgets::Budget', 'AWS::CloudWatch::CompositeAlarm', 'AWS::Cognito::ManagedLoginBranding'])(
    'the copy lacks an %s, and nothing waits for one',
    (Type) => {
      const rest: Resource = { Type: 'AWS::SQS::Queue', DependsOn: ['Unknown', 'Known'] };
      expect(adapted({ Unknown: { Type }, Known: { Type: 'AWS::SQS::Queue' }, Rest: rest })).toEqual({
        Known: { Type: 'AWS::SQS::Queue' },
        Rest: { Type: 'AWS::SQS::Queue', DependsOn: ['Known'] },
      });
    },
  );

  it('the copy lacks an alarm that computes, and has one of a single metric', () => {
    const computes = { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [{ Expression: 'a / b' }] } };
    const looks = { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'a' } };
    expect(adapted({ Computes: computes, Looks: looks })).toEqual({ Looks: looks });
  });

  it('the right to send a message covers a batch, and no other right grows', () => {
    expect(adapted({ Sends: policyOf('sqs:SendMessage'), Reads: policyOf('sqs:ReceiveMessage') })).toEqual({
      Sends: policyOf('sqs:SendMessage', 'sqs:SendMessageBatch'),
      Reads: policyOf('sqs:ReceiveMessage'),
    });
  });

  it('a table has the protection of its replica', () => {
    const replica = { Region: 'here', DeletionProtectionEnabled: true };
    const table = { Type: 'AWS::DynamoDB::GlobalTable', Properties: { TableName: 'ledger', Replicas: [replica] } };
    expect(adapted({ Table: table }).Table?.Properties).toEqual({
      ...table.Properties,
      DeletionProtectionEnabled: true,
    });
  });

  it('a custom resource that never answers fails within a minute', () => {
    const custom = { Type: 'Custom::CDKBucketDeployment', Properties: { Prune: false } };
    expect(adapted({ Custom: custom }).Custom?.Properties).toEqual({ Prune: false, ServiceTimeout: '60' });
  });
});
