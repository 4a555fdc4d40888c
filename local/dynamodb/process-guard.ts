/** Nothing we start outlives us, however we end. */
import { type ChildProcess, spawn } from 'node:child_process';

/**
 * On a normal end, an uncaught error included, the listener kills the child. No listener runs when we are killed
 * ourselves: then the guard, a shell of a megabyte, sees its input end and does it. Without a shell (Windows) only the
 * listener holds.
 */
export function endWithUs(child: ChildProcess): void {
  if (child.pid === undefined) return;
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const guard = spawn('sh', ['-c', 'read -r _; kill -9 "$0"', String(child.pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.once('error', () => {});
  guard.unref();
  (guard.stdin as unknown as { unref(): void }).unref();
  child.once('exit', () => {
    process.off('exit', kill);
    guard.kill('SIGKILL');
  });
}
