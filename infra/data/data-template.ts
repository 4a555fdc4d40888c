import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CfnElement } from 'aws-cdk-lib/core';
import { ofEachTable, type TableName } from '../../shared/contract/tables.ts';
import { createApp } from '../build-app.ts';
import { DEFAULT_STAGE, type Stage, stageNamed } from '../stages.ts';
import { DataStack } from './data-stack.ts';

/** The CloudFormation properties that are needed to make the same table elsewhere. */
export type TableDefinition = {
  readonly KeySchema: readonly KeyAttribute[];
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: 'S' | 'N' }[];
  readonly GlobalSecondaryIndexes?: readonly {
    readonly IndexName: string;
    readonly KeySchema: readonly KeyAttribute[];
    readonly Projection: { readonly ProjectionType: 'KEYS_ONLY' | 'INCLUDE'; readonly NonKeyAttributes?: string[] };
  }[];
  readonly BillingMode: 'PAY_PER_REQUEST';
  readonly StreamSpecification?: { readonly StreamViewType: 'NEW_IMAGE' | 'NEW_AND_OLD_IMAGES' };
};

type TableProperties = TableDefinition & {
  readonly TableName: string;
  readonly Replicas: readonly {
    readonly DeletionProtectionEnabled: boolean;
    readonly PointInTimeRecoverySpecification: { readonly PointInTimeRecoveryEnabled: boolean };
  }[];
};

type KeyAttribute = { readonly AttributeName: string; readonly KeyType: 'HASH' | 'RANGE' };

export type DataTemplate = {
  readonly Resources: Readonly<
    Record<
      string,
      {
        readonly Type: string;
        readonly Properties: TableProperties;
        readonly DeletionPolicy?: string;
        readonly UpdateReplacePolicy?: string;
      }
    >
  >;
};

/** The CloudFormation template of a stage's data stack, as `cdk synth` writes it. */
export function synthesizeDataTemplate(stage: Stage): DataTemplate {
  return synthesize(stage).template;
}

/** The tables of the data stack, by our own names, with all their properties. */
export function synthesizeTables(stage: Stage): Readonly<Record<TableName, TableProperties>> {
  const { template, logicalIds } = synthesize(stage);
  const propertiesOf = (table: TableName): TableProperties => {
    const resource = template.Resources[logicalIds[table]];
    if (!resource) throw new Error(`data template: no table ${table}`);
    return resource.Properties;
  };
  return ofEachTable(propertiesOf);
}

/**
 * The part of the tables that is the same in every stage. The engines of the local system make their tables from it. So the tests find a key or an index that is
 * wrong in the stack.
 */
export function synthesizeTableDefinitions(): Readonly<Record<TableName, TableDefinition>> {
  const tables = synthesizeTables(stageNamed(DEFAULT_STAGE));
  return ofEachTable((table) => {
    const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, BillingMode, StreamSpecification } = tables[table];
    return {
      ...{ KeySchema, AttributeDefinitions, BillingMode },
      ...(GlobalSecondaryIndexes && { GlobalSecondaryIndexes }),
      ...(StreamSpecification && { StreamSpecification }),
    };
  });
}

/** Makes the data stack alone, without checks and bundling. This takes about a third of a second in this process. */
function synthesize(stage: Stage): { template: DataTemplate; logicalIds: Readonly<Record<TableName, string>> } {
  const outdir = mkdtempSync(join(tmpdir(), 'inmail-credits-data-'));
  try {
    const app = createApp({
      context: { 'aws:cdk:bundling-stacks': [] },
      outdir,
      analyticsReporting: false,
      builtinCloudFormationValidation: false,
      treeMetadata: false,
    });
    const stack = new DataStack(app, stage);
    const logicalIdOf = (table: TableName) => stack.getLogicalId(stack.tables[table].node.defaultChild as CfnElement);
    return {
      template: app.synth().getStackByName(stack.stackName).template,
      logicalIds: ofEachTable(logicalIdOf),
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
