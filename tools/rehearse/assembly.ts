/** Cloud assemblies: what `cdk synth` writes, in a copy that MiniStack can deploy. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalFailure } from '../../local/failure.ts';
import { adaptTemplate, type Template } from './adapt-template.ts';
import { call, REPOSITORY, surroundings } from './call.ts';
import type { MiniStack } from './ministack.ts';

export type Synthesis = { readonly folder: string; readonly log: string; readonly signal: AbortSignal };

const TSX = join('node_modules', 'tsx', 'dist', 'cli.mjs');

/** The stacks of all stages, as the sources are now. The page must be built. */
export async function synthesizeAll({ folder, ...rest }: Synthesis): Promise<void> {
  const args = [TSX, join('tools', 'rehearse', 'stacks.ts')];
  await call({ program: process.execPath, args, env: { ...surroundings(), CDK_OUTDIR: folder }, ...rest });
}

export type OldSynthesis = Synthesis & {
  readonly commit: string;
  readonly stage: string;
  /** A folder for the sources of the commit. */
  readonly sources: string;
};

/** The stacks of one stage, as the sources were at a commit. Throws a LocalFailure where git does not give them. */
export async function synthesizeOld({ commit, stage, sources, folder, ...rest }: OldSynthesis): Promise<void> {
  extract(commit, sources);
  // The packages and the page of today do, because only the old stacks and functions matter.
  symlinkSync(join(REPOSITORY, 'node_modules'), join(sources, 'node_modules'));
  symlinkSync(join(REPOSITORY, 'web', 'dist'), join(sources, 'web', 'dist'));
  const context = JSON.stringify({ ...JSON.parse(readFileSync(join(sources, 'cdk.json'), 'utf8')).context, stage });
  const env = { ...surroundings(), CDK_OUTDIR: folder, CDK_CONTEXT_JSON: context };
  await call({ program: process.execPath, args: [TSX, join('infra', 'app.ts')], env, cwd: sources, ...rest });
}

/** Whether git has the commit. A shallow clone and an archive have not. */
export function holdsCommit(commit: string): boolean {
  try {
    execFileSync('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: REPOSITORY, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function extract(commit: string, into: string): void {
  const archive = `${into}.tar`;
  try {
    execFileSync('git', ['archive', '--output', archive, commit], { cwd: REPOSITORY, stdio: 'pipe' });
    execFileSync('tar', ['-xf', archive, `--one-top-level=${into}`], { stdio: 'pipe' });
  } catch (error) {
    throw new LocalFailure(`commit ${commit} cannot be taken out of git: ${(error as Error).message}`);
  }
}

const AWS_CLI = '/opt/awscli/aws';

/** Changes an assembly in place, for MiniStack. */
export function adaptAssembly(folder: string, { programs }: Pick<MiniStack, 'programs'>): void {
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.template.json')) rewriteTemplate(folder, name, adaptTemplate);
    // CDK's function calls the AWS command line out of a layer of 60 MB. MiniStack does not mount layers where AWS does.
    if (name.endsWith('.zip')) writeFileSync(join(folder, name), EMPTY_ZIP);
    const source = join(folder, name, 'index.py');
    if (existsSync(source)) useInstalledCli(folder, source, programs);
  }
}

/** The 22 bytes that end a zip file, with no entry before them. */
const EMPTY_ZIP = Buffer.concat([Buffer.from('PK\x05\x06'), Buffer.alloc(18)]);

/**
 * The function names a file of certificates that only Lambda's own machines have. The progress of the command line would end
 * up among the function's answers.
 */
function useInstalledCli(folder: string, source: string, programs: string): void {
  const quiet = join(folder, 'aws');
  const script = ['#!/bin/sh', `AWS_CA_BUNDLE="$SSL_CERT_FILE" exec '${join(programs, 'aws')}' "$@" >/dev/null`, ''];
  writeFileSync(quiet, script.join('\n'));
  chmodSync(quiet, 0o755);
  writeFileSync(source, readFileSync(source, 'utf8').replace(AWS_CLI, quiet));
}

/** The name of a template in the bucket is its hash. Without a new one, the CLI would not upload a changed template. */
export function rewriteTemplate(folder: string, name: string, change: (template: Template) => Template): void {
  const path = join(folder, name);
  const text = JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8'))));
  writeFileSync(path, text);
  const stack = name.replace('.template.json', '');
  const assets = readFileSync(join(folder, `${stack}.assets.json`), 'utf8');
  const { files } = JSON.parse(assets) as { files: Record<string, { source: { path: string } }> };
  const [before] = Object.entries(files).find(([, { source }]) => source.path === name) ?? [];
  if (before === undefined) throw new Error(`${folder}: no asset is ${name}`);
  const after = createHash('sha256').update(text).digest('hex');
  for (const file of [`${stack}.assets.json`, 'manifest.json']) {
    const content = readFileSync(join(folder, file), 'utf8');
    writeFileSync(join(folder, file), content.replaceAll(before, after));
  }
}
