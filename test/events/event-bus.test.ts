import type { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { sendInMail } from '../../shared/contract/endpoints/inmails.ts';
import { domainEvent } from '../../shared/contract/events.ts';
import { instant } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { busOf, MAX_PUT } from '../../shared/events/event-bus.ts';
import { eventsOfEntry } from '../../shared/events/from-entry.ts';
import { eventsOfInMail } from '../../shared/events/from-inmail.ts';
import { awsPublisherRuntime } from '../../shared/events/runtime.ts';
import { anEntry, anInMail } from '../support/domain-builders.ts';

/** A client that returns prepared results and keeps what it was asked. */
function clientOf(answer: object) {
  const inputs: PutEventsCommand['input'][] = [];
  const send = async ({ input }: PutEventsCommand) => {
    inputs.push(input);
    return answer;
  };
  return { inputs, client: { send } as never };
}

const [event] = eventsOfEntry(anEntry(), RULES);
const [other] = eventsOfEntry(anEntry({ seq: 2 }), RULES);
if (!event || !other) throw new Error('an entry is an event');

describe('the EventBridge bus', () => {
  it('the bus puts a whole event as the detail, under its type and our source, at its own time', async () => {
    const { client, inputs } = clientOf({ Entries: [{ EventId: 'one' }] });
    expect(await busOf(client, 'books').put([event])).toEqual([]);
    const [entry] = inputs[0]?.Entries ?? [];
    expect(entry).toMatchObject({
      EventBusName: 'books',
      Source: 'inmail-credits',
      DetailType: 'SubscriptionStarted',
      Time: new Date(event.at),
    });
    expect(JSON.parse(entry?.Detail ?? '')).toEqual(event);
  });

  it('the bus returns the events that were not taken', async () => {
    const { client } = clientOf({
      FailedEntryCount: 1,
      Entries: [{ EventId: 'one' }, { ErrorCode: 'ThrottlingException' }],
    });
    expect(await busOf(client, 'books').put([event, other])).toEqual([other]);
  });

  it('the bus takes an empty response for a refusal', async () => {
    expect(await busOf(clientOf({}).client, 'books').put([event, other])).toEqual([event, other]);
  });
});

describe('the largest event', () => {
  const id = 'm'.repeat(128);
  // Four bytes each is the most in UTF-8. Characters that JSON would escape into six are not taken.
  const { subject, body } = sendInMail.request.body.parse({
    product: 'sales-navigator',
    recipientId: id,
    subject: '💌'.repeat(200),
    body: '💌'.repeat(1_900),
  });
  const before = anInMail({ senderId: id, recipientId: id, n: 999_999, subject, body });
  const [reminder] = eventsOfInMail(before, { ...before, remindedAt: instant('2024-01-13T09:00:00Z') }, RULES);

  it('the largest event is a reminder of the longest InMail that the API takes, and it fits its schema', () => {
    expect(domainEvent.parse(reminder)).toEqual(reminder);
  });

  it('ten of the largest events fit into one call, even under the older limit of 256 kB instead of 1 MB', () => {
    expect(MAX_PUT * (Buffer.byteLength(JSON.stringify(reminder)) + 100)).toBeLessThan(256 * 1024);
  });
});

describe('the environment', () => {
  it('the environment has to name the bus', () => {
    expect(() => awsPublisherRuntime({})).toThrow(/EVENT_BUS_NAME/);
  });
});
