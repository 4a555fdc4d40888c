import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { describe, expect, it } from 'vitest';
import { STAGES, stageNamed } from '../../infra/stages.ts';

/** The days that CloudWatch Logs keeps a log. CDK passes any other number on, and AWS refuses it late. */
const RETENTIONS = Object.values(RetentionDays).filter((days) => typeof days === 'number');

describe('the stages', () => {
  it.each(STAGES)('the stage $name has a name that every service takes', ({ name }) => {
    expect(name).toMatch(/^[a-z][a-z0-9]{0,11}$/);
    expect(STAGES.filter((one) => one.name === name)).toHaveLength(1);
  });

  it.each(STAGES)('the stage $name keeps its logs for days that CloudWatch knows', (stage) => {
    expect(RETENTIONS).toContain(stage.logRetentionDays);
    expect(RETENTIONS).toContain(stage.accessLogRetentionDays);
  });

  it.each(STAGES)(
    'the stage $name names other front ends as browsers name origins, without a slash at the end',
    (stage) => {
      for (const origin of stage.otherFrontEnds) expect(new URL(origin).origin).toBe(origin);
    },
  );

  it('the name of a stage that does not exist is refused with those that do', () => {
    expect(() => stageNamed('moon')).toThrow('there is no stage "moon" in infra/stages.ts, only dev, prod');
  });
});
