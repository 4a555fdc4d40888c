/** Reads the output of `cdk synth` for a stage: the templates, and every function with the code that is deployed. */
import { join } from 'node:path';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { addStacks, createApp } from './build-app.ts';
import { type FunctionName, PERMISSIONS } from './lambda/permissions.ts';
import { nameIn } from './names.ts';
import type { Stage } from './stages.ts';

export type Resource = { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> };

export type StackTemplate = {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: string } }>>;
};

export type BundledFunction = {
  readonly name: FunctionName;
  /** The folder that is deployed. It holds `index.js` and its map. */
  readonly folder: string;
  /** The resource stands in this template, and its references are of this template. */
  readonly template: StackTemplate;
  readonly properties: FunctionProperties;
};

type FunctionProperties = {
  readonly FunctionName: string;
  readonly Runtime: string;
  readonly Handler: string;
  readonly MemorySize: number;
  readonly Timeout: number;
  readonly Code: { readonly S3Key: string };
  readonly Environment: { readonly Variables: Readonly<Record<string, unknown>> };
};

/** Writes all stacks of the stage with their bundles into the folder. That takes some ten seconds. */
export function synthesizeWithBundles(outdir: string, stage: Stage): CloudAssembly {
  const app = createApp({ outdir, analyticsReporting: false, builtinCloudFormationValidation: false });
  addStacks(app, { stage });
  return app.synth();
}

export const templatesOf = ({ stacks }: CloudAssembly): StackTemplate[] => stacks.map(({ template }) => template);

/** Our functions in all stacks. CDK adds functions of its own, which have other names. */
export function bundledFunctions(assembly: CloudAssembly, stage: Stage): BundledFunction[] {
  const names = new Map(Object.keys(PERMISSIONS).map((name) => [nameIn(stage, name), name as FunctionName]));
  return templatesOf(assembly).flatMap((template) =>
    Object.values(template.Resources).flatMap(({ Type, Properties }) => {
      const properties = Properties as FunctionProperties;
      const name = Type === 'AWS::Lambda::Function' ? names.get(properties.FunctionName) : undefined;
      if (!name) return [];
      const folder = join(assembly.directory, `asset.${properties.Code.S3Key.replace(/\.zip$/, '')}`);
      return [{ name, folder, template, properties }];
    }),
  );
}
