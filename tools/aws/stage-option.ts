/** The option of every command that works on a stage on AWS, or else on this machine. */
import { STAGES, type Stage } from '../../infra/stages.ts';
import type { Kind } from '../options.ts';

const stage: Kind<Stage> = {
  wants: STAGES.map(({ name }) => name).join(' or '),
  read: (given) => STAGES.find(({ name }) => name === given),
};

export const STAGE_OPTION = {
  takes: 'STAGE',
  kind: stage,
  does: 'works on this stage on AWS, as the AWS profile of your shell. Without it, on this machine',
} as const;
