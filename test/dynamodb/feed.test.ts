/** The feed on DynamoDB Local's streams, over a restart. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { putSubscription } from '../../functions/put-subscription.ts';
import { openDynamoDb } from '../../local/dynamodb/dynamodb-engine.ts';
import { startEventFeed } from '../../local/streams/feed.ts';
import { instant } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import { HAS_JAVA, NEEDS_JAVA } from '../support/java.ts';

describe.skipIf(!HAS_JAVA)(`the feed of DynamoDB Local ${NEEDS_JAVA}`, () => {
  it('the feed tells only new events after a restart', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'inmail-credits-feed-'));
    const told: string[][] = [];
    for (const memberId of ['ada', 'bob']) {
      const engine = await openDynamoDb({ dataDir });
      const feed = await startEventFeed(await engine.openSources());
      const events: string[] = [];
      feed.log.follow(undefined, { onEvent: ({ eventId }) => events.push(eventId) });
      const deps = { store: dynamoStore(engine), rules: RULES, now: instant('2024-01-31T15:00:00Z') };
      await putSubscription({ memberId, product: 'premium', plan: 'premium-career' }, deps);
      await vi.waitFor(() => expect(events).not.toEqual([]), { timeout: 10_000, interval: 20 });
      await feed.stop();
      await engine.stop();
      told.push(events);
    }
    rmSync(dataDir, { recursive: true });
    expect(told).toEqual([['ada#premium#1'], ['bob#premium#1']]);
  });
});
