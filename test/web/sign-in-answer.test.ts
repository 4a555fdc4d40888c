import { describe, expect, it } from 'vitest';
import { answerIn } from '../../web/app/sign-in-answer.ts';

const EVIL = 'Your account was suspended. Call +1 555 0100 and read out your code';
const answer = (query: Record<string, string>, state?: string) => answerIn(new URLSearchParams(query), state);

describe('the address after a sign-in', () => {
  it.each([{}, { utm: 'x' }, { state: 'mine' }, { error_description: EVIL }])('says nothing with %j', (query) => {
    expect(answer(query, 'mine')).toEqual({ kind: 'none' });
  });

  it.each<[Record<string, string>, string | undefined]>([
    [{ error: 'access_denied', error_description: EVIL }, 'mine'],
    [{ error: 'access_denied', error_description: EVIL, state: 'other' }, 'mine'],
    [{ error: 'access_denied', state: 'mine' }, undefined],
    [{ error: '', state: '' }, undefined],
    [{ code: 'c' }, 'mine'],
    [{ code: 'c', state: 'other' }, 'mine'],
    [{ code: 'c', state: 'mine ' }, 'mine'],
    [{ code: 'c', state: 'mine' }, undefined],
    [{ code: 'c', state: 'undefined' }, undefined],
  ])('is an answer to somebody else with %j where this tab asked with %j', (query, state) => {
    expect(answer(query, state)).toEqual({ kind: 'foreign' });
  });

  it('brings a code to the tab that asked', () => {
    expect(answer({ code: 'c', state: 'mine' }, 'mine')).toEqual({ kind: 'code', code: 'c' });
  });

  it.each([
    ['access_denied', 'You did not sign in.'],
    ['temporarily_unavailable', 'Signing in is not possible at the moment. Try again in a few minutes.'],
    ['server_error', 'Signing in is not possible at the moment. Try again in a few minutes.'],
    ['invalid_request', 'The sign-in was refused.'],
    [EVIL, 'The sign-in was refused.'],
    ['constructor', 'The sign-in was refused.'],
    ['', 'The sign-in was refused.'],
  ])('words the error %j by itself, whatever the address says of it', (error, message) => {
    const query = { error, error_description: EVIL, state: 'mine' };
    expect(answer(query, 'mine')).toEqual({ kind: 'refused', message });
    expect(answer({ ...query, code: 'c' }, 'mine')).toEqual({ kind: 'refused', message });
  });
});
