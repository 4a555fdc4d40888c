import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import type { AppProps } from 'aws-cdk-lib/core';
import { buildApp } from '../../infra/build-app.ts';

export type Properties = Record<string, unknown>;

/** What `-c` may say on the command line, and where the page stands; left out, none is deployed. */
export type Context = Record<string, string> & { readonly pageDir?: string };

/** The whole app, but for the bundles, which take ten seconds: built, used, and its files removed. */
export function withApp<Result>(
  use: (built: ReturnType<typeof buildApp>) => Result,
  props: AppProps = {},
  { pageDir, ...context }: Context = {},
): Result {
  const outdir = mkdtempSync(join(tmpdir(), 'inmail-credits-app-'));
  try {
    return use(buildApp({ ...props, outdir, context: { ...context, 'aws:cdk:bundling-stacks': [] } }, pageDir));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

type Templates = ReturnType<typeof makeTemplates>;
let usual: Templates | undefined;

/** All templates; that CloudFormation would take them is left to `checks.test.ts`, for to load its rules takes two seconds. */
export function synthesizeTemplates(context?: Context): Templates {
  if (context) return makeTemplates(context);
  usual ??= makeTemplates({});
  return usual;
}

function makeTemplates(context: Context) {
  return withApp(
    ({ data, service, page }) => ({
      data: Template.fromStack(data),
      service: Template.fromStack(service),
      page: Template.fromStack(page),
    }),
    { builtinCloudFormationValidation: false },
    context,
  );
}

/** The properties of all resources of a type, by logical id. */
export function resourcesOf(template: Template, type: string): Record<string, Properties> {
  const found = template.findResources(type) as Record<string, { Properties: Properties }>;
  return Object.fromEntries(Object.entries(found).map(([id, { Properties }]) => [id, Properties]));
}

/** The logical id of the resource whose ARN, mostly, an `Fn::GetAtt` stands for. */
export function idIn(attribute: unknown): string {
  const [id] = (attribute as { 'Fn::GetAtt'?: [string, string] } | undefined)?.['Fn::GetAtt'] ?? [];
  if (!id) throw new Error(`no Fn::GetAtt: ${JSON.stringify(attribute)}`);
  return id;
}
