import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { domainEvent, type EventType } from '../../shared/contract/events.ts';
import { answer } from '../../shared/domain/inmail.ts';
import { instant } from '../../shared/domain/instant.ts';
import { ENTRY_TYPES } from '../../shared/domain/ledger.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { eventsOfRecord } from '../../shared/events/from-record.ts';
import { eventSchemas } from '../../tools/generate/event-schemas.ts';
import { anEntry, anInMail } from '../support/domain-builders.ts';
import { appended, inmailRecord } from './records.ts';

const committed = (type: string) => JSON.parse(readFileSync(`events/${type}.schema.json`, 'utf8'));
const types = domainEvent.options.map((option) => option.shape.type.value);

const later = instant('2024-01-13T09:00:00Z');
const pending = anInMail();
/** At least one event of every type. */
const records = [
  ...ENTRY_TYPES.map((type) => {
    const forfeits = type === 'subscribed' || type === 'sent' ? 0 : 2;
    return appended(anEntry({ type, delta: -1, balance: 3, forfeited: forfeits, inmailId: pending.inmailId }));
  }),
  inmailRecord({ ...pending, remindedAt: later }, pending),
  inmailRecord({ ...pending, status: 'expired' }, pending),
  inmailRecord(answer(pending, { type: 'accept', at: later }, { credit: 'returned' }), pending),
  inmailRecord(answer(pending, { type: 'decline', at: later }, { credit: 'lost', creditReason: 'late' }), pending),
];
const events = records.flatMap((record) => eventsOfRecord(record, RULES));

describe('the schemas in events/', () => {
  it('the folder events/ has one schema for each type of event, and nothing else', () => {
    expect(readdirSync('events').sort()).toEqual(types.map((type) => `${type}.schema.json`).sort());
  });

  it.each(types)('the schema of %s is as `npm run generate` writes it', (type) => {
    expect(committed(type)).toEqual(eventSchemas()[type]);
  });

  it.each(types)('the schema of %s describes the event, and requires version, id, type and time', (type) => {
    const { description, required, properties } = committed(type);
    expect(description).toMatch(/\(R\d/);
    expect(required).toEqual(expect.arrayContaining(['version', 'eventId', 'type', 'at']));
    expect([properties.version.const, properties.type.const]).toEqual([1, type]);
  });

  it.each(types)('the schema of %s allows more fields in a later event of its version', (type) => {
    const [sample] = events.filter((event) => event.type === type);
    expect(readerOf(type).safeParse({ ...sample, more: true }).success).toBe(true);
  });
});

describe('every event', () => {
  it('every event is made by some record of a stream', () => {
    expect([...new Set(events.map(({ type }) => type))].sort()).toEqual([...types].sort());
  });

  it.each(events.map((event) => [event.type, event.eventId, event] as const))(
    'the event %s %s matches its committed schema',
    (type, _, event) => {
      expect(readerOf(type).parse(JSON.parse(JSON.stringify(event)))).toEqual(event);
    },
  );

  it.each(events.map((event) => [event.type, event.eventId, event] as const))(
    'the event %s %s is invalid without any one of its fields',
    (type, _, event) => {
      for (const field of Object.keys(event).filter((name) => name !== 'creditReason')) {
        expect([field, readerOf(type).safeParse({ ...event, [field]: undefined }).success]).toEqual([field, false]);
      }
    },
  );

  it('only the reminder tells what members wrote', () => {
    const telling = events.filter((event) => /Would you like to talk|A role/.test(JSON.stringify(event)));
    expect(telling.map(({ type }) => type)).toEqual(['InMailReminderDue']);
  });
});

/** A consumer that has the file and none of our code. */
const readerOf = (type: EventType) => z.fromJSONSchema(committed(type));
