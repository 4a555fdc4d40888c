/** How the findings of cfn-lint and checkov are read, and held against their reasons. */
import { describe, expect, it } from 'vitest';
import { findingsOfCheckov, findingsOfLint, judge, lineOf } from '../../tools/check-templates/findings.ts';
import { REASONS } from '../../tools/check-templates/reasons.ts';

/** The parts that we read of what cfn-lint 1.58.0 writes. */
const LINT = JSON.stringify([
  {
    Rule: { Id: 'W3005', Description: 'Check obsolete DependsOn', Source: 'https://example.org' },
    Level: 'Warning',
    Filename: '/tmp/one.template.json',
    Message: 'dependency already enforced',
    Location: { Path: ['Resources', 'GrantScopes', 'DependsOn', 1], Start: { LineNumber: 1, ColumnNumber: 1 } },
  },
]);

/** The parts that we read of what checkov 3.3.30 writes. */
const CHECKOV = {
  check_type: 'cloudformation',
  results: {
    failed_checks: [
      {
        check_id: 'CKV_AWS_21',
        check_name: 'Ensure the S3 bucket has versioning enabled',
        file_path: '/two.template.json',
        resource: 'AWS::S3::Bucket.Files',
      },
    ],
  },
  summary: { passed: 460, failed: 1, parsing_errors: 0 },
};

describe('the findings about templates', () => {
  it('the findings of both programs have one shape', () => {
    const found = [...findingsOfLint(LINT), ...findingsOfCheckov(JSON.stringify(CHECKOV))];
    expect(found.map(lineOf)).toEqual([
      'cfn-lint W3005 one.template.json GrantScopes: dependency already enforced',
      'checkov CKV_AWS_21 two.template.json AWS::S3::Bucket.Files: Ensure the S3 bucket has versioning enabled',
    ]);
  });

  it.each([
    ['could not read a template', { ...CHECKOV, summary: { passed: 460, parsing_errors: 1 } }],
    ['has looked at nothing', { passed: 0, failed: 0, resource_count: 0 }],
  ])('a run of checkov that %s is no good one', (_, output) => {
    expect(() => findingsOfCheckov(JSON.stringify(output))).toThrow();
  });

  it('a finding needs a reason of its own tool and rule', () => {
    const findings = findingsOfLint(LINT);
    const reason = { tool: 'cfn-lint', rule: 'W3005', reason: 'CDK writes it.' } as const;
    expect(judge(findings, [reason])).toEqual({ unexplained: [], unused: [] });
    expect(judge(findings, [{ ...reason, tool: 'checkov' }]).unexplained).toEqual(findings);
    expect(judge(findings, [{ ...reason, rule: 'W3006' }]).unexplained).toEqual(findings);
  });

  it('a reason without a finding is told, so that it goes from the table', () => {
    const reason = { tool: 'cfn-lint', rule: 'W3005', reason: 'CDK writes it.' } as const;
    expect(judge([], [reason])).toEqual({ unexplained: [], unused: [reason] });
  });

  it('each rule has one reason, which is a sentence', () => {
    const rules = REASONS.map(({ tool, rule }) => `${tool} ${rule}`);
    expect(new Set(rules).size).toBe(rules.length);
    for (const { reason } of REASONS) expect(reason).toMatch(/^[A-Z].{20,}\.$/);
  });
});
