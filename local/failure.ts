/** Something the person at the keyboard can put right: said in one line, and no stack. */
export class LocalFailure extends Error {
  override readonly name = 'LocalFailure';
}

/** What a system call says went wrong: `EACCES`, `EADDRINUSE`. */
export const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException | undefined)?.code ?? 'unknown';
