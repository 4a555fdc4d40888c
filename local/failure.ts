/** A fault that the user can put right. It is shown in one line without a stack. */
export class LocalFailure extends Error {
  override readonly name = 'LocalFailure';
}

/** The code of a failed system call, for example `EACCES` or `EADDRINUSE`. */
export const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException | undefined)?.code ?? 'unknown';
