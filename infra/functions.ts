import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Architecture, type FunctionOptions, Runtime } from 'aws-cdk-lib/aws-lambda';
import {
  type BundlingOptions,
  LogLevel,
  NodejsFunction,
  OutputFormat,
  SourceMapMode,
} from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type TableEnvironment, tableVariableOf } from '../shared/contract/environment.ts';
import { pascalCaseOf } from '../shared/contract/pascal-case.ts';
import { TABLES } from '../shared/contract/tables.ts';
import type { FunctionName } from './permissions.ts';
import { createRole } from './roles.ts';
import type { Tables } from './tables.ts';

/** Found from this file, because `cdk`, vitest and an editor start in different working directories. */
const repository = fileURLToPath(new URL('..', import.meta.url));

/**
 * These options load fastest, as measured, because a cold start is mostly the reading of the bundle. ESM sources can be
 * shaken. The tests ran with the SDK of the bundle, and the runtime has another one.
 */
const bundling: BundlingOptions = {
  logLevel: LogLevel.WARNING,
  format: OutputFormat.ESM,
  mainFields: ['module', 'main'],
  bundleAwsSDK: true,
  minify: true,
  target: 'node24',
  // The map lies beside the bundle, for people and tools. The function does not read it, because that costs about 55 ms at
  // the first stack trace.
  sourceMap: true,
  sourceMapMode: SourceMapMode.EXTERNAL,
  // Some dependencies are CommonJS and call `require`, which an ES module lacks.
  banner:
    "import{createRequire as nodeCreateRequire}from'node:module';const require=nodeCreateRequire(import.meta.url);",
};

export type FunctionProps = Required<Pick<FunctionOptions, 'description' | 'memorySize' | 'timeout'>> &
  Pick<FunctionOptions, 'deadLetterQueue' | 'environment'> & { readonly name: FunctionName; readonly tables: Tables };

/** The Lambda of `functions/<name>.ts`, with a role and a log of its own. Its `environment` defaults to the names of the tables. */
export function createFunction(scope: Construct, props: FunctionProps): NodejsFunction {
  const { name, tables, environment = environmentOf(tables), ...options } = props;
  const id = constructIdOf(name);
  const logGroup = new LogGroup(scope, `${id}Logs`, {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY, // logs are for finding faults, because the ledger is the record
  });
  return new NodejsFunction(scope, id, {
    ...options,
    entry: join(repository, 'functions', `${name}.ts`),
    handler: 'handler',
    projectRoot: repository,
    depsLockFilePath: join(repository, 'package-lock.json'),
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    role: createRole(scope, `${id}Role`, { name, tables, logGroup }),
    logGroup,
    environment: {
      ...environment,
      POWERTOOLS_SERVICE_NAME: 'inmail-credits',
      POWERTOOLS_METRICS_NAMESPACE: 'InMailCredits',
    },
    bundling,
  });
}

/** `put-subscription` → `PutSubscription`, the name that the console shows. */
export function constructIdOf(name: FunctionName): string {
  return pascalCaseOf(name);
}

export const environmentOf = (tables: Tables): TableEnvironment =>
  Object.fromEntries(TABLES.map((table) => [tableVariableOf(table), tables[table].tableName])) as TableEnvironment;
