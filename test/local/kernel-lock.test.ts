import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { LockBusyError, takeLock } from '../../local/kernel-lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'inmail-credits-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a lock', () => {
  it('a lock has one holder until it is let go', () => {
    const file = join(folder, 'one');
    const release = takeLock(file);
    expect(() => takeLock(file)).toThrow(LockBusyError);
    release();
    takeLock(file)();
  });

  it('a process can wait for a lock', async () => {
    const file = join(folder, 'two');
    const release = takeLock(file);
    // It is another process, because a waiting process does nothing else.
    const code = `import('./local/kernel-lock.ts').then(({ takeLock }) => takeLock(${JSON.stringify(file)}, 60_000)())`;
    const waiting = promisify(execFile)(join('node_modules', '.bin', 'tsx'), ['-e', code]);
    const first = await Promise.race([
      waiting.then(() => 'it'),
      new Promise((holder) => setTimeout(holder, 500, 'us')),
    ]);
    expect(first).toBe('us');
    release();
    await expect(waiting).resolves.toMatchObject({ stderr: '' });
  });

  it('a lock that cannot be written is reported', () => {
    expect(() => takeLock(join(folder, 'nowhere', 'lock'))).toThrow(/unable to open/);
  });
});
