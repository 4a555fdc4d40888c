/** Every bundle of a stage in a process of its own, on local services. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { type BundledFunction, bundledFunctions, synthesizeWithBundles, templatesOf } from '../../infra/assembly.ts';
import type { FunctionName } from '../../infra/lambda/permissions.ts';
import { DEFAULT_STAGE, stageNamed } from '../../infra/stages.ts';
import { type FunctionProcess, startFunction } from './function-process.ts';
import type { Outcome } from './lambda-runtime.ts';
import { resolve } from './references.ts';
import { openServices, type Services } from './services.ts';

export type World = AsyncDisposable &
  Services & {
    readonly functions: readonly BundledFunction[];
    /** Starts the function's process at its first call. */
    readonly invoke: (name: FunctionName, event: unknown) => Promise<Outcome>;
    readonly logOf: (name: FunctionName) => string;
    /** The variables of its template that the function has not read by then. */
    readonly unreadBy: (name: FunctionName, outcome: Outcome) => string[];
  };

const STAGE = stageNamed(DEFAULT_STAGE);

export async function openWorld(): Promise<World> {
  await using cleanup = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'inmail-credits-artifact-'));
  cleanup.defer(() => rmSync(folder, { recursive: true }));
  const { functions, templates } = synthesize(join(folder, 'cdk.out'));
  const services = cleanup.use(await openServices(STAGE));
  const named = (name: FunctionName): BundledFunction => {
    const found = functions.find((one) => one.name === name);
    if (!found) throw new Error(`no stack has the function ${name}`);
    return found;
  };
  const start = (bundled: BundledFunction): FunctionProcess => {
    const { properties, template } = bundled;
    const variables = Object.entries(properties.Environment.Variables).map(([name, value]) => [
      name,
      resolve(value, template, templates, services.refTo),
    ]);
    const { surroundings } = services;
    return startFunction({ bundled, folder, variables: Object.fromEntries(variables), surroundings });
  };
  const processes = new Map<FunctionName, FunctionProcess>();
  cleanup.defer(async () => {
    await Promise.all([...processes.values()].map(({ stop }) => stop()));
  });
  const processOf = (name: FunctionName): FunctionProcess => {
    const process = processes.get(name) ?? start(named(name));
    processes.set(name, process);
    return process;
  };
  const opened = cleanup.move();
  return {
    ...services,
    functions,
    invoke: (name, event) => processOf(name).invoke(event),
    logOf: (name) => processOf(name).log(),
    unreadBy: (name, { read }) =>
      Object.keys(named(name).properties.Environment.Variables).filter((variable) => !read.includes(variable)),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** CDK tells of each bundle on stderr. */
function synthesize(outdir: string) {
  const quiet = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const assembly = synthesizeWithBundles(outdir, STAGE);
    return { functions: bundledFunctions(assembly, STAGE), templates: templatesOf(assembly) };
  } finally {
    quiet.mockRestore();
  }
}
