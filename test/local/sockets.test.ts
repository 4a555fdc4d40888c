/** Every socket that `npm start` opens: its address, and its responses to strangers. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localClient } from '../../local/dynamodb/dynamodb-local.ts';
import { ENGINES } from '../../local/engine.ts';
import { startCommand } from '../support/command.ts';
import { HAS_JAVA } from '../support/java.ts';
import { HAS_PROC, type Listening, listeningIn } from './listening.ts';
import { rawCall } from './raw-call.ts';

const LOOPBACK = ['127.0.0.1', '::1'];
const isJava = ({ command }: Listening) => command === 'java';
const ENGINES_HERE = ENGINES.filter((engine) => engine !== 'dynamodb' || HAS_JAVA);

describe.skipIf(!HAS_PROC).each(ENGINES_HERE)('the sockets of npm start on %s (skipped without /proc)', (engine) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'inmail-credits-sockets-'));
  let child: ChildProcess;
  let sockets: Listening[];
  let baseUrl: string;
  beforeAll(async () => {
    ({ child, baseUrl } = await startCommand(dataDir, '--engine', engine));
    sockets = listeningIn(child.pid as number);
  });
  afterAll(async () => {
    child?.kill('SIGTERM');
    if (child?.exitCode === null) await once(child, 'close');
    rmSync(dataDir, { recursive: true });
  });

  it('the sockets are the front, the queues and the tables of Java, and only those leave loopback', () => {
    expect(sockets.filter(isJava)).toHaveLength(engine === 'dynamodb' ? 1 : 0);
    expect(sockets.filter((socket) => !isJava(socket)).map(({ address }) => LOOPBACK.includes(address))).toEqual([
      true,
      true,
    ]);
    expect(sockets.map(({ port }) => port)).toContain(Number(new URL(baseUrl).port));
  });

  const json = { 'content-type': 'application/x-amz-json-1.0' };
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const stranger = { authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request' };
  const signature = { authorization: `${stranger.authorization}, SignedHeaders=host, Signature=x` };
  const CALLS: [string, string, Record<string, string>, string][] = [
    ['GET', '/_fauxqs/queues', {}, ''],
    ['GET', '/local/clock', {}, ''],
    ['GET', '/local/events', {}, ''],
    ['POST', '/local/clock', {}, '{"advance":"P1D"}'],
    ['PUT', '/v1/members/ada/subscriptions/premium', json, '{"plan":"premium-career"}'],
    ['GET', '/v1/members/ada/credits', {}, ''],
    ['POST', '/', form, 'Action=CreateQueue&QueueName=x'],
    ['POST', '/', { ...json, ...signature, 'x-amz-target': 'AmazonSQS.ListQueues' }, '{}'],
    ['POST', '/', { ...json, ...signature, 'x-amz-target': 'DynamoDB_20120810.ListTables' }, '{}'],
    ['POST', '/', { ...json, ...signature, 'x-amz-target': 'DynamoDB_20120810.Scan' }, '{"TableName":"inmails"}'],
    ['POST', '/', { ...json, ...signature, 'x-amz-target': 'DynamoDBStreams_20120810.ListStreams' }, '{}'],
  ];

  it.each<[string, Record<string, string>]>([
    ['a page of another site', { origin: 'https://evil.example' }],
    ['a page on another port', { origin: 'http://127.0.0.1:1' }],
    ['a name that points here', { host: 'evil.example' }],
  ])('the sockets give nothing to %s', async (_, headers) => {
    for (const { port } of sockets) {
      for (const [method, path, more, body] of CALLS) {
        const got = await rawCall(`http://127.0.0.1:${port}${path}`, {
          method,
          headers: { ...more, ...headers },
          body,
        });
        const isRefused = got.status >= 400 && got.status < 500;
        const isEmpty = got.text === '{"TableNames":[]}' || got.text === '{"Streams":[]}';
        expect([method, path, got], `${port}`).toEqual([method, path, expect.toSatisfy(() => isRefused || isEmpty)]);
      }
    }
    const { now } = JSON.parse((await rawCall(`${baseUrl}/local/clock`)).text);
    expect(Date.parse(now) - Date.now()).toBeLessThan(60_000);
  });

  it.skipIf(engine === 'sqlite')('the socket of the tables shows strangers an empty database', async () => {
    const [java] = sockets.filter(isJava);
    const client = localClient({ endpoint: `http://127.0.0.1:${java?.port}`, accessKeyId: 'local' });
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([]);
    client.destroy();
  });
});

describe.skipIf(!HAS_PROC)('the list of sockets (skipped without /proc)', () => {
  it.each(['127.0.0.1', '::1', '0.0.0.0', '::'])('a socket on %s would be found', async (address) => {
    const server = createServer().listen(0, address);
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const [found] = listeningIn(process.pid).filter((socket) => socket.port === port);
    server.close();
    expect(LOOPBACK.includes(found?.address ?? 'none')).toBe(LOOPBACK.includes(address));
  });
});
