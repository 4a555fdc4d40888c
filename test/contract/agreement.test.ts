/** Route table, CDK, document and client say the same, so that no change can touch only one of them. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import openapi from '../../openapi.json' with { type: 'json' };
import { ENDPOINTS } from '../../shared/contract/endpoints.ts';
import { resourcesOf, synthesizeTemplates } from '../infra/synthesized.ts';

const table = ENDPOINTS.map(({ method, path, name }) => `${method} ${path} ${name}`).sort();

describe('the route table and what follows from it', () => {
  it('the route table agrees with the routes of the HTTP API', () => {
    const { service } = synthesizeTemplates();
    const routes = Object.values(resourcesOf(service, 'AWS::ApiGatewayV2::Route')).map(({ RouteKey }) => RouteKey);
    expect(routes.sort()).toEqual(ENDPOINTS.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it('the route table agrees with the operations of the document', () => {
    const operations = Object.entries(openapi.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => `${method.toUpperCase()} ${path} ${operationId}`),
    );
    expect(operations.sort()).toEqual(table);
  });

  it('the route table agrees with the paths of the client', () => {
    const source = readFileSync('client/api.ts', 'utf8');
    const [paths = ''] = /^export interface paths \{[\s\S]*?^\}/m.exec(source) ?? [];
    const calls = paths.split(/^ {2}'(?=\/)/m).flatMap((part) => {
      const path = part.slice(0, part.indexOf("'"));
      const methods = [...part.matchAll(/^ {4}(\w+): operations\['([\w-]+)'\];$/gm)];
      return methods.map(([, method = '', name]) => `${method.toUpperCase()} ${path} ${name}`);
    });
    expect(calls.sort()).toEqual(table);
  });

  it.each(ENDPOINTS)('the route $name has its file in functions/', ({ name }) => {
    expect(existsSync(`functions/${name}.ts`)).toBe(true);
  });

  it.each(ENDPOINTS)('the document and the route table agree on the scope that $name needs', ({ name, access }) => {
    const operations = Object.values(openapi.paths).flatMap((methods) => Object.values<Operation>(methods));
    const security = operations.find(({ operationId }) => operationId === name)?.security;
    expect(security).toEqual([{ bearer: access === 'billing' ? ['billing'] : [] }]);
  });
});

type Operation = { readonly operationId: string; readonly security: unknown };
