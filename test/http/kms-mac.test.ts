import { createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import { KMSClient } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import { kmsMac } from '../../shared/http/kms-mac.ts';
import { meaningOf } from '../../shared/store/failures.ts';
import { BusyError } from '../../shared/store/store.ts';

type Sent = { method: string; hostname: string; path: string; headers: Record<string, string>; body: string };

/** The SDK's client with an HTTP side of ours: it signs for real, and nothing leaves the process. */
function kms(statusCode: number, answer: object | Error) {
  const requests: Sent[] = [];
  const client = new KMSClient({
    maxAttempts: 1,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'session' },
    requestHandler: {
      handle: async (request: Sent) => {
        requests.push(request);
        if (answer instanceof Error) throw answer;
        return { response: { statusCode, headers: {}, body: Readable.from([Buffer.from(JSON.stringify(answer))]) } };
      },
    } as never,
  });
  return { client, requests };
}

const MAC = createHmac('sha256', 'kept by KMS').update('text').digest();
const right = { KeyId: 'arn', Mac: MAC.toString('base64'), MacAlgorithm: 'HMAC_SHA_256' };

describe('an HMAC of KMS', () => {
  it('is asked for by one signed request, and comes back as 32 bytes', async () => {
    const { client, requests } = kms(200, right);
    expect(Buffer.from(await kmsMac('key-1', client)('text'))).toEqual(MAC);
    expect(requests).toHaveLength(1);
    const [request] = requests;
    expect(request).toMatchObject({ method: 'POST', hostname: 'kms.eu-central-1.amazonaws.com', path: '/' });
    expect(JSON.parse(request?.body ?? '')).toEqual({
      KeyId: 'key-1',
      Message: Buffer.from('text').toString('base64'),
      MacAlgorithm: 'HMAC_SHA_256',
    });
  });

  it('is asked for in the name of the function, for KMS', async () => {
    const { client, requests } = kms(200, right);
    await kmsMac('key-1', client)('text');
    expect(requests[0]?.headers).toMatchObject({
      'x-amz-target': 'TrentService.GenerateMac',
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-security-token': 'session',
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-central-1\/kms\/aws4_request, SignedHeaders=\S*host\S*, Signature=[0-9a-f]{64}$/,
      ),
    });
  });

  it.each<[string, number, object | Error]>([
    ['throttled', 400, { __type: 'com.amazonaws.kms#ThrottlingException' }],
    ['out of order', 500, { __type: 'KMSInternalException' }],
    ['out of order, without a name', 503, {}],
    ['not to be reached', 0, Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })],
    ['too slow', 0, Object.assign(new Error('late'), { name: 'TimeoutError' })],
  ])('of a KMS that is %s is to be had later', async (_, status, answer) => {
    const failure = await kmsMac('key-1', kms(status, answer).client)('text').catch(meaningOf);
    expect(failure).toBeInstanceOf(BusyError);
  });

  it.each<[string, number, object]>([
    ['that it may not ask for', 400, { __type: 'AccessDeniedException', message: 'arn:aws:iam::1:role/x' }],
    ['of a key that is gone', 400, { __type: 'com.amazonaws.kms#NotFoundException' }],
    ['of another length', 200, { ...right, Mac: 'AAAA' }],
    ['that is not there', 200, {}],
  ])('%s is a fault of ours', async (_, status, answer) => {
    const failure = await kmsMac('key-1', kms(status, answer).client)('text').catch(meaningOf);
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(BusyError);
  });
});
