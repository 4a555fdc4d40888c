/** Plays the same random commands on two engines, and compares every outcome and in the end the tables. */
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { TABLES } from '../../shared/contract/tables.ts';
import { audit } from '../../shared/domain/audit.ts';
import { type Instant, instant, plusHours } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { scanBooks, scanPages } from '../../shared/store/books.ts';
import type { Database, Item } from '../../shared/store/database.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import { type DatabaseCall, documentCall, inOrder } from './document-commands.ts';
import { useCaseCall } from './use-cases.ts';

/** The first difference, in words. */
export type Difference = { readonly after: number; readonly what: string; readonly outcomes: readonly string[] };

export type Comparison = {
  readonly commands: number;
  readonly seed: number;
  /** Called with each command that is done. */
  readonly onDone?: () => void;
};

const command: fc.Arbitrary<(now: Instant) => readonly [DatabaseCall, Instant]> = fc.oneof(
  {
    weight: 2,
    arbitrary: useCaseCall.map(({ what, afterHours, make }) => (before: Instant) => {
      const now = plusHours(before, afterHours);
      const next = { what, make: (database: Database) => make({ store: dynamoStore(database), rules: RULES, now }) };
      return [next, now] as const;
    }),
  },
  { weight: 1, arbitrary: documentCall.map((call) => (now: Instant) => [call, now] as const) },
);

/** Before the first of all commands. Thousands of them take decades. */
const BEGIN = instant('2000-01-31T12:00:00Z');
/** Instants end with the year 2999. */
const LAST_BEGIN = instant('2900-01-01T00:00:00Z');

/** Undefined if both engines do the same. The tables of both have to be empty. */
export async function compareEngines(
  databases: readonly [Database, Database],
  { commands, seed, onDone = () => {} }: Comparison,
): Promise<Difference | undefined> {
  let now = BEGIN;
  for (const [index, make] of fc.sample(command, { numRuns: commands, seed }).entries()) {
    const [next, at] = make(now);
    now = at > LAST_BEGIN ? now : at;
    const outcomes = await Promise.all(databases.map((database) => outcomeOf(next, database)));
    if (!isDeepStrictEqual(outcomes[0], outcomes[1])) {
      return { after: index + 1, what: next.what, outcomes: outcomes.map((outcome) => JSON.stringify(outcome)) };
    }
    onDone();
  }
  return compareTables(databases, commands);
}

async function outcomeOf({ make }: DatabaseCall, database: Database): Promise<unknown> {
  try {
    return { response: await make(database) };
  } catch (error) {
    // The texts of the two are different, and nothing depends on them.
    const { name, CancellationReasons } = error as Error & { CancellationReasons?: { Code?: string }[] };
    return { error: name, reasons: CancellationReasons?.map(({ Code }) => Code) };
  }
}

async function compareTables(databases: readonly Database[], after: number): Promise<Difference | undefined> {
  for (const table of TABLES) {
    const [one = [], other = []] = await Promise.all(
      databases.map((database) => itemsIn(database, database.tables[table])),
    );
    const odd = one.findIndex((item, index) => item !== other[index]);
    if (one.length !== other.length || odd >= 0) {
      return {
        after,
        what: `table ${table}`,
        outcomes: [one, other].map((items) => items[odd] ?? `${items.length} items`),
      };
    }
  }
  const violations = await Promise.all(databases.map(async (database) => audit(await scanBooks(database), RULES)));
  if (violations.flat().length === 0) return undefined;
  return { after, what: 'the audit of the books', outcomes: violations.map((found) => JSON.stringify(found)) };
}

async function itemsIn(database: Database, TableName: string): Promise<string[]> {
  const items: Item[] = [];
  for await (const page of scanPages(database, { TableName })) items.push(...page);
  return inOrder(items);
}
