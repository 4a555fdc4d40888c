/** The CloudFormation templates of a stage, as `cdk synth` writes them, without bundles and without files of the page. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addStacks, createApp } from '../../infra/build-app.ts';
import type { Stage } from '../../infra/stages.ts';

export type Properties = Readonly<Record<string, unknown>>;
type Resource = { readonly Type: string; readonly Properties?: Properties };
export type Template = { readonly Resources: Readonly<Record<string, Resource>> };

/** Takes some seconds, and calls no service. */
export function templatesOf(stage: Stage): readonly Template[] {
  const outdir = mkdtempSync(join(tmpdir(), 'inmail-credits-cost-'));
  try {
    const context = { 'aws:cdk:bundling-stacks': [] };
    const app = createApp({ outdir, context, analyticsReporting: false, builtinCloudFormationValidation: false });
    addStacks(app, { stage });
    return app.synth().stacks.map(({ template }) => template);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
