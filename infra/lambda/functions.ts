import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IRole, Role } from 'aws-cdk-lib/aws-iam';
import { Architecture, type FunctionOptions, type IFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import {
  type BundlingOptions,
  LogLevel,
  NodejsFunction,
  OutputFormat,
  SourceMapMode,
} from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { type TableEnvironment, tableVariableOf } from '../../shared/contract/environment.ts';
import { pascalCaseOf } from '../../shared/contract/pascal-case.ts';
import { TABLES } from '../../shared/contract/tables.ts';
import { applicationOf, logGroupOf, METRICS_NAMESPACE } from '../names.ts';
import type { StageStack } from '../stage-stack.ts';
import { type FunctionName, usesTables } from './permissions.ts';
import { createRole } from './roles.ts';
import type { Tables } from './tables-in-use.ts';

/** Found from this file, because `cdk`, vitest and an editor start in different working directories. */
const repository = fileURLToPath(new URL('../..', import.meta.url));

/**
 * These options load fastest, as measured (`npm run bench:bundles`), because a cold start is mostly the reading of the bundle.
 * ESM sources can be shaken. The tests ran with the SDK of the bundle, and the runtime has another one.
 */
const bundling: BundlingOptions = {
  logLevel: LogLevel.WARNING,
  // An ES module that imports `node:http` makes Node load its whole `fetch`, and that takes 30 ms. `require` does not.
  format: OutputFormat.CJS,
  mainFields: ['module', 'main'],
  bundleAwsSDK: true,
  minify: true,
  target: 'node24',
  // Lambda puts a function's credentials into its environment. The SDK imports its other ways to find some only if it finds
  // none there. They would be a quarter of the bundle, and an eighth of the time to load it.
  externalModules: [
    '@aws-sdk/credential-provider-http',
    '@aws-sdk/credential-provider-ini',
    '@aws-sdk/credential-provider-process',
    '@aws-sdk/credential-provider-sso',
    '@aws-sdk/credential-provider-web-identity',
    '@smithy/credential-provider-imds',
  ],
  // The map lies beside the bundle, for people and tools. So the stack traces can be read with nothing but the code
  // that runs. The function does not read it, because that costs about 55 ms at the first stack trace.
  sourceMap: true,
  sourceMapMode: SourceMapMode.EXTERNAL,
  // The sources are in the repository. In the map, they would double the archive that a cold start loads.
  sourcesContent: false,
};

export type FunctionProps = Required<Pick<FunctionOptions, 'description' | 'memorySize' | 'timeout'>> &
  Pick<FunctionOptions, 'deadLetterQueue' | 'environment'> & {
    readonly name: FunctionName;
    /** Its permissions are about these. A function that touches no table needs none. */
    readonly tables?: Tables;
    /** So many may run at once, and nothing else takes their place. It counts in stages that reserve concurrency. */
    readonly reserved?: number;
    /** Its log, if that outlives the function. Otherwise it gets one that goes with it. */
    readonly logGroup?: LogGroup | undefined;
  };

/**
 * The Lambda of `functions/<name>.ts`, with a role and a log of its own. Its `environment` defaults to the names of the
 * tables, if it may use any.
 */
export function createFunction(scope: StageStack, props: FunctionProps): NodejsFunction {
  const { name, tables, environment = defaultEnvironmentOf(props), reserved, logGroup: kept, ...options } = props;
  const { stage } = scope;
  const id = constructIdOf(name);
  const logGroup = kept ?? createLog(scope, name);
  const role = createRole(scope, `${id}Role`, { name, tables, logGroup });
  if (stage.isTraced) acknowledgeTracing(role);
  return new NodejsFunction(scope, id, {
    ...options,
    functionName: scope.nameOf(name),
    entry: join(repository, 'functions', `${name}.ts`),
    handler: 'handler',
    projectRoot: repository,
    depsLockFilePath: join(repository, 'package-lock.json'),
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    role,
    logGroup,
    tracing: stage.isTraced ? Tracing.ACTIVE : Tracing.DISABLED,
    ...(stage.reservesConcurrency && reserved !== undefined && { reservedConcurrentExecutions: reserved }),
    environment: {
      ...environment,
      // The stages of an account share the namespace, and tell their metrics apart by the service.
      POWERTOOLS_SERVICE_NAME: applicationOf(stage),
      POWERTOOLS_METRICS_NAMESPACE: METRICS_NAMESPACE,
    },
    bundling,
  });
}

const createLog = (scope: StageStack, name: FunctionName): LogGroup =>
  new LogGroup(scope, `${constructIdOf(name)}Logs`, {
    logGroupName: logGroupOf(scope.stage, name),
    retention: scope.stage.logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY, // logs are for finding faults, because the ledger is the record
  });

function acknowledgeTracing(role: Role): void {
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'X-Ray knows no resources. A stage has this right only while it is traced.',
  });
}

/** `put-subscription` → `PutSubscription`: the logical id. */
export function constructIdOf(name: FunctionName): string {
  return pascalCaseOf(name);
}

/** The role that `createFunction` has given it. */
export function roleOf({ node, role }: IFunction): IRole {
  if (!role) throw new Error(`the function ${node.id} has no role`);
  return role;
}

export const environmentOf = (tables: Tables): TableEnvironment =>
  Object.fromEntries(TABLES.map((table) => [tableVariableOf(table), tables[table].tableName])) as TableEnvironment;

const defaultEnvironmentOf = ({ name, tables }: Pick<FunctionProps, 'name' | 'tables'>) =>
  tables && usesTables(name) ? environmentOf(tables) : {};
