import { describe, expect, it } from 'vitest';
import { STAGES } from '../../infra/stages.ts';
import { STEPS } from '../../tools/rehearse/steps.ts';

describe('the steps of the rehearsal', () => {
  it('no two steps have the same name, and each finding of a step is named once', () => {
    expect(new Set(STEPS.map(({ name }) => name)).size).toBe(STEPS.length);
    for (const { name, proves } of STEPS) expect([name, new Set(proves).size]).toEqual([name, proves.length]);
  });

  it.each(STAGES)('$name is deployed once, before everything that happens to it', ({ name }) => {
    const own = STEPS.filter((step) => step.name.startsWith(`${name}: `));
    const deployed = own.findIndex((step) => step.name.includes('deploys all stacks'));
    const played = own.findIndex((step) => step.name.includes('play the story'));
    expect(deployed).toBeGreaterThanOrEqual(0);
    expect(played).toBeGreaterThan(deployed);
  });

  it('the last step leaves nothing behind', () => {
    expect(STEPS.at(-1)?.name).toMatch(/nothing behind$/);
  });
});
