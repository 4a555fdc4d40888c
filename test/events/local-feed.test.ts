import { afterEach, describe, expect, it, vi } from 'vitest';
import { cancelSubscription } from '../../functions/cancel-subscription.ts';
import { hideInMail } from '../../functions/hide-inmail.ts';
import { putSubscription } from '../../functions/put-subscription.ts';
import { respondToInMail } from '../../functions/respond-to-inmail.ts';
import { sendInMail } from '../../functions/send-inmail.ts';
import { listen } from '../../local/gateway/http-server.ts';
import { openEngine } from '../../local/open-engine.ts';
import { startEventFeed } from '../../local/streams/feed.ts';
import { type DomainEvent, domainEvent } from '../../shared/contract/events.ts';
import { instant } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import { ENGINE, ownTables } from '../support/engine.ts';

const cleanups: (() => unknown)[] = [];
const cleanUp = async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
};

async function startWorld() {
  const engine = await openEngine({ name: ENGINE, dynamo: ownTables().dynamo });
  cleanups.push(engine.stop);
  const feed = await startEventFeed(await engine.openSources());
  cleanups.push(feed.stop);
  const events: DomainEvent[] = [];
  feed.log.follow(undefined, { onEvent: (event) => events.push(event) });
  const store = dynamoStore(engine);
  const depsAt = (now: string) => ({ store, rules: RULES, now: instant(now) });
  const sorted = () => Object.groupBy(events, (event) => ('walletId' in event ? event.walletId : event.inmailId));
  return { feed, events, sorted, store, depsAt };
}

type World = Awaited<ReturnType<typeof startWorld>>;

const subscribe = ({ depsAt }: World, now: string, plan = 'premium-career') =>
  putSubscription({ memberId: 'ada', product: 'premium', plan }, depsAt(now));

const send = ({ depsAt }: World, now: string, recipientId = 'bob') => {
  const letter = { senderId: 'ada', recipientId, product: 'premium', subject: 'A role', body: 'Talk?' } as const;
  return sendInMail({ ...letter, idempotencyKey: `to-${recipientId}` }, depsAt(now));
};

const until = (world: World, count: number) =>
  vi.waitFor(() => expect(world.events.length).toBeGreaterThanOrEqual(count), { timeout: 10_000, interval: 20 });

const told = (events: readonly DomainEvent[] = []) => events.map(({ eventId, type }) => `${type} ${eventId}`);

describe('the local feed', () => {
  afterEach(cleanUp);

  it('the feed publishes the books in order for each wallet and each InMail', async () => {
    const world = await startWorld();
    const { depsAt, store } = world;
    await subscribe(world, '2024-01-31T15:00:00Z');
    await send(world, '2024-02-01T09:00:00Z');
    await send(world, '2024-02-01T10:00:00Z', 'carol');
    await store.transact([
      {
        kind: 'record-reminder',
        senderId: 'ada',
        recipientId: 'bob',
        n: 1,
        sentAt: instant('2024-02-01T09:00:00Z'),
        remindedAt: instant('2024-02-04T09:00:00Z'),
      },
    ]);
    await hideInMail({ inmailId: 'ada~bob~000001', callerId: 'bob' }, depsAt('2024-02-04T10:00:00Z'));
    const answer = { inmailId: 'ada~bob~000001', responderId: 'bob', response: { type: 'accept' } } as const;
    await respondToInMail(answer, depsAt('2024-02-05T09:00:00Z'));
    const sentAt = instant('2024-02-01T10:00:00Z');
    await store.transact([{ kind: 'record-expiry', senderId: 'ada', recipientId: 'carol', n: 1, sentAt }]);
    await subscribe(world, '2024-05-01T09:00:00Z', 'premium-business');
    await cancelSubscription({ memberId: 'ada', product: 'premium' }, depsAt('2024-05-02T09:00:00Z'));
    await until(world, 15);

    expect(world.events.map((event) => domainEvent.parse(event))).toEqual(world.events);
    const { 'ada#premium': wallet, 'ada~bob~000001': toBob, 'ada~carol~000001': toCarol } = world.sorted();
    expect(told(wallet?.filter(({ type }) => !type.startsWith('InMailA')))).toEqual([
      'SubscriptionStarted ada#premium#1',
      'InMailSent ada#premium#2',
      'InMailSent ada#premium#3',
      'CreditReturned ada#premium#4',
      'CreditsRenewed ada#premium#5',
      'CreditsRenewed ada#premium#6',
      'CreditsRenewed ada#premium#7',
      'CreditsForfeited ada#premium#7#forfeited',
      'SubscriptionChanged ada#premium#8',
      'CreditsForfeited ada#premium#8#forfeited',
      'SubscriptionCancelled ada#premium#9',
      'CreditsForfeited ada#premium#9#forfeited',
    ]);
    expect(told(toBob)).toEqual([
      'InMailReminderDue ada~bob~000001#reminded',
      'InMailAnswered ada~bob~000001#answered',
    ]);
    expect(told(toCarol)).toEqual(['InMailExpired ada~carol~000001#expired']);
  });

  it("the feed is followed over HTTP from the reader's last event on, until either side ends it", async () => {
    const world = await startWorld();
    const server = await listen(0, world.feed.handler);
    cleanups.push(server.close);
    const open = await fetch(server.baseUrl);
    expect(open.headers.get('content-type')).toBe('text/event-stream');
    await subscribe(world, '2024-01-31T15:00:00Z');
    const lines = open.body?.pipeThrough(new TextDecoderStream()).getReader();
    let received = '';
    while (!received.includes('\ndata: ')) received += (await lines?.read())?.value;
    expect(received).toMatch(/^: events\n\nid: ada#premium#1\nevent: SubscriptionStarted\ndata: \{.*\}\n\n$/);

    await send(world, '2024-02-01T09:00:00Z');
    await until(world, 2);
    const again = await fetch(server.baseUrl, { headers: { 'last-event-id': 'ada#premium#1' } });
    const lost = await fetch(server.baseUrl, { headers: { 'last-event-id': 'ada#premium#0' } });
    await lines?.cancel();
    await world.feed.stop();
    const followed = await again.text();
    expect([...followed.matchAll(/^id: (.*)$/gm)].map(([, id]) => id)).toEqual(['ada#premium#2']);
    expect(followed).not.toContain('event: gap');
    expect(await lost.text()).toMatch(
      /^: events\n\nevent: gap\ndata: \{"type":"gap","lastEventId":"ada#premium#0","oldestKept":"ada#premium#1",.*\}\n\nid: ada#premium#1\n/,
    );
  });
});
