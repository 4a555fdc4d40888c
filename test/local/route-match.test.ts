import { describe, expect, it } from 'vitest';
import { matchRoute } from '../../local/gateway/route-match.ts';
import { ENDPOINTS } from '../../shared/contract/endpoints.ts';

describe('finding the route', () => {
  it.each(ENDPOINTS)('the route $method $path is found', (endpoint) => {
    const path = endpoint.path.replaceAll(/\{(\w+)\}/g, 'a-$1');
    const names = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, `a-${name}`]);
    expect(matchRoute(endpoint.method, path)).toEqual({ endpoint, pathParameters: Object.fromEntries(names) });
  });

  it.each([
    ['an encoded slash', '/v1/inmails/a%2Fb', 'a/b'],
    ['an encoded letter', '/v1/inmails/%61', 'a'],
    ['a plus, which stays a plus', '/v1/inmails/a+b', 'a+b'],
    ['dots', '/v1/inmails/..', '..'],
  ])('a parameter with %s is decoded', (_, path, inmailId) => {
    expect(matchRoute('GET', path)?.pathParameters).toEqual({ inmailId });
  });

  it.each([
    ['an unknown path', 'GET', '/v2/plans'],
    ['a method the path does not take', 'POST', '/v1/plans'],
    ['HEAD', 'HEAD', '/v1/plans'],
    ['OPTIONS', 'OPTIONS', '/v1/plans'],
    ['a slash at the end', 'GET', '/v1/plans/'],
    ['a doubled slash', 'GET', '//v1/plans'],
    ['an empty parameter', 'GET', '/v1/inmails/'],
    ['a path that goes on', 'GET', '/v1/inmails/a/b'],
    ['another case', 'GET', '/V1/plans'],
    ['the root', 'GET', '/'],
    ['no path at all', 'OPTIONS', '*'],
  ])('no route is found for %s', (_, method, path) => {
    expect(matchRoute(method, path)).toBeUndefined();
  });
});
