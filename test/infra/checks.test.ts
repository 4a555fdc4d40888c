import { HttpNoneAuthorizer, HttpRoute, HttpRouteKey, type IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { Validations } from 'aws-cdk-lib/core';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { describe, expect, it, vi } from 'vitest';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { STAGES } from '../../infra/stages.ts';
import { withApp } from './synthesized.ts';

/** 30 s, because it takes 2 s to load the rules of CloudFormation, and more while many tests run at once. */
vi.setConfig({ testTimeout: 30_000 });

describe('the checks of the synthesis', () => {
  it.each(STAGES)('the checks find nothing in the stage $name', (stage) => {
    expect(() => withApp(({ app }) => app.synth(), {}, stage)).not.toThrow();
  });

  it('the checks find nothing in a stage with a region of its own', () => {
    expect(() => withApp(({ app }) => app.synth(), {}, { region: 'eu-west-1' })).not.toThrow();
  });

  it('the checks find nothing in a stage that is traced', () => {
    expect(() => withApp(({ app }) => app.synth(), {}, { isTraced: true })).not.toThrow();
  });

  it('the checks have acknowledged findings only for the page and for passwords', () => {
    const { ACKNOWLEDGED_RULES_METADATA_KEY } = Validations;
    const acknowledged = withApp(({ app }) => app.node.findAll()).flatMap(({ node }) =>
      node.metadata.filter(({ type }) => type === ACKNOWLEDGED_RULES_METADATA_KEY).map(({ data }) => [node.id, data]),
    );
    const byConstruct = Object.groupBy(acknowledged, ([id]) => String(id));
    const rulesOf = (id: string) =>
      byConstruct[id]?.flatMap(([, data]) => Object.keys(data)).map((rule) => rule.replace(/^.*AwsSolutions-/, ''));
    expect(Object.keys(byConstruct)).toEqual(['UserPool', 'inmail-credits-prod-page', 'Files', 'Page']);
    expect(rulesOf('UserPool')).toEqual(['COG1']);
    expect(rulesOf('Files')).toEqual(['S1']);
    expect(rulesOf('Page')).toEqual(['CFR1', 'CFR2', 'CFR3', 'CFR4']);
  });

  it('the checks accept the certificate of a page under its own domain', () => {
    const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/one';
    const changes = { page: { domain: { name: 'credits.example.org', certificate } } };
    expect(() => withApp(({ app }) => app.synth(), {}, changes)).not.toThrow();
  });

  it('the checks stop an unacknowledged route without a token', () => {
    withApp(({ app, service }) => {
      new HttpRoute(service, 'Careless', {
        httpApi: service.node.findChild('Api') as IHttpApi,
        routeKey: HttpRouteKey.with('/careless'),
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
  it('every flag in cdk.json is set as CDK recommends, but for references that CloudFormation guards', () => {
    const strong = { '@aws-cdk/core:defaultCrossStackReferences': 'strong' };
    expect(cdkJson.context).toMatchObject({ ...recommendedFlags, ...strong });
  });

  it('a synthesis calls no service', () => {
    expect(cdkJson).toMatchObject({ notices: false, versionReporting: false, context: { 'cli-telemetry': false } });
  });
});
