/** The endpoints that take a parameter. Their rows follow from it, so a new endpoint needs none of its own for these. */
import { takesQuery } from '../../shared/contract/endpoint.ts';
import { ENDPOINTS, type EndpointName, type NamedEndpoint } from '../../shared/contract/endpoints.ts';

const namesOf = (endpoints: readonly NamedEndpoint[]): EndpointName[] => endpoints.map(({ name }) => name);

export const withPathOf = (parameter: string): EndpointName[] =>
  namesOf(ENDPOINTS.filter(({ path }) => path.includes(`{${parameter}}`)));

export const withQueryOf = (parameter: string): EndpointName[] =>
  namesOf(ENDPOINTS.filter((endpoint) => takesQuery(endpoint.request, parameter)));

/** One member's books, or one InMail. Another member's thing has the same response as a missing one. */
export const PERSONAL: readonly EndpointName[] = namesOf(
  ENDPOINTS.filter(({ access, path }) => access === 'books' || path.includes('{inmailId}')),
);
