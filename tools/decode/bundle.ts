/** A function's bundle and its source map, which tells where every place in the bundle comes from. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { PERMISSIONS } from '../../infra/lambda/permissions.ts';
import { LocalFailure } from '../../local/failure.ts';
import { pascalCaseOf } from '../../shared/contract/pascal-case.ts';

/** Lines and columns count from 1, as in a stack trace. */
type Place = { readonly line: number; readonly column: number };

/** `isExact` is false if nothing begins at the place. A place of a stack trace always does, in its own bundle. */
type Origin = Place & { readonly file: string; readonly name: string | undefined; readonly isExact: boolean };

export type Bundle = {
  readonly folder: string;
  readonly originOf: (place: Place) => Origin | undefined;
  /** The name that a short name of the bundle had in its source. Undefined if it is not defined as a function. */
  readonly nameOf: (short: string) => string | undefined;
};

/** Node gives a name as well, and its types do not say so. */
type Named = { readonly name?: string };

export type FindBundle = (functionName: string) => Bundle;

/** Throws a LocalFailure if the folder has no bundle or no map. */
export function openBundle(folder: string): Bundle {
  const [code, map] = ['index.js', 'index.js.map'].map((file) => read(folder, file)) as [string, string];
  const sourceMap = new SourceMap(JSON.parse(map));
  const originOf = ({ line, column }: Place): Origin | undefined => {
    const entry = sourceMap.findEntry(line - 1, column - 1);
    if (!('originalSource' in entry)) return undefined;
    return {
      file: fileOf(entry.originalSource),
      line: entry.originalLine + 1,
      column: entry.originalColumn + 1,
      name: (entry as Named).name,
      isExact: entry.generatedLine === line - 1 && entry.generatedColumn === column - 1,
    };
  };
  return { folder, originOf, nameOf: (short) => nameIn(code, short, originOf) };
}

function read(folder: string, file: string): string {
  const path = join(folder, file);
  if (!existsSync(path)) throw new LocalFailure(`${path} is missing: a bundle is index.js with index.js.map beside it`);
  return readFileSync(path, 'utf8');
}

/** From the root of the repository on. The map names it from a folder that CDK has bundled in. */
const fileOf = (source: string): string =>
  /(?:functions|shared|node_modules)\/.*$/.exec(source)?.[0] ?? source.replace(/^(?:\.\.\/)+/, '');

/**
 * The bundler writes a function as `function x(` or `x=`. A name that is defined more than once belongs to inner scopes, so it
 * stays as it is.
 */
function nameIn(code: string, short: string, originOf: Bundle['originOf']): string | undefined {
  const name = short.replaceAll('$', '\\$');
  const definition = new RegExp(
    `(?:function\\*? |(?<=[,; {(]))${name}(?=\\(|=(?:async[ (]|function|\\(|[\\w$]+=>))`,
    'g',
  );
  const [found, another] = code.matchAll(definition);
  if (!found || another) return undefined;
  const before = code.slice(0, found.index + found[0].length - short.length);
  const place = { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
  const origin = originOf(place);
  return origin?.isExact ? origin.name : undefined;
}

const FUNCTION_NAMES = Object.keys(PERMISSIONS);

/** `inmail-credits-dev-send-inmail` is `send-inmail`. Throws a LocalFailure for a function that is none of ours. */
export function plainNameOf(functionName: string): string {
  const found = FUNCTION_NAMES.find((name) => functionName === name || functionName.endsWith(`-${name}`));
  if (found) return found;
  throw new LocalFailure(`${functionName} is no function of ours (there are ${FUNCTION_NAMES.join(', ')})`);
}

/** Finds the bundle of a function in the output of `npm run synth`. */
export function bundlesIn(output: string): FindBundle {
  const opened = new Map<string, Bundle>();
  return (functionName) => {
    const name = plainNameOf(functionName);
    const bundle = opened.get(name) ?? openBundle(join(output, assetOf(output, name)));
    opened.set(name, bundle);
    return bundle;
  };
}

type Template = {
  readonly Resources?: Readonly<Record<string, { readonly Metadata?: Readonly<Record<string, string>> }>>;
};

function assetOf(output: string, name: string): string {
  const templates = existsSync(output) ? readdirSync(output).filter((file) => file.endsWith('.template.json')) : [];
  for (const file of templates) {
    const { Resources = {} } = JSON.parse(readFileSync(join(output, file), 'utf8')) as Template;
    for (const { Metadata = {} } of Object.values(Resources)) {
      const asset = Metadata['aws:asset:path'];
      if (asset && Metadata['aws:cdk:path']?.endsWith(`/${pascalCaseOf(name)}/Resource`)) return asset;
    }
  }
  throw new LocalFailure(
    `${output} has no bundle of ${name}: check out the commit that is deployed, and run npm run synth`,
  );
}
