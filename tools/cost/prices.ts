/**
 * The one table of AWS's prices. The simulation, the cost of a hostile member and `npm run cost` share it. They are dollars,
 * without tax, for the region below. They were collected on that day from copies of AWS's pages, and not from the pages
 * themselves. A row says so if its figure is not sure.
 */
export const PRICED = { region: 'us-east-1', on: '2026-11-27' } as const;

export const SERVICES = [
  'Cognito',
  'DynamoDB',
  'Lambda',
  'API Gateway',
  'CloudFront',
  'Data transfer',
  'CloudWatch',
  'X-Ray',
  'EventBridge',
  'Scheduler',
  'SQS',
  'S3',
  'KMS',
] as const;

export type Service = (typeof SERVICES)[number];

export type Price = {
  readonly service: Service;
  /** For each unit, or for each unit from a number of them a month on. Further numbers come in rising order. */
  readonly dollars: number | readonly { readonly from: number; readonly dollars: number }[];
  /** A unit of it, in words. */
  readonly unit: string;
  /** The page of AWS that says so. */
  readonly source: string;
  /** Units a month that cost an account nothing, for as long as it exists. All stages of an account share them. */
  readonly freeUnits?: number;
  /** The doubt about the figure, or the part of it that is left out. */
  readonly note?: string;
};

const MILLION = 1_000_000;
const GIGABYTES_PER_TERABYTE = 1_024;

const DYNAMODB = { service: 'DynamoDB', source: 'aws.amazon.com/dynamodb/pricing/on-demand' } as const;
const LAMBDA = { service: 'Lambda', source: 'aws.amazon.com/lambda/pricing' } as const;
const API_GATEWAY = { service: 'API Gateway', source: 'aws.amazon.com/api-gateway/pricing' } as const;
const SQS = { service: 'SQS', source: 'aws.amazon.com/sqs/pricing' } as const;
const SCHEDULER = { service: 'Scheduler', source: 'aws.amazon.com/eventbridge/pricing' } as const;
const EVENTBRIDGE = { service: 'EventBridge', source: 'aws.amazon.com/eventbridge/pricing' } as const;
const CLOUDFRONT = { service: 'CloudFront', source: 'aws.amazon.com/cloudfront/pricing' } as const;
const DATA_TRANSFER = { service: 'Data transfer', source: 'aws.amazon.com/ec2/pricing/on-demand' } as const;
const S3 = { service: 'S3', source: 'aws.amazon.com/s3/pricing' } as const;
const CLOUDWATCH = { service: 'CloudWatch', source: 'aws.amazon.com/cloudwatch/pricing' } as const;
const X_RAY = { service: 'X-Ray', source: 'aws.amazon.com/xray/pricing' } as const;
const KMS = { service: 'KMS', source: 'aws.amazon.com/kms/pricing' } as const;
const COGNITO = { service: 'Cognito', source: 'aws.amazon.com/cognito/pricing' } as const;

export const PRICES = {
  writeUnit: {
    ...DYNAMODB,
    dollars: 0.625 / MILLION,
    unit: 'write request unit',
  },
  readUnit: {
    ...DYNAMODB,
    dollars: 0.125 / MILLION,
    unit: 'read request unit',
  },
  tableGigabyte: {
    ...DYNAMODB,
    dollars: 0.25,
    unit: 'GB of a table, for a month',
    freeUnits: 25,
  },
  recoveryGigabyte: {
    ...DYNAMODB,
    dollars: 0.2,
    unit: 'GB under point-in-time recovery, for a month',
  },
  lambdaGigabyteSecond: {
    ...LAMBDA,
    dollars: 0.0000133334,
    unit: 'GB-second on arm64',
    freeUnits: 400_000,
    note: 'The price falls after 7.5 billion a month, which is left out.',
  },
  lambdaRequest: {
    ...LAMBDA,
    dollars: 0.2 / MILLION,
    unit: 'invocation',
    freeUnits: MILLION,
  },
  apiRequest: {
    ...API_GATEWAY,
    dollars: [
      { from: 0, dollars: 1 / MILLION },
      { from: 300 * MILLION, dollars: 0.9 / MILLION },
    ],
    unit: 'request of an HTTP API, for each started 512 KB',
  },
  sqsRequest: {
    ...SQS,
    dollars: 0.4 / MILLION,
    unit: 'request of a standard queue, for each started 64 KiB',
    freeUnits: MILLION,
  },
  schedulerInvocation: {
    ...SCHEDULER,
    dollars: 1 / MILLION,
    unit: 'run of a schedule',
    freeUnits: 14 * MILLION,
  },
  event: {
    ...EVENTBRIDGE,
    dollars: 1 / MILLION,
    unit: 'event on a bus, for each started 64 KB',
  },
  edgeRequest: {
    ...CLOUDFRONT,
    dollars: 1 / MILLION,
    unit: 'HTTPS request at the edge, in North America and Europe',
    freeUnits: 10 * MILLION,
    note: 'Other continents cost up to 2.2 times as much.',
  },
  edgeFunction: {
    ...CLOUDFRONT,
    dollars: 0.1 / MILLION,
    unit: 'run of a CloudFront function',
    freeUnits: 2 * MILLION,
  },
  edgeGigabyteOut: {
    ...CLOUDFRONT,
    dollars: [
      { from: 0, dollars: 0.085 },
      { from: 10 * GIGABYTES_PER_TERABYTE, dollars: 0.08 },
      { from: 50 * GIGABYTES_PER_TERABYTE, dollars: 0.06 },
    ],
    unit: 'GB from the edge to browsers, in North America and Europe',
    freeUnits: GIGABYTES_PER_TERABYTE,
    note: 'Other continents cost up to 1.4 times as much.',
  },
  gigabyteOut: {
    ...DATA_TRANSFER,
    dollars: 0.09,
    unit: 'GB from the region to the internet',
    freeUnits: 100,
    note: 'For callers that go past CloudFront. The price falls after 10 TB a month.',
  },
  bucketGigabyte: {
    ...S3,
    dollars: 0.023,
    unit: 'GB in S3, for a month',
  },
  bucketRead: {
    ...S3,
    dollars: 0.0004 / 1_000,
    unit: 'GET from S3',
  },
  logGigabyte: {
    ...CLOUDWATCH,
    dollars: 0.5,
    unit: 'GB written to a log',
    freeUnits: 5,
    note: 'Logs of functions fall to $0.25 after 10 TB a month, which is left out.',
  },
  logGigabyteMonth: {
    ...CLOUDWATCH,
    dollars: 0.03,
    unit: 'GB kept in a log, for a month',
    note: 'AWS bills the compressed size. Here it is the size that was written.',
  },
  alarmMetric: {
    ...CLOUDWATCH,
    dollars: 0.1,
    unit: 'metric of an alarm, for a month',
    freeUnits: 10,
  },
  compositeAlarm: {
    ...CLOUDWATCH,
    dollars: 0.5,
    unit: 'composite alarm, for a month',
  },
  customMetric: {
    ...CLOUDWATCH,
    dollars: 0.3,
    unit: 'metric of our own, for a month',
    freeUnits: 10,
    note: 'Billed by the hours in which it is written. The price falls after 10,000 metrics.',
  },
  dashboard: {
    ...CLOUDWATCH,
    dollars: 3,
    unit: 'dashboard, for a month',
    freeUnits: 3,
    note: 'Free are those of at most 50 metrics.',
  },
  largeDashboard: {
    ...CLOUDWATCH,
    dollars: 3,
    unit: 'dashboard of more than 50 metrics, for a month',
  },
  trace: {
    ...X_RAY,
    dollars: 5 / MILLION,
    unit: 'trace recorded by X-Ray',
    freeUnits: 100_000,
  },
  key: {
    ...KMS,
    dollars: 1,
    unit: 'KMS key, for a month',
  },
  liteMember: {
    ...COGNITO,
    dollars: [
      { from: 0, dollars: 0.0055 },
      { from: 100_000, dollars: 0.0046 },
      { from: MILLION, dollars: 0.00325 },
      { from: 10 * MILLION, dollars: 0.0025 },
    ],
    unit: 'person who was active in the month, on the plan LITE',
    freeUnits: 10_000,
  },
  essentialsMember: {
    ...COGNITO,
    dollars: 0.015,
    unit: 'person who was active in the month, on the plan ESSENTIALS',
    freeUnits: 10_000,
  },
  plusMember: {
    ...COGNITO,
    dollars: 0.02,
    unit: 'person who was active in the month, on the plan PLUS',
    note: 'PLUS has no free units.',
  },
  machineClient: {
    ...COGNITO,
    dollars: 6,
    unit: 'client of a machine, for a month',
    note: "The newer text of AWS's guide names requests for tokens alone, so this price may be gone. It is kept to be careful.",
  },
  machineToken: {
    ...COGNITO,
    dollars: 2.25 / 1_000,
    unit: 'token given to a machine',
    note: 'The price falls after 250,000 a month.',
  },
} as const satisfies Readonly<Record<string, Price>>;

export type PriceName = keyof typeof PRICES;
