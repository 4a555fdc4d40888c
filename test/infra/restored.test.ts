/** The switch-over: the stacks of a stage whose tables were restored to a point in time. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import restored from '../../infra/restored.json' with { type: 'json' };
import type { RestoredTables } from '../../infra/restored.ts';
import { TABLES, type TableName } from '../../shared/contract/tables.ts';
import { type Properties, resourcesOf, synthesizeTemplates } from './synthesized.ts';

const nameOf = (table: TableName): string => `inmail-credits-prod-${table}-20261127t090000z`;
const streamOf = (table: TableName): string =>
  `arn:aws:dynamodb:eu-central-1:123456789012:table/${nameOf(table)}/stream/1`;

const TABLES_OF_PROD: RestoredTables = Object.fromEntries(
  TABLES.map((table) => [table, { tableName: nameOf(table), streamArn: streamOf(table) }]),
);

/** An import of a table of the data stack, by the names that CDK gives to exports. */
const OF_DATA_TABLES = /:ExportsOutput(Ref|FnGetAtt)(Subscriptions|Ledger|Inmails|Connections)[0-9A-F]{8}/;

describe('a stage whose tables were restored', () => {
  let templates: ReturnType<typeof synthesizeTemplates>;
  const file: { prod?: RestoredTables } = restored;
  const before = file.prod;
  beforeAll(() => {
    file.prod = TABLES_OF_PROD;
    templates = synthesizeTemplates({});
    if (before) file.prod = before;
    else delete file.prod;
  });
  afterAll(() => expect(file.prod).toEqual(before));

  it('every function that reads the books is told the restored tables', () => {
    const functions = Object.values(resourcesOf(templates.service, 'AWS::Lambda::Function'));
    const told = functions.flatMap((properties: Properties) => {
      const { Variables = {} } = (properties.Environment ?? {}) as { Variables?: Record<string, unknown> };
      return Object.entries(Variables).filter(([name]) => name.endsWith('_TABLE'));
    });
    expect(told.length).toBeGreaterThan(20);
    const names = Object.fromEntries(TABLES.map((table) => [`${table.toUpperCase()}_TABLE`, nameOf(table)]));
    for (const [variable, name] of told) expect([variable, name]).toEqual([variable, names[variable]]);
  });

  it('the publisher reads the streams of the restored tables', () => {
    const mappings = Object.values(resourcesOf(templates.service, 'AWS::Lambda::EventSourceMapping'));
    const streams = mappings.map(({ EventSourceArn }) => EventSourceArn).filter((arn) => typeof arn === 'string');
    expect(streams.sort()).toEqual([streamOf('inmails'), streamOf('ledger')]);
  });

  it('the roles of the functions reach the restored tables, and no table of the data stack', () => {
    const text = JSON.stringify([
      resourcesOf(templates.service, 'AWS::IAM::Role'),
      resourcesOf(templates.service, 'AWS::IAM::Policy'),
    ]);
    for (const table of TABLES) expect(text).toContain(`table/${nameOf(table)}`);
    expect(text).not.toMatch(OF_DATA_TABLES);
  });

  it('the alarms of throttling watch the restored tables', () => {
    const text = JSON.stringify(templates.watch.toJSON());
    for (const table of TABLES) expect(text).toContain(`"Value":"${nameOf(table)}"`);
    expect(text).not.toContain('"Value":"inmail-credits-prod-ledger"');
  });

  it('the data stack goes on exporting what the service no longer imports, because the service is deployed after it', () => {
    const exportsOf = ({ data }: typeof templates) => Object.keys(data.findOutputs('*')).sort();
    const usual = synthesizeTemplates();
    expect(exportsOf(templates)).toEqual(exportsOf(usual));
    expect(JSON.stringify(usual.service.toJSON())).toMatch(OF_DATA_TABLES);
  });

  it('the role for the day of need can change the restored ledger as well', () => {
    const [role] = Object.values(resourcesOf(templates.data, 'AWS::IAM::Role')).filter(({ RoleName }) =>
      String(RoleName).endsWith('break-glass'),
    );
    const text = JSON.stringify([role, resourcesOf(templates.data, 'AWS::IAM::Policy')]);
    expect(text).toContain(`:table/${nameOf('ledger')}"`);
    expect(text).toContain(':table/inmail-credits-prod-ledger"');
  });

  it('the data stack keeps the tables that are no longer used', () => {
    const names = Object.values(resourcesOf(templates.data, 'AWS::DynamoDB::GlobalTable')).map(
      ({ TableName }) => TableName,
    );
    expect(names.sort()).toEqual(TABLES.map((table) => `inmail-credits-prod-${table}`).sort());
  });
});
