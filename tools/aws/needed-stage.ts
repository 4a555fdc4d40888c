/** The option of every command that works on AWS alone. */
import { STAGE_OPTION } from './stage-option.ts';

export const NEEDED_STAGE = {
  takes: 'STAGE',
  kind: STAGE_OPTION.kind,
  needed: true,
  does: 'works on this stage, as the AWS profile of your shell',
} as const;
