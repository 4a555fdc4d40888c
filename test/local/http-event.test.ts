import { describe, expect, it } from 'vitest';
import { eventOf, type HttpRequest } from '../../local/gateway/http-event.ts';
import { matchRoute } from '../../local/gateway/route-match.ts';

const claims = { sub: 'ada', scope: 'inmail-credits/billing other/read', exp: 1_900_000_000, groups: ['a', 'b'] };
const circumstances = { requestId: 'r-1', at: new Date('2026-11-02T03:04:05.678Z'), claims };

function eventFrom(request: Partial<HttpRequest>) {
  const whole: HttpRequest = {
    method: 'GET',
    target: '/v1/plans',
    headers: {},
    body: Buffer.alloc(0),
    sourceIp: '127.0.0.1',
    ...request,
  };
  const matched = matchRoute(whole.method, whole.target.split('?', 1)[0] ?? '');
  if (!matched) throw new Error(`no route for ${whole.target}`);
  return eventOf(whole, matched, circumstances);
}

describe('the event made of a request', () => {
  it('the event names the route, with path and query as they were sent', () => {
    const event = eventFrom({ method: 'PUT', target: '/v1/members/ada/subscriptions/premium?a=%20b' });
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'PUT /v1/members/{memberId}/subscriptions/{product}',
      rawPath: '/v1/members/ada/subscriptions/premium',
      rawQueryString: 'a=%20b',
      pathParameters: { memberId: 'ada', product: 'premium' },
      requestContext: {
        requestId: 'r-1',
        routeKey: 'PUT /v1/members/{memberId}/subscriptions/{product}',
        stage: '$default',
        time: '02/Nov/2026:03:04:05 +0000',
        timeEpoch: 1_793_588_645_678,
        http: { method: 'PUT', path: '/v1/members/ada/subscriptions/premium', sourceIp: '127.0.0.1' },
      },
    });
  });

  it('the event carries the claims as texts and the scopes as a list, as the JWT authorizer does', () => {
    expect(eventFrom({}).requestContext.authorizer.jwt).toEqual({
      claims: { sub: 'ada', scope: 'inmail-credits/billing other/read', exp: '1900000000', groups: '[a b]' },
      scopes: ['inmail-credits/billing', 'other/read'],
    });
  });

  it('the event omits what the request lacks', () => {
    const event = eventFrom({});
    for (const part of ['cookies', 'queryStringParameters', 'pathParameters', 'body'])
      expect(event).not.toHaveProperty(part);
    expect(event).toMatchObject({ rawQueryString: '', headers: {}, isBase64Encoded: false });
  });

  it.each<[string, string, Record<string, string> | undefined]>([
    ['one value', 'box=inbox', { box: 'inbox' }],
    ['a key given twice', 'a=1&b=2&a=3', { a: '1,3', b: '2' }],
    ['a key without a value', 'a&b=', { a: '', b: '' }],
    ['percent-encoding and UTF-8', 'a%20b=%C3%A9%2C', { 'a b': 'é,' }],
    ['a bare plus for a space', 'at=10:00+04:00', { at: '10:00 04:00' }],
    ['an equals sign in the value', 'cursor=abc==', { cursor: 'abc==' }],
    ['empty pairs', '&&a=1&', { a: '1' }],
    ['a question mark in the value', 'a=?', { a: '?' }],
    ['a name that objects have already', '__proto__=x', { ['__proto__']: 'x' }],
    ['nothing', '', undefined],
  ])('the event reads a query of %s', (_, query, expected) => {
    expect(eventFrom({ target: `/v1/inmails?${query}` }).queryStringParameters).toEqual(expected);
  });

  it('the event joins the values of a repeated header by a comma', () => {
    expect(eventFrom({ headers: { 'x-a': ['1', '2'], host: ['localhost'] } }).headers).toEqual({
      'x-a': '1,2',
      host: 'localhost',
    });
  });

  it('the event lists cookies apart from the headers', () => {
    const event = eventFrom({ headers: { cookie: ['a=1; b=2', 'c=3'] } });
    expect(event.cookies).toEqual(['a=1', 'b=2', 'c=3']);
    expect(event.headers).toEqual({});
  });

  it.each<[string | undefined, string, string, boolean]>([
    ['application/json', '{"a":"é"}', '{"a":"é"}', false],
    ['application/json; charset=utf-8', '{}', '{}', false],
    ['text/csv', 'a,b', 'a,b', false],
    ['Application/JSON', '{}', '{}', false],
    ['application/jsonp', '{}', 'e30=', true],
    ['application/octet-stream', '{}', 'e30=', true],
    ['application/x-www-form-urlencoded', '{}', 'e30=', true],
    [undefined, '{}', 'e30=', true],
  ])('the event passes on a body of type %s', (type, sent, body, isBase64Encoded) => {
    const headers = type === undefined ? {} : { 'content-type': [type] };
    expect(eventFrom({ headers, body: Buffer.from(sent) })).toMatchObject({ body, isBase64Encoded });
  });

  it('the event passes on a text body that is not UTF-8 as bytes', () => {
    const event = eventFrom({ headers: { 'content-type': ['application/json'] }, body: Buffer.from([0x61, 0xff]) });
    expect(event).toMatchObject({ body: 'Yf8=', isBase64Encoded: true });
  });

  it('the event keeps a byte order mark, so that the JSON parser can refuse it', () => {
    const event = eventFrom({ headers: { 'content-type': ['application/json'] }, body: Buffer.from('\ufeff{}') });
    expect(event.body).toBe('\ufeff{}');
  });

  it.each<[string, Partial<HttpRequest>]>([
    ['a query with a lone percent sign', { target: '/v1/inmails?a=%' }],
    ['a query key that encodes no UTF-8', { target: '/v1/inmails?%ff=1' }],
    ['a path with %zz', { target: '/v1/inmails/%zz' }],
    ['a path with half a character', { target: '/v1/inmails/%C3' }],
  ])('the event cannot be made of %s', (_, request) => {
    expect(() => eventFrom(request)).toThrow(expect.objectContaining({ name: 'UnreadableRequestError' }));
  });
});
