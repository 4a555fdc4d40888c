import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { fileAt } from '../../shared/contract/page-addresses.ts';
import { idIn, type Properties, resourcesOf, synthesizeTemplates, withApp } from './synthesized.ts';

const { page } = synthesizeTemplates();
const [distribution] = Object.values(resourcesOf(page, 'AWS::CloudFront::Distribution'));
const { DefaultCacheBehavior, CacheBehaviors, Origins } = (distribution as Properties).DistributionConfig as {
  DefaultCacheBehavior: Properties;
  CacheBehaviors: Properties[];
  Origins: Properties[];
};

const API_PATHS = '/v1/*';
const policies = resourcesOf(page, 'AWS::CloudFront::ResponseHeadersPolicy');

const behaviorAt = (path: string) => CacheBehaviors.find(({ PathPattern }) => PathPattern === path) as Properties;
const ofApi = behaviorAt(API_PATHS);

/** The headers that a behaviour adds to every response of the gateway and of the bucket. */
function policyOf({ ResponseHeadersPolicyId }: Properties): Properties {
  const { Ref } = ResponseHeadersPolicyId as { Ref: string };
  return policies[Ref]?.ResponseHeadersPolicyConfig as Properties;
}

/** Headers by name, each with its value and whether it replaces the origin's. */
function customOf(behavior: Properties): Record<string, [string, boolean]> {
  const { Items } = policyOf(behavior).CustomHeadersConfig as {
    Items: { Header: string; Value: string; Override: boolean }[];
  };
  return Object.fromEntries(Items.map(({ Header, Value, Override }) => [Header, [Value, Override]]));
}

describe('the files of the page', () => {
  it("only this distribution can read the bucket of the page's files", () => {
    page.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    const [policy] = Object.values(resourcesOf(page, 'AWS::S3::BucketPolicy'));
    const { Statement } = (policy as Properties).PolicyDocument as { Statement: Properties[] };
    const [plainHttp, read] = Statement;
    expect(plainHttp).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    expect(read).toMatchObject({
      Action: 's3:GetObject',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Condition: { StringEquals: { 'AWS:SourceArn': expect.anything() } },
    });
    expect(Statement).toHaveLength(2);
    page.resourceCountIs('AWS::CloudFront::OriginAccessControl', 1);
  });

  it("a stack without access to the books deploys the page's files", () => {
    expect(Object.keys(page.findResources('Custom::CDKBucketDeployment'))).toHaveLength(1);
    expect(JSON.stringify(page.toJSON())).not.toContain('dynamodb');
  });

  it("the page's files are deployed before the page that names them", () => {
    const pageDir = mkdtempSync(join(tmpdir(), 'inmail-credits-page-'));
    mkdirSync(join(pageDir, 'assets'));
    writeFileSync(join(pageDir, 'index.html'), '<!doctype html>');
    writeFileSync(join(pageDir, 'assets', 'index-abc.js'), 'export {};');
    try {
      const built = synthesizeTemplates({ pageDir }).page.findResources('Custom::CDKBucketDeployment');
      const [hashed, named] = ['Hashed', 'Named'].map((name) => Object.keys(built).find((id) => id.startsWith(name)));
      expect(built[hashed ?? '']?.Properties.SystemMetadata['cache-control']).toMatch(/immutable/);
      expect(built[named ?? '']?.Properties.SystemMetadata['cache-control']).toBe('no-cache');
      expect(built[named ?? '']?.DependsOn).toEqual([hashed]);
      // This includes the rules of CloudFormation, to which a circle is an error.
      expect(() => withApp(({ app }) => app.synth(), {}, { pageDir })).not.toThrow();
    } finally {
      rmSync(pageDir, { recursive: true });
    }
  }, 30_000);

  it('a deployment without a built page is refused', () => {
    expect(() => synthesizeTemplates({ pageDir: '/nowhere/dist' })).toThrow(/npm run build/);
  });
});

describe('the distribution', () => {
  it('the distribution has files by default, and the API under its own path', () => {
    expect(CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual([API_PATHS, '/signed-out.html']);
    expect(ofApi.TargetOriginId).not.toBe(DefaultCacheBehavior.TargetOriginId);
  });

  it('the distribution speaks only TLS, and only TLS 1.2 to the API', () => {
    expect(DefaultCacheBehavior.ViewerProtocolPolicy).toBe('redirect-to-https');
    expect(ofApi.ViewerProtocolPolicy).toBe('https-only');
    const custom = Origins.flatMap(({ CustomOriginConfig }) => CustomOriginConfig ?? []);
    expect(custom).toHaveLength(1);
    for (const config of custom) {
      expect(config).toMatchObject({ OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] });
    }
  });

  it('the distribution keeps no response of the API, and passes on every method and header', () => {
    // AWS's ids of CachingDisabled and AllViewerExceptHostHeader.
    expect(ofApi).toMatchObject({
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
    });
    expect(ofApi.AllowedMethods).toContain('DELETE');
  });

  it('the page has a policy that allows only our origin and the one of sign-in', () => {
    const text = JSON.stringify(policyOf(DefaultCacheBehavior));
    expect(text).toContain(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' ",
    );
    expect(text).toContain(".amazoncognito.com; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    expect(text).not.toMatch(/unsafe|\*|localhost/);
  });

  it.each([DefaultCacheBehavior, ...CacheBehaviors].map((behavior) => [String(behavior.PathPattern ?? '*'), behavior]))(
    'the behaviour for %s makes browsers use TLS only, guess nothing and share nothing',
    (path, behavior) => {
      expect(policyOf(behavior as Properties).SecurityHeadersConfig, String(path)).toMatchObject({
        // The lists that browsers come with demand at least a year, with subdomains and the word itself.
        StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000, IncludeSubdomains: true, Preload: true },
        ContentTypeOptions: { Override: true },
        FrameOptions: { FrameOption: 'DENY' },
        ReferrerPolicy: { ReferrerPolicy: 'no-referrer' },
      });
      expect(customOf(behavior as Properties)).toMatchObject({ 'cross-origin-resource-policy': ['same-origin', true] });
    },
  );

  it('no cache keeps a response of the API', () => {
    expect(customOf(ofApi)).toMatchObject({ 'cache-control': ['no-store', false] });
  });

  it('pages are isolated from other sites, without the features that they do not use', () => {
    for (const behavior of [DefaultCacheBehavior, behaviorAt('/signed-out.html')]) {
      expect(customOf(behavior)).toMatchObject({
        'cross-origin-opener-policy': ['same-origin', true],
        'permissions-policy': [expect.stringContaining('camera=()'), true],
      });
    }
  });

  it("only the end of signing out clears the browser's cache", () => {
    const clearing = [DefaultCacheBehavior, ...CacheBehaviors].filter((one) => 'clear-site-data' in customOf(one));
    expect(clearing.map(({ PathPattern }) => PathPattern)).toEqual(['/signed-out.html']);
    expect(customOf(clearing[0] as Properties)).toMatchObject({
      'clear-site-data': ['"cache"', true],
      'cache-control': ['no-store', true],
    });
    expect(clearing[0]?.TargetOriginId).toBe(DefaultCacheBehavior.TargetOriginId);
  });

  it('a distribution under its own domain takes at least TLS 1.2', () => {
    const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/one';
    const own = synthesizeTemplates({ page: { domain: { name: 'credits.example.org', certificate } } }).page;
    own.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: Match.objectLike({
        Aliases: ['credits.example.org'],
        ViewerCertificate: Match.objectLike({ MinimumProtocolVersion: 'TLSv1.2_2021' }),
      }),
    });
  });
});

describe('the addresses of static pages', () => {
  const functions = resourcesOf(page, 'AWS::CloudFront::Function');
  const [code] = Object.values(functions);

  it('one function finds the static pages, and neither the API nor signing out uses it', () => {
    const [id] = Object.keys(functions);
    expect(Object.keys(functions)).toHaveLength(1);
    expect(DefaultCacheBehavior.FunctionAssociations).toEqual([
      { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': [id, 'FunctionARN'] } },
    ]);
    for (const behavior of CacheBehaviors) expect(behavior).not.toHaveProperty('FunctionAssociations');
    expect(code?.FunctionConfig).toMatchObject({ Runtime: 'cloudfront-js-2.0' });
  });

  /** CloudFront runs the code in the template, so the test does too. */
  const handler = runInNewContext(`${code?.FunctionCode}; handler`);

  it.each([
    ['/docs', '/docs.html'],
    ['/problems', '/problems.html'],
    ['/problems/response-pending', '/problems/response-pending.html'],
    ['/', '/'],
    ['/problems/', '/problems/'],
    ['/index.html', '/index.html'],
    ['/docs.html', '/docs.html'],
    ['/docs.css', '/docs.css'],
    ['/openapi.json', '/openapi.json'],
    ['/assets/index-abc.js', '/assets/index-abc.js'],
    ['/a.folder/page', '/a.folder/page.html'],
  ])('the address %s leads to the file %s, on AWS and on one machine', (uri, file) => {
    const request = { method: 'GET', uri, querystring: { code: { value: '1' } }, headers: { host: { value: 'h' } } };
    expect(handler({ request: { ...request } })).toEqual({ ...request, uri: file });
    expect(fileAt(uri)).toBe(file);
  });
});

describe('signing in', () => {
  const clients = Object.values(resourcesOf(page, 'AWS::Cognito::UserPoolClient')).filter(
    ({ GenerateSecret }) => GenerateSecret === false,
  );

  it('members and operators land on the page after sign-in, and on the page without traces after sign-out', () => {
    expect(clients).toHaveLength(2);
    const parts = (urls: unknown) =>
      (urls as { 'Fn::Join': [string, [string, unknown, string]] }[]).map((url) => url['Fn::Join'][1]);
    const landings = clients.flatMap(({ CallbackURLs, LogoutURLs }) => [
      [CallbackURLs, '/'],
      [LogoutURLs, '/signed-out.html'],
    ]);
    for (const [urls, where] of landings) {
      expect(urls).toHaveLength(1);
      const [[scheme, domain, path] = []] = parts(urls);
      expect([scheme, path]).toEqual(['https://', where]);
      expect(idIn(domain)).toMatch(/^Page/);
    }
  });

  it('another front end can receive members after sign-in, too', () => {
    const other = synthesizeTemplates({ otherFrontEnds: ['https://front.example.org'] }).page;
    other.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      GenerateSecret: false,
      LogoutURLs: [Match.anyValue(), 'https://front.example.org'],
      CallbackURLs: [Match.anyValue(), 'https://front.example.org'],
    });
  });

  it('browsers let other front ends call the API, and no origin that the stage does not name', () => {
    const { data } = synthesizeTemplates({ otherFrontEnds: ['https://front.example.org'] });
    data.hasResourceProperties('AWS::ApiGatewayV2::Api', {
      CorsConfiguration: Match.objectLike({
        AllowOrigins: ['https://front.example.org'],
        AllowHeaders: Match.arrayWith(['authorization', 'idempotency-key']),
        ExposeHeaders: Match.arrayWith(['Location', 'ETag', 'Retry-After']),
      }),
    });
    synthesizeTemplates().data.hasResourceProperties('AWS::ApiGatewayV2::Api', { CorsConfiguration: Match.absent() });
  });
});

describe('the names of the page', () => {
  /** CloudFront, S3 and Budgets have one list of names for all regions of an account, or for all accounts. */
  const shared: Readonly<Record<string, (properties: Properties) => unknown>> = {
    'AWS::CloudFront::ResponseHeadersPolicy': ({ ResponseHeadersPolicyConfig }) => ResponseHeadersPolicyConfig,
    'AWS::CloudFront::OriginAccessControl': ({ OriginAccessControlConfig }) => OriginAccessControlConfig,
    'AWS::CloudFront::Function': ({ Name }) => Name,
    'AWS::S3::Bucket': ({ BucketName }) => BucketName,
    'AWS::Budgets::Budget': ({ Budget }) => Budget,
  };

  it('each name that a whole account shares carries the stage and the region', () => {
    const { page: stack, watch } = synthesizeTemplates({ name: 'mine', region: 'eu-west-1' });
    const names = Object.entries(shared).flatMap(([type, nameOf]) =>
      Object.values({ ...resourcesOf(stack, type), ...resourcesOf(watch, type) }).map(nameOf),
    );
    expect(names).toHaveLength(7);
    for (const name of names) expect(JSON.stringify(name)).toMatch(/inmail-credits-mine-.*eu-west-1/);
  });
});

describe('a stage without the page', () => {
  const without = synthesizeTemplates({ page: 'none' });

  it('a stage without the page has no distribution, and its API lets in machines', () => {
    expect(without.page.toJSON().Resources).toEqual({});
    const [authorizer] = Object.values(resourcesOf(without.service, 'AWS::ApiGatewayV2::Authorizer'));
    const { Audience } = (authorizer as Properties).JwtConfiguration as { Audience: unknown[] };
    expect(Audience).toHaveLength(2);
  });

  it('a stage without the page signs people in for other front ends', () => {
    const { page: stack } = synthesizeTemplates({ page: 'none', otherFrontEnds: ['https://front.example.org'] });
    stack.resourceCountIs('AWS::CloudFront::Distribution', 0);
    const clients = Object.values(resourcesOf(stack, 'AWS::Cognito::UserPoolClient'));
    expect(clients.map(({ CallbackURLs }) => CallbackURLs)).toEqual([
      ['https://front.example.org'],
      ['https://front.example.org'],
    ]);
  });
});
