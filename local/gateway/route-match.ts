/** Which row of the route table a request is for. */
import { ROUTES, type Route, type RouteName } from '../../shared/contract/routes.ts';
import { decode } from './percent-encoding.ts';

export type MatchedRoute = {
  readonly route: Route & { readonly name: RouteName };
  /** Decoded: `%2F` within a parameter is a slash, and separates nothing. */
  readonly pathParameters: Readonly<Record<string, string>>;
};

/** Undefined for an unknown path and for a method the path does not take: API Gateway answers 404 to both. */
export function matchRoute(method: string, path: string): MatchedRoute | undefined {
  const segments = path.split('/');
  const route = ROUTES.find((row) => row.method === method && fits(row.path.split('/'), segments));
  if (!route) return undefined;
  const parameters = route.path.split('/').flatMap((name, index): [string, string][] => {
    return isParameter(name) ? [[name.slice(1, -1), decode(segments[index] ?? '')]] : [];
  });
  return { route, pathParameters: Object.fromEntries(parameters) };
}

const isParameter = (name: string): boolean => name.startsWith('{');

/** A parameter is one whole segment, and never empty. */
function fits(names: readonly string[], segments: readonly string[]): boolean {
  return (
    names.length === segments.length &&
    names.every((name, index) => (isParameter(name) ? segments[index] !== '' : name === segments[index]))
  );
}
