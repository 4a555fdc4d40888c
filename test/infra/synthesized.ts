import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import type { AppProps } from 'aws-cdk-lib/core';
import { addStacks, createApp } from '../../infra/build-app.ts';
import { type Stage, stageNamed } from '../../infra/stages.ts';

export type Properties = Record<string, unknown>;

/** Settings in place of those of `prod`, and the folder of the page. Without the folder, no page is deployed. */
export type Changes = Partial<Stage> & { readonly pageDir?: string };

type Built = ReturnType<typeof addStacks>;

/** The whole app without the bundles, which take ten seconds. It is built and used, and its files are removed. */
export function withApp<Result>(
  use: (built: Built) => Result,
  props: AppProps = {},
  { pageDir, ...changes }: Changes = {},
): Result {
  const outdir = mkdtempSync(join(tmpdir(), 'inmail-credits-app-'));
  try {
    const app = createApp({ ...props, outdir, context: { 'aws:cdk:bundling-stacks': [] } });
    return use(addStacks(app, { stage: { ...stageNamed('prod'), ...changes }, pageDir }));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

type Templates = ReturnType<typeof makeTemplates>;
let usual: Templates | undefined;

/**
 * All templates. `checks.test.ts` checks them by the rules of CloudFormation, because those take two seconds to load.
 */
export function synthesizeTemplates(changes?: Changes): Templates {
  if (changes) return makeTemplates(changes);
  usual ??= makeTemplates({});
  return usual;
}

function makeTemplates(changes: Changes) {
  return withApp(
    ({ data, page, service, watch }) => ({
      data: Template.fromStack(data),
      // A stage without any front end has no such stack. Its empty template has none of the resources that tests look for.
      page: page ? Template.fromStack(page) : Template.fromJSON({ Resources: {} }),
      service: Template.fromStack(service),
      watch: Template.fromStack(watch),
    }),
    { builtinCloudFormationValidation: false },
    changes,
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

/** The logical id behind an `Fn::ImportValue` of a stack's resource: `LedgerB7379752.StreamArn`. */
export function importedFrom(template: Template, reference: unknown): string | undefined {
  const name = /"Fn::ImportValue":"[^"]*:(\w+)"/.exec(JSON.stringify(reference))?.[1];
  const value = name === undefined ? undefined : template.findOutputs('*')[name]?.Value;
  if (value === undefined) return undefined;
  return 'Ref' in value ? value.Ref : value['Fn::GetAtt'].join('.');
}
