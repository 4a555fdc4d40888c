/** Where the exchanges of the story stand in the document. */

import type { EndpointName } from '../../shared/contract/endpoints.ts';
import { STORY } from '../../shared/contract/examples/story.ts';

type Examples = { readonly examples?: Record<string, { readonly summary: string; readonly value: unknown }> };

/** The bodies that were taken: a wrong one would be an example of nothing but itself. */
export const requestExamples = (endpoint: EndpointName): Examples =>
  examplesOf(
    STORY.filter((one) => one.endpoint === endpoint && one.answer.status < 300 && one.body !== undefined).map(
      ({ shows, body }) => ({ shows, value: body }),
    ),
  );

/** Without `endpoint`, of any. */
export const responseExamples = (where: {
  readonly endpoint: EndpointName | undefined;
  readonly status: number;
  readonly contentType: string;
}): Examples =>
  examplesOf(
    STORY.filter(
      ({ endpoint, answer }) =>
        (where.endpoint ?? endpoint) === endpoint &&
        answer.status === where.status &&
        answer.contentType === where.contentType,
    ).map(({ shows, answer }) => ({ shows, value: answer.body })),
  );

/** None at all where there are none: an empty list says less than nothing. */
function examplesOf(found: readonly { readonly shows: string | undefined; readonly value: unknown }[]): Examples {
  const named = found.flatMap(({ shows, value }) =>
    shows === undefined ? [] : [[nameOf(shows), { summary: shows, value }] as const],
  );
  return named.length > 0 ? { examples: Object.fromEntries(named) } : {};
}

/** `A first InMail` → `a-first-inmail`: the document's names know no spaces. */
const nameOf = (shows: string): string => shows.toLowerCase().replaceAll(/[^a-z]+/g, '-');
