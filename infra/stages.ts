/**
 * Everything that differs between two deployments. A deployment of one's own is one more row here, so that nothing which
 * matters stands in the history of somebody's shell.
 */
import type { TableName } from '../shared/contract/tables.ts';

export type Stage = {
  /** A part of every physical name: 1 to 12 small letters and digits, beginning with a letter. */
  readonly name: string;
  /** Its AWS region, such as `eu-central-1`. Without it, the region of the caller's AWS profile. */
  readonly region?: string;
  /**
   * Whether it holds what real people own. If so, the tables and the user pool are protected, they stay when their stack
   * goes, and `npm run destroy` refuses.
   */
  readonly isProtected: boolean;
  /** The value of the tag `owner`: the team that is asked about this stage. */
  readonly owner: string;
  /**
   * All routes' rates are multiplied by it. 1 allows 66 requests a second, which need at most 792 functions at once. So an
   * account needs some 1,000 concurrent executions for each 1.
   */
  readonly rateFactor: number;
  /** Whether the sweeps and the publisher have their concurrency to themselves, so that no burst of requests takes it. */
  readonly reservesConcurrency: boolean;
  /** In days, as CloudWatch Logs knows them: 1, 3, 5, 7, 14, 30, 60, 90 and longer. */
  readonly logRetentionDays: number;
  /** In days. Questions about callers come late. */
  readonly accessLogRetentionDays: number;
  /** Units a second that a table serves at once. A new table serves 12,000 reads and 4,000 writes. */
  readonly warmThroughput: { readonly [table in TableName]?: { readonly reads: number; readonly writes: number } };
  /** `none` where the account may not make CloudFront distributions yet. The API works without it. */
  readonly page: 'none' | PageSettings;
  /** Origins of front ends elsewhere, such as `https://app.example.org`. They sign members in, and browsers let them call. */
  readonly otherFrontEnds: readonly string[];
  readonly signIn: SignInSettings;
  /** The programs that call the API by themselves. Cognito bills each by the month. `npm run client` tells their secrets. */
  readonly machines: readonly Machine[];
  /** The mail addresses that the alarms go to. */
  readonly alarmsTo: readonly string[];
  /** In dollars a month. Mail goes to `alarmsTo` at 80 % of it, and when it is forecast to be passed. Some regions have none. */
  readonly monthlyBudget: number | 'none';
  /** Whether X-Ray traces requests. */
  readonly isTraced: boolean;
};

export type PageSettings = {
  /** Without a domain, the page has CloudFront's own name, and TLS 1.0 is possible there. */
  readonly domain?: {
    /** Such as `credits.example.org`. */
    readonly name: string;
    /** The ARN of its certificate, which must stand in us-east-1. */
    readonly certificate: string;
  };
};

export type SignInSettings = {
  /** Cognito bills a plan for each active member. PLUS adds threat protection. `npm run cost` has the sums. */
  readonly plan: 'ESSENTIALS' | 'PLUS';
  /** A second factor, asked of members and operators alike. */
  readonly secondFactor: 'required' | 'optional';
  /** Cognito's own mailer sends 50 mails a day. SES sends as many as the account may. */
  readonly mail?: {
    /** Such as `credits@example.org`. */
    readonly from: string;
    /** The identity that SES has verified, such as `example.org`. */
    readonly verifiedDomain: string;
    /** The region of that identity. */
    readonly region: string;
  };
};

export type Machine = {
  /** Small letters and dashes, and neither `members` nor `operators`, because people sign in through those. */
  readonly name: string;
  /** `billing` changes subscriptions and connections. `support` reads the books of every member. */
  readonly scope: 'billing' | 'support';
};

/** The back offices of billing and of support. */
const BACK_OFFICES: readonly Machine[] = [
  { name: 'billing', scope: 'billing' },
  { name: 'support', scope: 'support' },
];

const stage = <const Name extends string>(settings: Stage & { readonly name: Name }) => settings;

/** For trying out: small, open to deletion, and near to nothing when idle. */
const DEV = stage({
  name: 'dev',
  isProtected: false,
  owner: 'inmail-credits',
  rateFactor: 1,
  reservesConcurrency: false,
  logRetentionDays: 7,
  accessLogRetentionDays: 7,
  warmThroughput: {},
  page: {},
  otherFrontEnds: [],
  signIn: { plan: 'ESSENTIALS', secondFactor: 'optional' },
  machines: BACK_OFFICES,
  alarmsTo: [],
  monthlyBudget: 50,
  isTraced: false,
});

/** For members. Before the first deployment, fill in the domain, the mail and the addresses of the alarms. */
const PROD = stage({
  name: 'prod',
  isProtected: true,
  owner: 'inmail-credits',
  rateFactor: 1,
  reservesConcurrency: true,
  logRetentionDays: 30,
  accessLogRetentionDays: 90,
  warmThroughput: { ledger: { reads: 12_000, writes: 10_000 } },
  page: {},
  otherFrontEnds: [],
  signIn: { plan: 'PLUS', secondFactor: 'required' },
  machines: BACK_OFFICES,
  alarmsTo: [],
  monthlyBudget: 1_000,
  isTraced: false,
});

export const STAGES = [DEV, PROD] as const satisfies readonly Stage[];

export const DEFAULT_STAGE = 'dev';

/** Throws an error that names the stages there are. */
export function stageNamed(name: string): Stage {
  const found = STAGES.find((one) => one.name === name);
  if (!found) {
    const names = STAGES.map((one) => one.name).join(', ');
    throw new Error(`there is no stage ${JSON.stringify(name)} in infra/stages.ts, only ${names}`);
  }
  return found;
}
