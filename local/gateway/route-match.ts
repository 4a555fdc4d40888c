/** Finds the endpoint of a request. */
import { ENDPOINTS, type NamedEndpoint } from '../../shared/contract/endpoints.ts';
import { decode } from './percent-encoding.ts';

export type MatchedRoute = {
  readonly endpoint: NamedEndpoint;
  /** The values are decoded. `%2F` within a parameter is a slash that separates nothing. */
  readonly pathParameters: Readonly<Record<string, string>>;
};

/** Undefined for an unknown path and for an unknown method, because API Gateway responds with 404 to both. */
export function matchRoute(method: string, path: string): MatchedRoute | undefined {
  const segments = path.split('/');
  const endpoint = ENDPOINTS.find((one) => one.method === method && fits(one.path.split('/'), segments));
  if (!endpoint) return undefined;
  const parameters = endpoint.path.split('/').flatMap((name, index): [string, string][] => {
    return isParameter(name) ? [[name.slice(1, -1), decode(segments[index] ?? '')]] : [];
  });
  return { endpoint, pathParameters: Object.fromEntries(parameters) };
}

const isParameter = (name: string): boolean => name.startsWith('{');

/** A parameter is one whole segment, and never empty. */
function fits(names: readonly string[], segments: readonly string[]): boolean {
  return (
    names.length === segments.length &&
    names.every((name, index) => (isParameter(name) ? segments[index] !== '' : name === segments[index]))
  );
}
