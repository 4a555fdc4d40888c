/** Brings the findings of cfn-lint and checkov into one shape, and holds them against their reasons. */
import * as z from 'zod';
import type { Reason, Tool } from './reasons.ts';

export type Finding = {
  readonly tool: Tool;
  readonly rule: string;
  /** The file of the template. */
  readonly file: string;
  /** The logical id of the resource, and its type where the tool names it. */
  readonly resource: string;
  readonly says: string;
};

const lintSchema = z.array(
  z.object({
    Rule: z.object({ Id: z.string() }),
    Filename: z.string(),
    Message: z.string(),
    Location: z.object({ Path: z.array(z.union([z.string(), z.number()])).nullable() }),
  }),
);

/** Of `cfn-lint --format json`. Throws for any other text. */
export const findingsOfLint = (output: string): Finding[] =>
  lintSchema.parse(JSON.parse(output)).map(({ Rule, Filename, Message, Location }) => ({
    ...{ tool: 'cfn-lint', rule: Rule.Id, file: Filename, says: Message },
    resource: String(Location.Path?.[1] ?? ''),
  }));

const checkovSchema = z.object({
  results: z.object({
    failed_checks: z.array(
      z.object({ check_id: z.string(), check_name: z.string(), file_path: z.string(), resource: z.string() }),
    ),
  }),
  // A run that has looked at nothing, or could not read a template, is no good one.
  summary: z.object({ passed: z.int().positive(), parsing_errors: z.literal(0) }),
});

/** Of `checkov --output json`. Throws for any other text, and where it could not read a template. */
export const findingsOfCheckov = (output: string): Finding[] =>
  checkovSchema
    .parse(JSON.parse(output))
    .results.failed_checks.map(({ check_id: rule, check_name: says, file_path: file, resource }) => ({
      tool: 'checkov',
      ...{ rule, file, resource, says },
    }));

export type Judgement = {
  /** Without a reason. */
  readonly unexplained: readonly Finding[];
  /** Without a finding. */
  readonly unused: readonly Reason[];
};

export function judge(findings: readonly Finding[], reasons: readonly Reason[]): Judgement {
  const fits = (finding: Finding, { tool, rule }: Reason): boolean => finding.tool === tool && finding.rule === rule;
  return {
    unexplained: findings.filter((finding) => !reasons.some((reason) => fits(finding, reason))),
    unused: reasons.filter((reason) => !findings.some((finding) => fits(finding, reason))),
  };
}

export const lineOf = ({ tool, rule, file, resource, says }: Finding): string =>
  `${tool} ${rule} ${file.replace(/^.*\//, '')} ${resource}: ${says}`;
