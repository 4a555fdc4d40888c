/** The rules that our templates break on purpose, with the reason for each. */

export type Tool = 'cfn-lint' | 'checkov';

/** A reason that no finding needs is a fault too, because the table would come to hide what it was not written for. */
export type Reason = { readonly tool: Tool; readonly rule: string; readonly reason: string };

const FUNCTIONS_RUN_APART =
  'Functions reach AWS by its public addresses, each under a role of its own. A VPC adds no lock to that.';
const AWS_KEYS =
  "AWS's own keys encrypt it. A key of ours would cost money at each call, and keep nobody out whom a role lets in.";

export const REASONS: readonly Reason[] = [
  {
    tool: 'cfn-lint',
    rule: 'W3005',
    reason: 'CDK writes dependencies that a reference implies already. They change nothing.',
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_115',
    reason: 'The rates of the routes bound the functions of the API. A protected stage reserves the rest for its jobs.',
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_116',
    reason: 'A queue feeds the workers, and keeps what failed. The others answer a caller, who hears of the failure.',
  },
  { tool: 'checkov', rule: 'CKV_AWS_117', reason: FUNCTIONS_RUN_APART },
  { tool: 'checkov', rule: 'CKV_AWS_158', reason: `${AWS_KEYS} Roles alone read the logs.` },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_173',
    reason: `${AWS_KEYS} The variables name tables and queues, and hold no secret.`,
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_174',
    reason:
      "CloudFront's own certificate sets the TLS version. With a domain in infra/stages.ts it is TLS 1.2 or newer.",
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_18',
    reason: 'Only CloudFront reads the bucket of the page, and its files are public.',
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_21',
    reason: 'The files are built from a commit, and the files of earlier builds stay.',
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_26',
    reason: "Its messages name alarms and no members. CloudWatch cannot write to a topic under AWS's own key.",
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_27',
    reason: 'SQS encrypts the queues with its own keys. The rule knows only keys of KMS.',
  },
  { tool: 'checkov', rule: 'CKV_AWS_68', reason: 'The page is public, and every route of the API has a rate limit.' },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_86',
    reason: 'Its log would hold paths, which name members. The API logs the caller and the route.',
  },
];
