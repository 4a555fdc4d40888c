/** Changes that replace what another stack points at. A deployment must refuse them aloud, or take the others along. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Resource, Template } from './adapt-template.ts';
import { rewriteTemplate } from './assembly.ts';
import { ProgramFailure } from './call.ts';
import { deploy, stackOf } from './deployment.ts';
import { hold, type Rehearsal } from './rehearsal.ts';

type Replacement = {
  readonly what: string;
  readonly stack: 'data' | 'page';
  readonly isMeant: (resource: Resource) => boolean;
  readonly properties: Record<string, unknown>;
  /** The words of CloudFormation. */
  readonly refusal: RegExp;
};

export const REPLACEMENTS: readonly Replacement[] = [
  {
    what: 'the client that members sign in through',
    stack: 'page',
    isMeant: ({ Type, Properties }) =>
      Type === 'AWS::Cognito::UserPoolClient' && /members$/.test(String(Properties?.ClientName)),
    properties: { GenerateSecret: true },
    refusal: /cannot be updated as it is in use by/,
  },
  {
    what: 'the ledger',
    stack: 'data',
    isMeant: ({ Type, Properties }) =>
      Type === 'AWS::DynamoDB::GlobalTable' && /-ledger$/.test(String(Properties?.TableName)),
    properties: {
      KeySchema: [{ AttributeName: 'walletId', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'walletId', AttributeType: 'S' }],
    },
    refusal: /custom-named resource requires replacing/,
  },
];

/** Tries to deploy a copy of the stacks with the replacement. Throws a StepFailure where that succeeds. */
export async function refusesReplacement(rehearsal: Rehearsal, stage: string, replacement: Replacement): Promise<void> {
  const { what, stack, refusal } = replacement;
  const folder = join(rehearsal.folder, `replacing-${stack}-of-${stage}`);
  cpSync(rehearsal.assembly, folder, { recursive: true });
  rewriteTemplate(folder, `${stackOf(stage, stack)}.template.json`, (template) => replaced(template, replacement));
  try {
    await deploy(rehearsal, stage, folder);
  } catch (error) {
    if (!(error instanceof ProgramFailure) || !refusal.test(error.message.replaceAll(/\s+/g, ' '))) throw error;
    return;
  }
  hold(false, `${stage} took another ${what} without a word`);
}

function replaced(template: Template, { what, isMeant, properties }: Replacement): Template {
  const [id, ...more] = Object.keys(template.Resources).filter((key) => isMeant(template.Resources[key] as Resource));
  const resource = id === undefined ? undefined : template.Resources[id];
  hold(
    id !== undefined && resource !== undefined && more.length === 0,
    `the template has no single resource that is ${what}`,
  );
  const Properties = { ...resource.Properties, ...properties };
  return { ...template, Resources: { ...template.Resources, [id]: { ...resource, Properties } } };
}
