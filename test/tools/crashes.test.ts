import { describe, expect, it } from 'vitest';
import { brokenPromises } from '../../tools/check-crashes/promises.ts';
import { inmail } from '../support/books.ts';
import { runCommand } from '../support/command.ts';

describe('the promises of responses', () => {
  const { inmailId } = inmail();
  it.each([
    ['an InMail that is there', [inmail()], false, []],
    ['an InMail that is lost', [], false, [`${inmailId} was acknowledged, and is lost`]],
    ['an answer that is lost', [inmail()], true, [`the response to ${inmailId} was acknowledged, and is lost`]],
  ])('a promise is compared with the books: %s', (_, inmails, answered, faults) => {
    expect(brokenPromises([{ inmailId, answered }], { inmails })).toEqual(faults);
  });
});

it('a load that achieved nothing has proved nothing', () => {
  expect(brokenPromises([], { inmails: [inmail()] })).toEqual(['nothing was acknowledged, so nothing was tried']);
});

describe('npm run check:crashes', () => {
  it('a system that is killed twice under load loses nothing that it acknowledged', async () => {
    const { code, out, err } = await runCommand('check-crashes/main', ['--kills', '2'], {}).ended;
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/: 2 kills, \d+ acknowledged writes, \d+ entries, none lost, audit clean\n$/);
  });
});
