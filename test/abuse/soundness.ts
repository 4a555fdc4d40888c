/** The rules for every response, however bad the request was. */
import { problemsOf, type Success } from '../../shared/contract/endpoint.ts';
import type { NamedEndpoint } from '../../shared/contract/endpoints.ts';
import { PROBLEM_SCHEMAS } from '../../shared/contract/problem-schemas.ts';
import { PROBLEMS, type ProblemSlug } from '../../shared/contract/problems.ts';
import { headerFaults } from './header-faults.ts';
import type { Got } from './wire.ts';

/** Signs of the inside: a stack, an ARN, a file, the database, an AWS SDK. */
const INSIDE = [
  /\n\s+at |\.[cm]?[jt]s:\d/,
  /\barn:/i,
  /\/(?:work|tmp|home|root|var|usr|node_modules)\//,
  /dynamo|ConditionalCheck|TransactionCancel|ValidationException|@aws-sdk|middy|\bzod\b/i,
  /-----BEGIN|"(?:d|p|q|dp|dq|qi)":"/,
  /\b(?:idempotencyKey|TableName|\w+Table[A-F0-9]{8})\b/,
];

/**
 * Our own secrets besides: folders and the private key. The names of local tables are words of the API, so they may
 * appear.
 */
export type Secrets = readonly string[];

export function faultsOf(endpoint: NamedEndpoint, got: Got, secrets: Secrets): string[] {
  const { status, headers, text } = got;
  const all = `${text}\n${JSON.stringify(headers)}`;
  return [
    ...(status >= 500 || status < 200 ? [`status ${status}`] : []),
    ...INSIDE.filter((inside) => inside.test(all)).map(String),
    ...headerFaults('private', headers),
    ...secrets.filter((secret) => all.includes(secret)).map(() => 'a secret'),
    ...(status >= 400 ? faultsOfProblem(endpoint, got) : faultsOfSuccess(endpoint, got)),
  ];
}

function faultsOfProblem(endpoint: NamedEndpoint, { status, headers, text }: Got): string[] {
  if (headers['content-type'] !== 'application/problem+json') return [`content-type ${headers['content-type']}`];
  const problem = JSON.parse(text);
  const slug: ProblemSlug = String(problem.type).replace('/problems/', '') as ProblemSlug;
  if (!(slug in PROBLEMS)) return [`type ${problem.type}`];
  // A method that the path has no route for is no request of this operation.
  const documented = [...problemsOf(endpoint), 'not-found'];
  return [
    ...(problem.status === status ? [] : [`status ${problem.status} in the body of a ${status}`]),
    ...(PROBLEM_SCHEMAS[slug].safeParse(problem).error?.issues.map(({ message }) => message) ?? []),
    ...(documented.includes(slug) ? [] : [`${slug} is not documented`]),
    ...(status === 401 && headers['www-authenticate'] !== 'Bearer' ? ['no www-authenticate'] : []),
  ];
}

function faultsOfSuccess({ responses }: NamedEndpoint, { status, headers, text }: Got): string[] {
  const successes: Readonly<Record<number, Success>> = responses;
  const success = successes[status];
  if (!success) return [`status ${status} is not documented`];
  const type = headers['content-type']?.split(';')[0];
  const { json, csv } = success;
  if (!json && !csv) return text === '' && !type ? [] : ['a body where there is none'];
  const schema = { 'application/json': json, 'text/csv': csv }[type ?? ''];
  if (!schema) return [`content-type ${type}`];
  const body = type === 'application/json' ? JSON.parse(text) : text;
  return schema.safeParse(body).error?.issues.map(({ path, message }) => `${path.join('/')}: ${message}`) ?? [];
}
