/**
 * Lighthouse as a command that npm fetches when it is needed. Its 110 packages have no place in a lock file, because one of
 * them depends on the latest release of another.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { LocalFailure } from '../../local/failure.ts';

export const PACKAGE = 'lighthouse@13.5.0';
const run = promisify(execFile);

/** Less than npm's own patience with a registry that does not respond. */
const LOOK_TIMEOUT_MILLIS = 60_000;

/** Whether npm has it already, because a test fetches nothing. */
export async function hasLighthouse(): Promise<boolean> {
  return command(['--version'], ['--offline']).then(
    () => true,
    () => false,
  );
}

/** Throws a LocalFailure where it is missing and cannot be fetched. */
export async function fetchLighthouse(): Promise<void> {
  await command(['--version'], []).catch((error: Error) => {
    throw new LocalFailure(`npm cannot fetch ${PACKAGE}: ${error.message.split('\n', 2).join(': ')}`);
  });
}

const command = (args: readonly string[], npmArgs: readonly string[], timeout = LOOK_TIMEOUT_MILLIS) =>
  run('npm', ['exec', '--yes', '--prefer-offline', ...npmArgs, `--package=${PACKAGE}`, '--', 'lighthouse', ...args], {
    timeout,
  });

/** The part of its result that we look at. */
const resultSchema = z.object({
  runtimeError: z.object({ message: z.string() }).optional(),
  audits: z.record(
    z.string(),
    z.object({ score: z.number().nullable(), displayValue: z.string().optional(), details: z.unknown().optional() }),
  ),
  categories: z.record(
    z.string(),
    z.object({
      score: z.number().nullable(),
      auditRefs: z.array(z.object({ id: z.string(), weight: z.number() })),
    }),
  ),
});

export type LighthouseResult = z.infer<typeof resultSchema> & { readonly report: string };

/** A load of a page on a slow line takes it some ten seconds, and all categories twice that. */
const RUN_TIMEOUT_MILLIS = 180_000;

/** Its result, and its whole report as a page. Throws an Error with its own words where there is none. */
export async function runLighthouse(url: string, args: readonly string[]): Promise<LighthouseResult> {
  const folder = mkdtempSync(join(tmpdir(), 'inmail-credits-report-'));
  try {
    const output = ['--output=json', '--output=html', `--output-path=${join(folder, 'it')}`];
    await command([url, ...args, ...output, '--quiet', '--no-enable-error-reporting'], [], RUN_TIMEOUT_MILLIS);
    const result = resultSchema.parse(JSON.parse(readFileSync(join(folder, 'it.report.json'), 'utf8')));
    return { ...result, report: readFileSync(join(folder, 'it.report.html'), 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
