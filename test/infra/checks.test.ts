import { type HttpApi, HttpNoneAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { Validations } from 'aws-cdk-lib/core';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { describe, expect, it, vi } from 'vitest';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { withApp } from './synthesized.ts';

/** 30 s, because it takes 2 s to load the rules of CloudFormation, and more while many tests run at once. */
vi.setConfig({ testTimeout: 30_000 });

describe('the checks of the synthesis', () => {
  it('the checks find nothing', () => {
    expect(() => withApp(({ app }) => app.synth())).not.toThrow();
  });

  it('the checks have acknowledged findings only for what serves the page', () => {
    const { ACKNOWLEDGED_RULES_METADATA_KEY } = Validations;
    const acknowledged = withApp(({ app }) => app.node.findAll()).flatMap(({ node }) =>
      node.metadata.filter(({ type }) => type === ACKNOWLEDGED_RULES_METADATA_KEY).map(({ data }) => [node.id, data]),
    );
    expect(acknowledged.filter(([id]) => !/^(Page|PageFiles|InMailCreditsPage)$/.test(id))).toEqual([]);
    const ofPage = acknowledged.filter(([id]) => id === 'Page' || id === 'PageFiles').map(([, data]) => data);
    expect(ofPage.flatMap(Object.keys).map((id) => id.replace('Annotation::AwsSolutions-', ''))).toEqual([
      'S1',
      'CFR1',
      'CFR2',
      'CFR3',
      'CFR4',
    ]);
  });

  it('the checks accept the certificate of a page under its own domain', () => {
    const context = {
      pageDomain: 'credits.example.org',
      pageCertificate: 'arn:aws:acm:us-east-1:123456789012:certificate/one',
    };
    expect(() => withApp(({ app }) => app.synth(), {}, context)).not.toThrow();
  });

  it('the checks stop an unacknowledged route without a token', () => {
    withApp(({ app, service }) => {
      const api = service.node.findChild('Api') as HttpApi;
      api.addRoutes({
        path: '/careless',
        integration: new HttpUrlIntegration('Careless', 'https://example.org'),
        authorizer: new HttpNoneAuthorizer(),
      });
      expect(() => app.synth()).toThrow(/AwsSolutions-APIG4/);
    });
  });

  it('the checks stop a queue that takes plain HTTP', () => {
    withApp(({ app, service }) => {
      new Queue(service, 'Careless');
      expect(() => app.synth()).toThrow(/AwsSolutions-SQS4/);
    });
  });

  it('the checks stop a role that allows everything', () => {
    withApp(({ app, data }) => {
      const role = new Role(data, 'Careless', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
      role.addToPolicy(new PolicyStatement({ actions: ['dynamodb:*'], resources: ['*'] }));
      expect(() => app.synth()).toThrow(/AwsSolutions-IAM5/);
    });
  });

  it('the checks stop a template that CloudFormation would refuse', () => {
    withApp(({ app, data }) => {
      new CfnQueue(data, 'Impossible').addPropertyOverride('VisibilityTimeout', 'soon');
      expect(() => app.synth()).toThrow(/CloudFormation-Validate/);
    });
  });
});

describe('cdk.json', () => {
  it('every flag in cdk.json is set as CDK recommends', () => {
    expect(cdkJson.context).toMatchObject(recommendedFlags);
  });

  it('a synthesis calls no service', () => {
    expect(cdkJson).toMatchObject({ notices: false, versionReporting: false, context: { 'cli-telemetry': false } });
  });
});
