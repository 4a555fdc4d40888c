/** Gives the exchanges of the story their places in the document. */

import type { EndpointName } from '../../shared/contract/endpoints.ts';
import { STORY } from '../../shared/contract/examples/story.ts';

type Examples = { readonly examples?: Record<string, { readonly summary: string; readonly value: unknown }> };

/** Only bodies that were accepted, because a refused one is an example of no request. */
export const requestExamples = (endpoint: EndpointName): Examples =>
  examplesOf(
    STORY.filter((one) => one.endpoint === endpoint && one.response.status < 300 && one.body !== undefined).map(
      ({ shows, body }) => ({ shows, value: body }),
    ),
  );

/** Without `endpoint`, those of all endpoints. */
export const responseExamples = (where: {
  readonly endpoint: EndpointName | undefined;
  readonly status: number;
  readonly contentType: string;
}): Examples =>
  examplesOf(
    STORY.filter(
      ({ endpoint, response }) =>
        (where.endpoint ?? endpoint) === endpoint &&
        response.status === where.status &&
        response.contentType === where.contentType,
    ).map(({ shows, response }) => ({ shows, value: response.body })),
  );

/** The key is left out where there are none, because an empty list would mislead. */
function examplesOf(found: readonly { readonly shows: string | undefined; readonly value: unknown }[]): Examples {
  const named = found.flatMap(({ shows, value }) =>
    shows === undefined ? [] : [[nameOf(shows), { summary: shows, value }] as const],
  );
  return named.length > 0 ? { examples: Object.fromEntries(named) } : {};
}

/** `A first InMail` becomes `a-first-inmail`, because names in the document have no spaces. */
const nameOf = (shows: string): string => shows.toLowerCase().replaceAll(/[^a-z]+/g, '-');
