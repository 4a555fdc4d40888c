/** Everything that `npm start` opens, and its responses to strangers: other users, other machines and web pages. */
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { depthOf, type LocalQueues, startQueues } from '../../local/queues/sqs-local.ts';
import { type LocalSystem, startLocalSystem } from '../../local/system.ts';
import { ownTables } from '../support/engine.ts';
import { rawCall } from './raw-call.ts';

describe('the queues', () => {
  let queues: LocalQueues;
  let endpoint: string;
  beforeAll(async () => {
    queues = await startQueues();
    const { hostname, port } = (await queues.client.config.endpoint?.()) ?? {};
    endpoint = `http://${hostname}:${port}`;
  });
  afterAll(() => queues?.stop());

  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const send = `Action=SendMessage&MessageBody=x&QueueUrl=`;

  it.each<[string, string, string, Record<string, string>, string]>([
    ['a form of a web page', 'POST', '/', { ...form, origin: 'https://evil.example' }, send],
    ['a form without an origin', 'POST', '/', form, send],
    ['a topic that would reach a queue', 'POST', '/', form, 'Action=CreateTopic&Name=x'],
    ['a call that names no key', 'POST', '/', { 'x-amz-target': 'AmazonSQS.ListQueues' }, '{}'],
    ['a look at all the queues', 'GET', '/_fauxqs/queues', {}, ''],
    ['a bucket', 'PUT', '/bucket', {}, ''],
    ['a path that does not exist', 'GET', '/elsewhere/at/all', {}, ''],
  ])('the queues give a 403 to %s, and take nothing', async (_, method, target, headers, body) => {
    const text = body === send ? `${send}${encodeURIComponent(queues.queues.listings.url)}` : body;
    const got = await rawCall(`${endpoint}${target}`, { method, headers, body: text });
    expect([got.status, got.text]).toEqual([403, '']);
    expect(await depthOf(queues.client, queues.queues.listings.url)).toEqual({ waiting: 0, underWay: 0 });
  });

  it('the queues give a 403 to the owner of another access key', async () => {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const stranger = new SQSClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
    for (const command of [
      new GetQueueUrlCommand({ QueueName: 'listings' }),
      new SendMessageCommand({ QueueUrl: queues.queues.listings.url, MessageBody: '{}' }),
    ]) {
      await expect(stranger.send(command as GetQueueUrlCommand)).rejects.toMatchObject({
        $metadata: { httpStatusCode: 403 },
      });
    }
    stranger.destroy();
    expect(await depthOf(queues.client, queues.queues.listings.url)).toEqual({ waiting: 0, underWay: 0 });
  });

  it.each([
    ['under another name', { host: 'evil.example' }],
    ['under the name of this machine alone', { host: 'localhost' }],
    ['from a web page', { origin: 'http://localhost:3000' }],
  ])('the queues give a 403 to a program with the key that comes %s', async (_, more) => {
    const { accessKeyId } = await queues.client.config.credentials();
    const list = (headers: Record<string, string>) =>
      rawCall(endpoint, {
        method: 'POST',
        headers: {
          authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/x`,
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': 'AmazonSQS.ListQueues',
          ...headers,
        },
        body: '{}',
      });
    expect(await list(more)).toMatchObject({ status: 403, text: '' });
    expect(await list({})).toMatchObject({ status: 200, text: expect.stringContaining('listings') });
  });
});

describe('everything under /local/', () => {
  let system: LocalSystem;
  let port: string;
  beforeAll(async () => {
    system = await startLocalSystem({ ...ownTables() });
    port = new URL(system.baseUrl).port;
  });
  afterAll(() => system?.stop());

  const headersOf = (more: Record<string, string>) =>
    Object.fromEntries(Object.entries(more).map(([name, value]) => [name, value.replace('PORT', port)]));

  const CALLS: [string, string, string?][] = [
    ['GET', '/local/clock'],
    ['POST', '/local/clock', '{"advance":"PT1H"}'],
    ['GET', '/local/events'],
    ['GET', '/local/queues'],
    ['POST', '/local/sweeps', '{"sweep":"renew-wallets","scheduledAt":"2026-12-01T00:05:00Z","lookBackHours":744}'],
    ['GET', '/local/schedules'],
    ['PUT', '/local/schedules/renew-wallets', '{"enabled":false}'],
    ['GET', '/local/sign-in/authorize'],
    ['POST', '/local/sign-in/authorize', 'member=ada'],
    ['POST', '/local/sign-in/token', 'code=x'],
    ['GET', '/local/sign-in/out'],
  ];

  it.each<[string, Record<string, string>]>([
    ['a page of another site', { origin: 'https://evil.example' }],
    ['a page on another machine', { origin: 'http://192.168.0.7:PORT' }],
    ['a page on another port of this machine', { origin: 'http://127.0.0.1:5173' }],
    ['a page of this machine under its other name', { origin: 'http://localhost:PORT' }],
    ['a page over TLS', { origin: 'https://127.0.0.1:PORT' }],
    ['a page without an origin', { origin: 'null' }],
    ['a link, a picture or a script of another site', { 'sec-fetch-site': 'cross-site' }],
    ['a link, a picture or a script of another port', { 'sec-fetch-site': 'same-site' }],
    ['a name that points here', { host: 'evil.example' }],
    ['a name that points here, with our port', { host: 'evil.example:PORT' }],
    ['a name that begins as ours', { host: 'localhost.evil.example:PORT' }],
    ['an address that begins as ours', { host: '127.0.0.1.evil.example:PORT' }],
    ['our name with another port', { host: 'localhost:5173' }],
    ['our name without a port', { host: 'localhost' }],
  ])('everything under /local/ is hidden from %s', async (_, more) => {
    const before = system.clock.now();
    for (const [method, path, body = ''] of CALLS) {
      const got = await rawCall(`${system.baseUrl}${path}`, { method, headers: headersOf(more), body });
      expect([path, got.status]).toEqual([path, 404]);
      expect(got.text).toContain('/problems/not-found');
    }
    expect(Date.parse(system.clock.now()) - Date.parse(before)).toBeLessThan(60_000);
    expect(system.clock.schedules()['renew-wallets'].enabled).toBe(true);
  });

  it.each<[string, Record<string, string>]>([
    ['a program', {}],
    ['a program that calls this machine by name', { host: 'localhost:PORT' }],
    ['a program that calls its other address', { host: '[::1]:PORT' }],
    ['its own page', { origin: 'http://127.0.0.1:PORT', 'sec-fetch-site': 'same-origin' }],
    [
      'its own page, opened by name',
      { host: 'localhost:PORT', origin: 'http://localhost:PORT', 'sec-fetch-site': 'same-origin' },
    ],
    ['a user who types the address', { 'sec-fetch-site': 'none' }],
  ])('the clock is shown to %s', async (_, more) => {
    const { status, text } = await rawCall(`${system.baseUrl}/local/clock`, { headers: headersOf(more) });
    expect([status, Object.keys(JSON.parse(text))]).toEqual([200, ['now']]);
  });
});
