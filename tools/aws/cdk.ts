/** Runs the CDK CLI of this repository, so that a machine needs no other and the lock file says which one it is. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Stage } from '../../infra/stages.ts';
import { LocalFailure } from '../../local/failure.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

export type RunCdk = (args: readonly string[]) => Promise<void>;

/** Its output goes to the terminal. Throws a LocalFailure if it fails, and its own words stand above. */
export const cdkOf =
  ({ region }: Pick<Stage, 'region'>): RunCdk =>
  async (args) => {
    const cli = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin', 'cdk');
    const child = spawn(process.execPath, [cli, ...args], {
      cwd: repository,
      env: {
        ...process.env,
        // `cdk.json` starts the app by the name tsx.
        PATH: `${join(repository, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`,
        ...(region !== undefined && { AWS_REGION: region }),
      },
      stdio: 'inherit',
    });
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new LocalFailure(`cdk ${args[0]} failed (${code ?? 'it was stopped'}): see its words above`);
  };
