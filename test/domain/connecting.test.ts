import { describe, expect, it } from 'vitest';
import { decideConnection, decideDisconnection } from '../../shared/domain/connecting.ts';
import { instant } from '../../shared/domain/instant.ts';
import { World } from './world.ts';

const NOON = instant('2024-01-20T12:00:00Z');

describe('connecting (R14)', () => {
  it('is written each way, so that either finds the other', () => {
    expect(decideConnection({ memberId: 'ada', otherId: 'bob' }, NOON)).toEqual([
      { kind: 'connect', memberId: 'ada', otherId: 'bob', connectedAt: NOON },
      { kind: 'connect', memberId: 'bob', otherId: 'ada', connectedAt: NOON },
    ]);
  });

  it('is undone each way', () => {
    expect(decideDisconnection({ memberId: 'ada', otherId: 'bob' })).toEqual([
      { kind: 'disconnect', memberId: 'ada', otherId: 'bob' },
      { kind: 'disconnect', memberId: 'bob', otherId: 'ada' },
    ]);
  });

  const membersOf = () => {
    const world = new World().at('2024-01-10T09:00Z');
    for (const member of ['ada', 'bob', 'cyd']) world.subscribe(member, 'premium-career');
    return world;
  };

  it.each([
    ['ada', 'bob'],
    ['bob', 'ada'],
  ])('whoever asked for it, an InMail from %s to %s is refused and no credit spent', (from, to) => {
    const world = membersOf().connect('ada', 'bob');
    const before = world.books();
    expect(world.send({ from, to })).toEqual({ kind: 'refused', why: 'already-connected', recipientId: to });
    expect(world.books()).toEqual(before);
  });

  it('concerns nobody else', () => {
    const world = membersOf().connect('ada', 'bob');
    expect(world.send({ from: 'ada', to: 'cyd' })).toMatchObject({ kind: 'sent' });
    expect(world.send({ from: 'cyd', to: 'bob' })).toMatchObject({ kind: 'sent' });
  });

  it('twice is once, and once undone is undone', () => {
    const world = membersOf().connect('ada', 'bob').connect('bob', 'ada').disconnect('ada', 'bob');
    expect(world.send({ from: 'ada', to: 'bob' })).toMatchObject({ kind: 'sent' });
    expect(world.send({ from: 'bob', to: 'ada' })).toMatchObject({ kind: 'sent' });
  });

  it('does not free a pair that is locked, nor answer what is pending', () => {
    const world = membersOf();
    world.send({ from: 'ada', to: 'bob' });
    world.connect('ada', 'bob').disconnect('ada', 'bob');
    expect(world.send({ from: 'ada', to: 'bob' })).toMatchObject({ why: 'response-pending' });
    expect(world.balance('ada#premium')).toBe(4);
  });
});
