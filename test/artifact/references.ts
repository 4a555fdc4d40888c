/** Resolves the references in a template, as CloudFormation does. It knows those that environments of functions have. */
import type { Resource, StackTemplate } from '../../infra/assembly.ts';

/** The value of a `Ref` to a resource: the name of a table, the URL of a queue. */
export type RefTo = (resource: Resource) => string;

/** Throws an Error for a reference that leads nowhere, or of a kind that it does not know. */
export function resolve(value: unknown, template: StackTemplate, all: readonly StackTemplate[], refTo: RefTo): string {
  if (typeof value === 'string') return value;
  const { Ref: id, 'Fn::ImportValue': exported } = value as { Ref?: string; 'Fn::ImportValue'?: string };
  if (id !== undefined) {
    const resource = template.Resources[id];
    if (!resource) throw new Error(`no resource ${id}`);
    return refTo(resource);
  }
  for (const other of all) {
    const output = Object.values(other.Outputs ?? {}).find(({ Export }) => exported && Export?.Name === exported);
    if (output) return resolve(output.Value, other, all, refTo);
  }
  throw new Error(`a reference that leads nowhere: ${JSON.stringify(value)}`);
}
