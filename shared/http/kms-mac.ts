/** HMAC-SHA-256 with a key that KMS keeps: its operation GenerateMac, the only one that is used here. */
import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';

/** Of a text of 4,096 bytes at the most; 32 bytes. Failures are those of an SDK call. */
export type Mac = (text: string) => Promise<Uint8Array>;

/** One attempt of 2 s: who asks can ask again, and what waits for this is a page, not a write. */
const awsClient = () =>
  new KMSClient({
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
  });

export function kmsMac(KeyId: string, client: Pick<KMSClient, 'send'> = awsClient()): Mac {
  return async (text) => {
    const command = new GenerateMacCommand({ KeyId, Message: Buffer.from(text), MacAlgorithm: 'HMAC_SHA_256' });
    const { Mac } = await client.send(command);
    if (Mac?.length !== 32) throw new Error(`KMS answered with ${Mac?.length ?? 'no'} bytes`);
    return Mac;
  };
}
