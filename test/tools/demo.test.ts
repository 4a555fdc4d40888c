/** The story of `npm run demo` by itself; that the system agrees with it shows each time it is played. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../shared/domain/plans.ts';
import type { Act } from '../../tools/demo/acts.ts';
import { DAYS_OF_STORY } from '../../tools/demo/campaigns.ts';
import { PEOPLE, story } from '../../tools/demo/story.ts';

const scenes = story();
const acts = scenes.flatMap((scene) => scene.acts);
const pairOf = ({ from, to }: { from: string; to: string }) => `${from} to ${to}`;

describe('the story of the demo', () => {
  it('the story goes forward in time, for a year', () => {
    const days = scenes.map(({ day }) => day);
    expect(days).toEqual([...new Set(days)].toSorted((one, other) => one - other));
    expect(days[0]).toBe(0);
    expect(days.at(-1)).toBeLessThan(DAYS_OF_STORY);
  });

  it('the story has a member of every plan of the catalogue', () => {
    const plans = acts.flatMap((act) => (act.do === 'subscribe' ? [act.plan] : []));
    expect([...new Set(plans)].sort()).toEqual([...CATALOGUE.keys()].sort());
  });

  it('the story writes to no member who still owes a response (R9), and answers no InMail twice (R12)', () => {
    const open = new Set<string>();
    for (const act of acts) {
      if (act.do === 'send') {
        expect(open).not.toContain(pairOf(act));
        open.add(pairOf(act));
      }
      if (act.do === 'respond') expect(open.delete(pairOf(act))).toBe(true);
    }
    expect(open.size).toBeGreaterThan(0);
  });

  it('the story has every kind of response, and every fate of a credit', () => {
    const responses = acts.flatMap((act) => (act.do === 'respond' ? [act] : []));
    expect(new Set(responses.map(({ response }) => response.type))).toEqual(
      new Set(['accept', 'decline', 'reply', 'quick-reply']),
    );
    const fates = responses.flatMap(({ credit }) => credit ?? []);
    expect(new Set(fates)).toEqual(new Set(['returned', 'late', 'term-ended', 'at-cap']));
  });

  it('the members to sign in as all do something in the story', () => {
    const doers = new Set(acts.flatMap(whoIn));
    for (const [memberId] of PEOPLE) expect(doers).toContain(memberId);
  });
});

function whoIn(act: Act): string[] {
  return 'memberId' in act ? [act.memberId] : [act.from, act.to];
}

describe('npm run demo', () => {
  it('the demo leaves a folder alone that holds anything, and names it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'demo-'));
    writeFileSync(join(folder, 'clock.json'), '{}');
    try {
      const env = { ...process.env, DATA_DIR: folder };
      const tsx = join('node_modules', '.bin', 'tsx');
      const failure = await promisify(execFile)(tsx, ['tools/demo/main.ts'], { env }).catch((error) => error);
      expect(failure).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(`demo: ${folder} holds books already`),
      });
      expect(readdirSync(folder)).toEqual(['clock.json']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
