/** Takes the data out of a response of the API: `answered(await api.GET(…))`. */
import { problemIn, RefusedError } from './problem.ts';

type Reply<Data> = { readonly data?: Data; readonly error?: unknown; readonly response: Response };

/** Throws a RefusedError if the response is a problem. */
export function answered<Data>({ data, error, response }: Reply<Data>): NonNullable<Data> {
  if (!response.ok) throw new RefusedError(problemIn(response.status, error));
  // A response without a body has no data, and its callers read none.
  return data as NonNullable<Data>;
}
