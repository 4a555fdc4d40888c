/** The one reader of a Lambda's environment. */

export type Variables = Readonly<Record<string, string | undefined>>;

/** The variables by their names. Throws an error that names every missing or empty one. */
export function readEnvironment<const Name extends string>(
  names: readonly Name[],
  variables: Variables,
): Readonly<Record<Name, string>> {
  const missing = names.filter((name) => !variables[name]);
  if (missing.length > 0) throw new Error(`environment: ${missing.join(', ')} missing`);
  return Object.fromEntries(names.map((name) => [name, variables[name]])) as Record<Name, string>;
}
