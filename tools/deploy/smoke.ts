/** A look at what was just deployed, over HTTP, as callers see it. It writes nothing into the books. */
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { pagePolicy } from '../../shared/contract/page-policy.ts';
import { SCOPE_PREFIX } from '../../shared/contract/scopes.ts';
import {
  DOCUMENT_HEADERS,
  PRIVATE_HEADERS,
  PUBLIC_HEADERS,
  STRICT_TRANSPORT_SECONDS,
} from '../../shared/contract/security-headers.ts';
import { creditsList, planList } from '../../shared/contract/shapes.ts';
import { CATALOGUE } from '../../shared/domain/plans.ts';

/** A machine of the stage, by its Cognito client. */
export type MachineAccess = { readonly clientId: string; readonly secret: string; readonly scope: string };

export type PageAccess = {
  /** With a slash at its end. CloudFront answers there even before the DNS record of a domain is set. */
  readonly url: string;
  readonly membersClientId: string;
  readonly operatorsClientId: string;
};

export type Deployed = {
  readonly apiUrl: string;
  readonly signInUrl: string;
  /** Undefined in a stage without machines. */
  readonly machine: MachineAccess | undefined;
  /** Undefined in a stage without a page. */
  readonly page: PageAccess | undefined;
};

type Probe = {
  /** A sentence that holds if nothing is wrong. */
  readonly looks: string;
  /** A stage without this part has nothing to look at. */
  readonly of?: 'machine' | 'page';
  /** Says the fault, or is undefined. */
  readonly fault: (deployed: Deployed, fetch: Fetch) => Promise<string | undefined>;
};

type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/** A member that no user pool has, because `sub` is a UUID there. */
const NOBODY = 'smoke-test';

async function unknownCaller({ apiUrl }: Deployed, fetch: Fetch): Promise<string | undefined> {
  const { status } = await fetch(`${apiUrl}/v1/plans`);
  return status === 401 ? undefined : `a request without a token got ${status}, not 401`;
}

async function machineCaller({ apiUrl, signInUrl, machine }: Deployed, fetch: Fetch): Promise<string | undefined> {
  if (!machine) return undefined;
  const token = await tokenOf(machine, signInUrl, fetch);
  if ('fault' in token) return token.fault;
  const headers = { authorization: `Bearer ${token.value}` };
  const plans = await read(await fetch(`${apiUrl}/v1/plans`, { headers }), planList);
  if ('fault' in plans) return `/v1/plans ${plans.fault}`;
  const named = plans.value.plans.map(({ plan }) => plan).sort();
  if (named.join() !== [...CATALOGUE.keys()].sort().join()) return `/v1/plans named ${named.join(', ') || 'no plan'}`;
  const path = `/v1/members/${NOBODY}/credits`; // this one reads a table
  const credits = await read(await fetch(`${apiUrl}${path}`, { headers }), creditsList);
  return 'fault' in credits ? `${path} ${credits.fault}` : undefined;
}

async function pageFiles({ signInUrl, page }: Deployed, fetch: Fetch): Promise<string | undefined> {
  if (!page) return undefined;
  const index = await fetch(page.url);
  const html = await index.text();
  if (index.status !== 200 || !/<script type="module"/.test(html))
    return `${page.url} got ${index.status}, and no page`;
  const wrong = wrongHeadersOf(index, { ...PAGE_HEADERS, 'content-security-policy': pagePolicy(signInUrl) });
  if (wrong) return `${page.url} ${wrong}`;
  const url = `${page.url}config.json`;
  const config = await read(await fetch(url), configSchema);
  if ('fault' in config) return `${url} ${config.fault}`;
  const { clientId, operatorsClientId, tokenUrl } = config.value;
  const isRight =
    clientId === page.membersClientId &&
    operatorsClientId === page.operatorsClientId &&
    tokenUrl.startsWith(`${signInUrl}/`);
  return isRight ? undefined : `${url} names other clients than the stack of the page: nobody could sign in`;
}

async function apiBehindPage({ page }: Deployed, fetch: Fetch): Promise<string | undefined> {
  if (!page) return undefined;
  const url = `${page.url}v1/plans`;
  const response = await fetch(url);
  if (response.status !== 401) return `${url} without a token got ${response.status}, not 401`;
  const wrong = wrongHeadersOf(response, API_HEADERS);
  return wrong && `${url} ${wrong}`;
}

const PROBES: readonly Probe[] = [
  { looks: 'the API refuses a caller without a token', fault: unknownCaller },
  { looks: 'a machine gets a token, and reads plans and credits', of: 'machine', fault: machineCaller },
  { looks: 'the page, its headers and its configuration are there', of: 'page', fault: pageFiles },
  { looks: 'the page leads to the API', of: 'page', fault: apiBehindPage },
];

/** CloudFront writes the same. */
const STRICT_TRANSPORT = {
  'strict-transport-security': `max-age=${STRICT_TRANSPORT_SECONDS}; includeSubDomains; preload`,
};
const PAGE_HEADERS = { ...PUBLIC_HEADERS, ...DOCUMENT_HEADERS, ...STRICT_TRANSPORT };
const API_HEADERS = { ...PRIVATE_HEADERS, ...STRICT_TRANSPORT };

/** Nothing is wrong where this is undefined. */
function wrongHeadersOf({ headers }: Response, wanted: Readonly<Record<string, string>>): string | undefined {
  const [wrong] = Object.entries(wanted).filter(([name, value]) => headers.get(name) !== value);
  return wrong && `has the header ${wrong[0]}: ${headers.get(wrong[0]) ?? '(none)'}`;
}

const configSchema = z.object({ clientId: z.string(), operatorsClientId: z.string(), tokenUrl: z.string() });
const tokenSchema = z.object({ access_token: z.string() });

type Read<Value> = { readonly value: Value } | { readonly fault: string };

async function tokenOf(machine: MachineAccess, signInUrl: string, fetch: Fetch): Promise<Read<string>> {
  const { clientId, secret, scope } = machine;
  const response = await fetch(`${signInUrl}/oauth2/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: `grant_type=client_credentials&scope=${encodeURIComponent(SCOPE_PREFIX + scope)}`,
  });
  const token = await read(response, tokenSchema);
  if ('fault' in token) return { fault: `the token of the machine: ${signInUrl}/oauth2/token ${token.fault}` };
  return { value: token.value.access_token };
}

async function read<Value>(response: Response, schema: z.ZodType<Value>): Promise<Read<Value>> {
  const text = await response.text();
  if (response.status !== 200) return { fault: `got ${response.status}, not 200: ${text.slice(0, MAX_QUOTED)}` };
  try {
    return { value: schema.parse(JSON.parse(text)) };
  } catch {
    return { fault: `answered with something else: ${text.slice(0, MAX_QUOTED)}` };
  }
}

/** Enough to know an error page by. */
const MAX_QUOTED = 200;

/** A new address may need a minute until AWS knows it everywhere. 12 tries, 5 s apart, are one minute. */
const TRIES = 12;
const PAUSE_MILLIS = 5_000;
/** A cold start and CloudFront on the way. */
const REQUEST_MILLIS = 20_000;

export type SmokeOptions = {
  readonly fetch?: Fetch;
  readonly pause?: () => Promise<unknown>;
  /** Called with each probe and what is wrong with it, once it is over. */
  readonly onProbe: (looks: string, fault: string | undefined) => void;
};

/** Whether everything is as it should be. */
export async function smokeTest(
  deployed: Deployed,
  { fetch: given = fetchInTime, pause = () => wait(PAUSE_MILLIS), onProbe }: SmokeOptions,
): Promise<boolean> {
  let isGood = true;
  const probes = PROBES.filter(({ of }) => of === undefined || deployed[of] !== undefined);
  for (const { looks, fault } of probes) {
    const found = await lastFaultOf(() => fault(deployed, given), pause);
    onProbe(looks, found);
    isGood &&= found === undefined;
  }
  return isGood;
}

const fetchInTime: Fetch = (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(REQUEST_MILLIS) });

async function lastFaultOf(look: () => Promise<string | undefined>, pause: () => Promise<unknown>) {
  let fault: string | undefined;
  for (let tried = 0; tried < TRIES; tried += 1) {
    if (tried > 0) await pause();
    fault = await look().catch((error: unknown) => causeOf(error));
    if (fault === undefined) return undefined;
  }
  return fault;
}

/** `fetch` hides the reason behind "fetch failed". */
function causeOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
