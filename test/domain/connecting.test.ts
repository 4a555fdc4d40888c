import { describe, expect, it } from 'vitest';
import { decideConnection, decideDisconnection } from '../../shared/domain/connecting.ts';
import { instant } from '../../shared/domain/instant.ts';
import { World } from './world.ts';

const NOON = instant('2024-01-20T12:00:00Z');

describe('connecting (R14)', () => {
  it('a connection is written each way, so that either finds the other', () => {
    expect(decideConnection({ memberId: 'ada', otherId: 'bob' }, NOON)).toEqual([
      { kind: 'connect', memberId: 'ada', otherId: 'bob', connectedAt: NOON },
      { kind: 'connect', memberId: 'bob', otherId: 'ada', connectedAt: NOON },
    ]);
  });

  it('a connection is undone each way', () => {
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
  ])('an InMail from %s to %s is refused and costs nothing once either has asked for the connection', (from, to) => {
    const world = membersOf().connect('ada', 'bob');
    const before = world.books();
    expect(world.send({ from, to })).toEqual({ kind: 'refused', why: 'already-connected', recipientId: to });
    expect(world.books()).toEqual(before);
  });

  it('a connection concerns no other pair', () => {
    const world = membersOf().connect('ada', 'bob');
    expect(world.send({ from: 'ada', to: 'cyd' })).toMatchObject({ kind: 'sent' });
    expect(world.send({ from: 'cyd', to: 'bob' })).toMatchObject({ kind: 'sent' });
  });

  it('connecting twice is the same as once, and disconnecting once undoes both', () => {
    const world = membersOf().connect('ada', 'bob').connect('bob', 'ada').disconnect('ada', 'bob');
    expect(world.send({ from: 'ada', to: 'bob' })).toMatchObject({ kind: 'sent' });
    expect(world.send({ from: 'bob', to: 'ada' })).toMatchObject({ kind: 'sent' });
  });

  it('a connection neither frees a locked pair nor answers a pending InMail', () => {
    const world = membersOf();
    world.send({ from: 'ada', to: 'bob' });
    world.connect('ada', 'bob').disconnect('ada', 'bob');
    expect(world.send({ from: 'ada', to: 'bob' })).toMatchObject({ why: 'response-pending' });
    expect(world.balance('ada#premium')).toBe(4);
  });
});
