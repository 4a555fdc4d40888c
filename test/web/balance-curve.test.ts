import { describe, expect, it } from 'vitest';
import { instant } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { type Curve, curveOf, type Step } from '../../web/ledger/balance-curve.ts';
import { seriesOf } from '../../web/parts/plot/series.ts';
import { World } from '../domain/world.ts';

/** As the statement shows it at `now`: with the renewals due, whether or not they are written (R6). */
function curveIn(world: World, now: string, until = now): Curve {
  world.at(now).renew('ada#premium');
  const curve = curveOf(world.books().entries.toReversed(), { now: instant(now), until: instant(until) }, RULES);
  if (!curve) throw new Error('no curve');
  return curve;
}

const brief = ({ at, balance, marks }: Step) => [at.slice(0, 10), balance, ...marks];

/** Career, from 31 January on. */
const subscribed = () => {
  const world = new World();
  world.at('2024-01-31T15:00Z').subscribe('ada', 'premium-career');
  return world;
};

describe('the balance over time', () => {
  it('the curve follows the ledger until now, and the rules after it', () => {
    const { past, future } = curveIn(subscribed(), '2024-03-01T00:00Z', '2024-05-31T00:00Z');
    expect(past.map(brief)).toEqual([
      ['2024-01-31', 5, 'renewal'],
      ['2024-02-29', 10, 'renewal'],
    ]);
    expect(future.map(brief)).toEqual([
      ['2024-03-31', 15, 'renewal'],
      ['2024-04-30', 15, 'loss'],
      ['2024-05-31', 15, 'loss'],
    ]);
  });

  it('the curve marks a credit that comes back, and not the send that spent it', () => {
    const world = subscribed();
    world.at('2024-02-01T10:00Z').send({ from: 'ada', to: 'bob' });
    world.at('2024-02-02T10:00Z').respond('ada~bob~000001');
    expect(curveIn(world, '2024-02-03T00:00Z').past.slice(1).map(brief)).toEqual([
      ['2024-02-01', 4],
      ['2024-02-02', 5, 'return'],
    ]);
  });

  it('the curve marks a credit as lost if it comes back to a full wallet', () => {
    const world = subscribed();
    world.at('2024-03-30T10:00Z').send({ from: 'ada', to: 'bob' });
    world.at('2024-04-01T10:00Z').respond('ada~bob~000001');
    expect(curveIn(world, '2024-04-02T00:00Z').past.map(brief).slice(-2)).toEqual([
      ['2024-03-31', 14, 'renewal'],
      ['2024-04-01', 15, 'return'],
    ]);
    world.at('2024-04-03T10:00Z').send({ from: 'ada', to: 'bob' });
    world.at('2024-05-02T10:00Z').respond('ada~bob~000002');
    expect(curveIn(world, '2024-05-03T00:00Z').past.map(brief).slice(-2)).toEqual([
      ['2024-04-30', 15, 'renewal', 'loss'],
      ['2024-05-02', 15, 'loss'],
    ]);
  });

  it('the curve marks the credit of an unanswered InMail as lost after 90 days, and ahead of that as well (R16)', () => {
    const world = subscribed();
    world.at('2024-02-01T10:00Z').send({ from: 'ada', to: 'bob' });
    const ahead = curveIn(world, '2024-04-29T00:00Z', '2024-05-02T00:00Z').future.map(brief);
    expect(ahead).toContainEqual(['2024-05-01', 15, 'loss']);
    const { past } = curveIn(world, '2024-05-02T00:00Z');
    expect(past.at(-1)).toMatchObject({
      at: '2024-05-01T10:00:00.000Z',
      sentence: 'The 90 days ended, so the credit of the InMail to bob can no longer come back.',
    });
  });

  it('the curve marks credits as lost at a change of plan, also those of pending InMails (R10, R13)', () => {
    const world = subscribed();
    world.at('2024-02-01T10:00Z').send({ from: 'ada', to: 'bob' });
    world.at('2024-02-10T10:00Z').subscribe('ada', 'premium-business');
    const { past } = curveIn(world, '2024-02-11T00:00Z');
    expect(past.map(brief).slice(-2)).toEqual([
      ['2024-02-10', 15, 'renewal', 'loss'],
      ['2024-02-10', 15, 'loss'],
    ]);
    expect(past.at(-1)?.sentence).toMatch(/^The plan that paid ended/);
  });

  it('the curve ends with a cancellation', () => {
    const world = subscribed();
    world.at('2024-02-10T10:00Z').cancel('ada', 'premium');
    const { past, future } = curveIn(world, '2024-02-11T00:00Z', '2024-12-31T00:00Z');
    expect(past.map(brief).at(-1)).toEqual(['2024-02-10', 0, 'loss']);
    expect(future).toEqual([]);
  });

  it('a wallet without a ledger has no curve', () => {
    const now = instant('2024-02-11T00:00Z');
    expect(curveOf([], { now, until: now }, RULES)).toBeUndefined();
  });
});

describe('the columns that are plotted', () => {
  it('past and future of a plot meet at now, with one value for every instant', () => {
    const world = subscribed();
    world.at('2024-02-10T10:00Z').send({ from: 'ada', to: 'bob' });
    world.send({ from: 'ada', to: 'cyd' });
    const { x, past, future } = seriesOf(curveIn(world, '2024-02-20T00:00Z', '2024-03-10T00:00Z'));
    expect(x.map((millis) => new Date(millis).toISOString().slice(0, 10))).toEqual([
      '2024-01-31',
      '2024-02-10',
      '2024-02-20',
      '2024-02-29',
      '2024-03-10',
    ]);
    expect(past).toEqual([5, 3, 3, null, null]);
    expect(future).toEqual([null, null, 3, 8, 8]);
  });
});
