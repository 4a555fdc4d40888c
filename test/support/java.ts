import { spawnSync } from 'node:child_process';

/** Java is optional: only DynamoDB Local needs it. */
export const HAS_JAVA = spawnSync('java', ['-version']).status === 0;

/** For the name of a suite that is left out without Java. */
export const NEEDS_JAVA = '(skipped where no Java is installed)';
