/** What `npm start` opens: to whom, and what strangers get out of it, be they other users, other machines or web pages. */
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { depthOf, type LocalQueues, startQueues } from '../../local/queues/sqs-local.ts';
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
    ['a path nobody has', 'GET', '/elsewhere/at/all', {}, ''],
  ])('answer 403 to %s, and take nothing', async (_, method, target, headers, body) => {
    const text = body === send ? `${send}${encodeURIComponent(queues.queues.pages.url)}` : body;
    const got = await rawCall(`${endpoint}${target}`, { method, headers, body: text });
    expect([got.status, got.text]).toEqual([403, '']);
    expect(await depthOf(queues.client, queues.queues.pages.url)).toEqual({ waiting: 0, underWay: 0 });
  });

  it('answer 403 to the owner of another access key', async () => {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const stranger = new SQSClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
    for (const command of [
      new GetQueueUrlCommand({ QueueName: 'pages' }),
      new SendMessageCommand({ QueueUrl: queues.queues.pages.url, MessageBody: '{}' }),
    ]) {
      await expect(stranger.send(command as GetQueueUrlCommand)).rejects.toMatchObject({
        $metadata: { httpStatusCode: 403 },
      });
    }
    stranger.destroy();
    expect(await depthOf(queues.client, queues.queues.pages.url)).toEqual({ waiting: 0, underWay: 0 });
  });

  it.each([
    ['under another name', { host: 'evil.example' }],
    ['under the name of this machine alone', { host: 'localhost' }],
    ['from a web page', { origin: 'http://localhost:3000' }],
  ])('answer 403 to whoever knows the key, but comes %s', async (_, more) => {
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
    expect(await list({})).toMatchObject({ status: 200, text: expect.stringContaining('pages') });
  });
});
