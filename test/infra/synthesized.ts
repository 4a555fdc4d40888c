import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import type { AppProps } from 'aws-cdk-lib/core';
import { buildApp } from '../../infra/build-app.ts';

export type Properties = Record<string, unknown>;

/** `-c` values of the command line, and the folder of the page. Without the folder, no page is deployed. */
export type Context = Record<string, string> & { readonly pageDir?: string };

/** The whole app without the bundles, which take ten seconds. It is built and used, and its files are removed. */
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

/**
 * All templates. `checks.test.ts` checks them by the rules of CloudFormation, because those take two seconds to load.
 */
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

/** The logical id behind an `Fn::GetAtt`, which mostly stands for an ARN. */
export function idIn(attribute: unknown): string {
  const [id] = (attribute as { 'Fn::GetAtt'?: [string, string] } | undefined)?.['Fn::GetAtt'] ?? [];
  if (!id) throw new Error(`no Fn::GetAtt: ${JSON.stringify(attribute)}`);
  return id;
}
