/** Ends every child process with this process, however this one ends. */
import { type ChildProcess, spawn } from 'node:child_process';

/**
 * The listener kills the child on a normal end and after an uncaught error. It does not run when this process is killed.
 * Then the guard, a shell of a megabyte, sees the end of its input and kills the child. Without a shell (Windows), there is
 * only the listener.
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
