/** OpenAPI's runtime expressions for the parameters of a next call. */

/** In the path of this call, under the same names. */
export const fromPath = (...names: string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, `$request.path.${name}`]));

/** The cursor of the next page of results. */
export const nextPage = { cursor: '$response.body#/nextCursor' };
