/** The list of our own metrics against the code that writes them. */
import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { NOTHING_DONE } from '../../shared/sweeps/worker.ts';
import { OWN_METRICS, WORKER_OUTCOMES } from '../../tools/cost/metrics.ts';

it('the code writes only the metrics that have a price', () => {
  const sources = globSync(['shared/**/*.ts', 'functions/*.ts'])
    .filter((file) => file !== 'shared/runtime/telemetry.ts')
    .map((file) => readFileSync(file, 'utf8'))
    .filter((text) => text.includes('/telemetry.ts'));
  const names = sources.flatMap((text) =>
    [...text.matchAll(/\b(?:count|countFailure|seconds)\(([^,)]+)/g)].map(([, name = '']) => name.replaceAll('$', '')),
  );
  expect([...new Set(names)].sort()).toEqual([
    "'access-denied'",
    "'events-delayed'",
    "'events-published'",
    "'messages-failed'",
    "'responded'",
    '`{message.sweep}-listed`',
    '`{name}-behind`',
    '`{name}-{outcome}`',
    'problem.slug',
  ]);
});

it('the outcomes of a worker are those of its report, and how far it is behind', () => {
  const { leftOut: _, ...others } = NOTHING_DONE;
  expect([...WORKER_OUTCOMES].sort()).toEqual([...Object.keys(others), 'left-out', 'behind'].sort());
});

it('no metric is listed twice', () => {
  const names = OWN_METRICS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
