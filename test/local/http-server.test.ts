import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Gate } from '../../local/clock/gate.ts';
import { createApi } from '../../local/gateway/gateway.ts';
import type { ApiHandlers } from '../../local/gateway/handlers.ts';
import { type HttpHandler, type HttpServer, listen } from '../../local/gateway/http-server.ts';
import { openIssuer } from '../../local/identity/issuer.ts';

let server: HttpServer | undefined;
afterEach(() => server?.close());

async function serve(answer: HttpHandler): Promise<string> {
  server = await listen(0, answer);
  return server.baseUrl;
}

/** Sends bytes as they are and returns all that comes back. */
function exchange(baseUrl: string, text: string, { hangUp = false } = {}): Promise<string> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((received) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(text);
      if (hangUp) socket.destroy();
    });
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', () => {});
    socket.on('close', () => received(answer));
  });
}

describe('a response', () => {
  it('a response is written with its status, headers, cookies and body', async () => {
    const baseUrl = await serve(async ({ method, target, headers, body }) => ({
      statusCode: 201,
      headers: { 'content-type': 'text/plain', 'x-number': 7 },
      cookies: ['a=1', 'b=2'],
      body: `${method} ${target} ${headers['x-a']} ${body}`,
    }));
    const response = await fetch(`${baseUrl}/x?y=1`, { method: 'POST', headers: { 'X-A': 'z' }, body: 'é' });
    expect([response.status, await response.text()]).toEqual([201, 'POST /x?y=1 z é']);
    expect(response.headers.get('x-number')).toBe('7');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('apigw-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('a response may be bytes, in base64', async () => {
    const baseUrl = await serve(async () => ({
      body: Buffer.from([0, 255]).toString('base64'),
      isBase64Encoded: true,
    }));
    expect([...new Uint8Array(await (await fetch(baseUrl)).arrayBuffer())]).toEqual([0, 255]);
  });
});

it('the function is told the same request id as the client, to find one by the other in a log', async () => {
  const told: string[] = [];
  const handlers = {
    'list-plans': async ({ requestContext }: APIGatewayProxyEventV2WithJWTAuthorizer) => {
      told.push(requestContext.requestId);
      return { statusCode: 204 };
    },
  } as unknown as ApiHandlers;
  const issuer = await openIssuer();
  const baseUrl = await serve(createApi({ handlers, issuer, gate: new Gate() }));
  const authorization = `Bearer ${await issuer.tokenFor('ada')}`;
  const { headers } = await fetch(`${baseUrl}/v1/plans`, { headers: { authorization } });
  expect(told).toEqual([headers.get('apigw-requestid')]);
});

describe('a bad request or a bad handler', () => {
  it('a body of more than 10 MB gets a 413 and does not reach the handler', async () => {
    const answer = vi.fn<HttpHandler>(async () => ({ statusCode: 204 }));
    const baseUrl = await serve(answer);
    const post = (bytes: number) => fetch(baseUrl, { method: 'POST', body: Buffer.alloc(bytes) });
    const tooLarge = await post(10 * 1024 * 1024 + 1);
    expect([tooLarge.status, await tooLarge.json()]).toMatchObject([413, { type: '/problems/payload-too-large' }]);
    expect(answer).not.toHaveBeenCalled();
    expect((await post(10 * 1024 * 1024)).status).toBe(204);
  });

  it('a handler that throws causes a 500 that does not tell why', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const issuer = await openIssuer();
    const routes = {
      'list-plans': async () => {
        throw new Error('secret');
      },
    } as unknown as ApiHandlers;
    const baseUrl = await serve(createApi({ handlers: routes, issuer, gate: new Gate() }));
    const authorization = `Bearer ${await issuer.tokenFor('ada')}`;
    const response = await fetch(`${baseUrl}/v1/plans`, { headers: { authorization } });
    const text = await response.text();
    expect([response.status, response.headers.get('content-type')]).toEqual([500, 'application/problem+json']);
    expect(text).not.toContain('secret');
    expect(error).toHaveBeenCalledOnce();
    error.mockRestore();
  });

  it.each([
    ['a request that is no HTTP', 'hello\r\n\r\n', /^HTTP\/1.1 400 /],
    [
      'a request whose headers never end',
      `GET / HTTP/1.1\r\nhost: x\r\na: ${'a'.repeat(20_000)}\r\n\r\n`,
      /^HTTP\/1.1 431 /,
    ],
    [
      'a request with a body shorter than its length',
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nabc',
      /^$/,
    ],
    [
      'a request with two lengths',
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\na',
      /^HTTP\/1.1 400 /,
    ],
  ])('the server goes on after %s', async (_, text, expected) => {
    const baseUrl = await serve(async () => ({ statusCode: 204 }));
    expect(await exchange(baseUrl, text, { hangUp: expected.source === '^$' })).toMatch(expected);
    expect((await fetch(baseUrl)).status).toBe(204);
  });

  it('the server goes on after a client leaves before the response', async () => {
    const baseUrl = await serve(async () => {
      await setTimeout(50);
      return { statusCode: 200, body: 'x'.repeat(1_000_000) };
    });
    await exchange(baseUrl, 'GET / HTTP/1.1\r\nhost: x\r\n\r\n', { hangUp: true });
    await setTimeout(100);
    expect((await fetch(baseUrl)).status).toBe(200);
  });

  it('a request with several tokens, or with one in another scheme, gets a 401', async () => {
    const issuer = await openIssuer();
    const baseUrl = await serve(createApi({ handlers: {} as ApiHandlers, issuer, gate: new Gate() }));
    const token = await issuer.tokenFor('ada');
    const get = (...lines: string[]) =>
      exchange(baseUrl, ['GET /v1/plans HTTP/1.1', 'host: x', 'connection: close', ...lines, '', ''].join('\r\n'));
    for (const lines of [
      [`Authorization: Bearer ${token}`, `Authorization: Bearer ${token}`],
      [`Authorization: Basic ${token}`],
      [`Authorization: Bearer ${token} x`],
      ['Authorization: Bearer '],
      [`X-Authorization: Bearer ${token}`],
    ]) {
      expect(await get(...lines)).toMatch(/^HTTP\/1.1 401 /);
    }
  });
});

describe('the port', () => {
  it('a port in use is reported', async () => {
    const port = Number(new URL(await serve(async () => ({ statusCode: 204 }))).port);
    await expect(listen(port, async () => ({}))).rejects.toThrow(`port ${port} is in use`);
  });
});
