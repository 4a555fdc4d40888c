/** The people and the machines of a stage, on a user pool in memory. */
import { beforeEach, describe, expect, it } from 'vitest';
import { stageNamed } from '../../infra/stages.ts';
import { clientIdOf, finish, rotate, rowFor, tellSecret } from '../../tools/client/machines.ts';
import { addToGroup, invite, personWith, removeFromGroup, toldInvitation } from '../../tools/people/accounts.ts';
import { readActOn } from '../../tools/people/operands.ts';
import { UserPoolDouble } from '../support/user-pool.ts';

const ADA = 'ada@example.org';
const DEV = stageNamed('dev');

let pool: UserPoolDouble;
beforeEach(() => {
  pool = new UserPoolDouble();
});

describe('an invitation', () => {
  it('an invitation makes an account, and mails a first password', async () => {
    expect(await invite(pool, ADA)).toBe('sent');
    expect(pool.mails).toEqual([ADA]);
    expect(await personWith(pool, ADA)).toEqual({
      memberId: `sub-of-${ADA}`,
      status: 'FORCE_CHANGE_PASSWORD',
      isEnabled: true,
      groups: [],
    });
  });

  it('an invitation goes out again to a person who has not signed in yet', async () => {
    await invite(pool, ADA);
    expect(await invite(pool, ADA)).toBe('sent-again');
    expect(pool.mails).toEqual([ADA, ADA]);
    expect(pool.people.size).toBe(1);
  });

  it('an invitation leaves a person alone who has signed in before', async () => {
    await invite(pool, ADA);
    pool.signIn(ADA);
    expect(await invite(pool, ADA)).toBe('there');
    expect(pool.mails).toEqual([ADA]);
  });

  it('an invitation is told in words, with the days that its password is good for', () => {
    expect(toldInvitation(ADA, 'sent')).toMatch(/ada@example\.org .* 3 days/);
    expect(toldInvitation(ADA, 'sent-again')).toMatch(/not signed in yet/);
    expect(toldInvitation(ADA, 'there')).toMatch(/signed in before/);
  });

  it('an invitation of nobody finds nobody', async () => {
    expect(await personWith(pool, ADA)).toBeUndefined();
  });
});

describe('an operator', () => {
  beforeEach(async () => {
    await invite(pool, ADA);
    pool.signIn(ADA);
    await addToGroup(pool, ADA, 'billing');
  });

  it('an operator is in the group', async () => {
    expect((await personWith(pool, ADA))?.groups).toEqual(['billing']);
  });

  it('an operator who is removed has left the group, and is signed out', async () => {
    await removeFromGroup(pool, ADA, 'billing');
    expect((await personWith(pool, ADA))?.groups).toEqual([]);
    expect(pool.people.get(ADA)?.isSignedIn).toBe(false);
  });

  it.each([
    ['of another group', ADA, 'support', 'is not in the group support'],
    ['whom nobody knows', 'eve@example.org', 'billing', 'nobody has the address eve@example.org'],
  ] as const)('an operator %s cannot be removed', async (_, email, group, why) => {
    await expect(removeFromGroup(pool, email, group)).rejects.toThrow(why);
    expect(pool.people.get(ADA)).toMatchObject({ isSignedIn: true, groups: new Set(['billing']) });
  });
});

describe('the words of a command about people', () => {
  const acts = ['invite', 'remove'] as const;

  it('the address is read in small letters', () => {
    expect(readActOn(acts, ['invite', 'Ada@Example.org'])).toEqual({ act: 'invite', email: ADA });
  });

  it.each([
    [[], 'say invite or remove, and then a mail address'],
    [['expel', ADA], 'say invite or remove'],
    [['invite'], 'invite wants a mail address'],
    [['invite', 'ada'], 'invite wants a mail address'],
    [['invite', 'ada@"example.org'], 'invite wants a mail address'],
    [['invite', 'ada@example.org\\'], 'invite wants a mail address'],
    [['invite', ADA, 'bob@example.org'], 'and nothing after it'],
  ])('the words %j are refused with what is wanted', (operands, why) => {
    expect(() => readActOn(acts, operands)).toThrow(why);
  });
});

describe('the secret of a machine', () => {
  it('the secret is the one that Cognito tells', async () => {
    expect(await tellSecret(pool, 'one')).toEqual({ words: ['The client id is one.'], secret: 'first-secret' });
  });

  it('a rotation makes a second secret, and finishing it removes the first', async () => {
    expect((await rotate(pool, 'one')).secret).toBe('second-secret');
    expect(pool.secrets.map(({ id }) => id)).toEqual(['second', 'first']);
    const { words, secret } = await finish(pool, 'one');
    expect(pool.secrets.map(({ id }) => id)).toEqual(['second']);
    expect([words.join(), secret]).toEqual([expect.stringContaining('2026-01-01T00:00:00.000Z'), undefined]);
  });

  it('the secret is told with a warning while a rotation is under way', async () => {
    await rotate(pool, 'one');
    expect((await tellSecret(pool, 'one')).words).toHaveLength(2);
  });

  it('a second rotation waits for the first one to be finished', async () => {
    await rotate(pool, 'one');
    await expect(rotate(pool, 'one')).rejects.toThrow('finish removes the old secret');
    expect(pool.secrets).toHaveLength(2);
  });

  it('a rotation that was never begun cannot be finished', async () => {
    await expect(finish(pool, 'one')).rejects.toThrow('rotate makes a new one first');
    expect(pool.secrets).toHaveLength(1);
  });
});

describe('a machine', () => {
  it('a machine is known by the output of its stack', () => {
    expect(clientIdOf(DEV, 'billing', { outputs: { BillingClientId: 'one' } })).toBe('one');
  });

  it('a machine that is no row of the stage is refused with those that are', () => {
    expect(() => clientIdOf(DEV, 'crm', { outputs: {} })).toThrow('dev has no machine "crm", only billing, support');
  });

  it('a machine that is not deployed yet is told with the command that does it', () => {
    const crm = { name: 'crm', scope: 'support' } as const;
    expect(() => clientIdOf({ ...DEV, machines: [crm] }, 'crm', { outputs: {} })).toThrow(
      'npm run deploy -- --stage dev',
    );
  });

  it('a new machine is a row of the stage, and a deployment', () => {
    const { words, secret } = rowFor({ stage: DEV, name: 'nightly-export', scope: 'support' });
    expect(words).toContain("  { name: 'nightly-export', scope: 'support' },");
    expect(secret).toBeUndefined();
  });

  it.each([
    ['billing', 'billing', 'billing is a machine of dev already'],
    ['members', 'billing', 'people sign in through the client members'],
    ['Crm', 'billing', 'a name has small letters'],
    ['crm', undefined, 'add wants --scope billing or --scope support'],
  ] as const)('a new machine %s with the scope %s is refused', (name, scope, why) => {
    expect(() => rowFor({ stage: DEV, name, scope })).toThrow(why);
  });
});
