/** What the API answered: `answered(await api.GET(…))`. */
import { problemIn, RefusedError } from './problem.ts';

type Reply<Data> = { readonly data?: Data; readonly error?: unknown; readonly response: Response };

/** Throws a RefusedError where it answered with a problem. */
export function answered<Data>({ data, error, response }: Reply<Data>): NonNullable<Data> {
  if (!response.ok) throw new RefusedError(problemIn(response.status, error));
  // Of an answer without a body nobody reads the data.
  return data as NonNullable<Data>;
}
