/** The programs that people call, and a rehearsal as well: the CDK CLI and the AWS command line. */
import { dirname, join } from 'node:path';
import { call, REPOSITORY } from './call.ts';
import type { MiniStack } from './ministack.ts';

export type Caller = { readonly emulator: MiniStack; readonly log: string; readonly signal: AbortSignal };

/** `aws dynamodb list-tables`, with its answer as a value. Undefined where a call answers nothing. */
export async function aws({ emulator, log, signal }: Caller, ...args: readonly string[]): Promise<unknown> {
  const program = join(emulator.programs, 'aws');
  const env = { ...emulator.environment };
  // The command line does not look for the queues where the environment says.
  const more = ['--endpoint-url', emulator.endpoint, '--output', 'json'];
  const answer = await call({ program, args: [...args, ...more], env, log, signal });
  return answer.trim() === '' ? undefined : JSON.parse(answer);
}

/** `cdk deploy …`, as people call it. */
export async function cdk({ emulator, log, signal }: Caller, ...args: readonly string[]): Promise<string> {
  const cli = join(REPOSITORY, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  const env = { ...emulator.environment, CI: 'true' };
  // Away from cdk.json, because the CLI would synthesize the app that it names even for a bootstrap.
  const cwd = dirname(log);
  return await call({ program: process.execPath, args: [cli, ...args], env, log, signal, cwd });
}
