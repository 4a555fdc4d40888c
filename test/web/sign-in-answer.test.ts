import { describe, expect, it } from 'vitest';
import { issuerOf } from '../../web/app/issuer.ts';
import { answerIn } from '../../web/app/sign-in-answer.ts';

const EVIL = 'Your account was suspended. Call +1 555 0100 and read out your code';
const config = { authorizeUrl: '/authorize', tokenUrl: '/token', revokeUrl: '/revoke' };
const issuer = issuerOf({ config, clientId: 'page', page: new URL('https://credits.example/'), fetch });
const answer = (query: string | Record<string, string>, state?: string) =>
  answerIn(issuer, new URLSearchParams(query), state);

describe('the address after a sign-in', () => {
  it.each([{}, { utm: 'x' }, { state: 'mine' }, { error_description: EVIL }])(
    'an address with %j says nothing about a sign-in',
    (query) => {
      expect(answer(query, 'mine')).toEqual({ kind: 'none' });
    },
  );

  it.each<[string | Record<string, string>, string | undefined]>([
    [{ error: 'access_denied', error_description: EVIL }, 'mine'],
    [{ error: 'access_denied', error_description: EVIL, state: 'other' }, 'mine'],
    [{ error: 'access_denied', state: 'mine' }, undefined],
    [{ error: '', state: '' }, undefined],
    [{ code: 'c' }, 'mine'],
    [{ code: 'c', state: 'other' }, 'mine'],
    [{ code: 'c', state: 'mine ' }, 'mine'],
    [{ code: 'c', state: 'mine' }, undefined],
    [{ code: 'c', state: 'undefined' }, undefined],
    ['code=c&state=mine&state=other', 'mine'],
    ['code=c&state=other&state=mine', 'mine'],
  ])('an address with %j is no answer to a tab that asked with %j', (query, state) => {
    expect(answer(query, state)).toEqual({ kind: 'foreign' });
  });

  it('an address with the state of this tab brings it a code', () => {
    const found = answer({ code: 'c', state: 'mine' }, 'mine');
    if (found.kind !== 'code') throw new Error(`the answer is ${found.kind}`);
    expect(found.parameters.get('code')).toBe('c');
  });

  it("an issuer's name in the address changes nothing, because the page does not know it", () => {
    expect(answer({ code: 'c', state: 'mine', iss: 'https://issuer.example/pool' }, 'mine')).toMatchObject({
      kind: 'code',
    });
    expect(answer({ code: 'c', state: 'other', iss: 'https://credits.example' }, 'mine')).toEqual({ kind: 'foreign' });
  });

  it.each([
    ['access_denied', 'You did not sign in.'],
    ['temporarily_unavailable', 'Signing in is not possible at the moment. Try again in a few minutes.'],
    ['server_error', 'Signing in is not possible at the moment. Try again in a few minutes.'],
    ['invalid_request', 'The sign-in was refused.'],
    [EVIL, 'The sign-in was refused.'],
    ['constructor', 'The sign-in was refused.'],
    ['', 'The sign-in was refused.'],
  ])('the page words the error %j itself, whatever the address says of it', (error, message) => {
    const query = { error, error_description: EVIL, state: 'mine' };
    expect(answer(query, 'mine')).toEqual({ kind: 'refused', message });
    expect(answer({ ...query, code: 'c' }, 'mine')).toEqual({ kind: 'refused', message });
  });
});
