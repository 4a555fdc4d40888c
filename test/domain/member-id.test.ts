import { describe, expect, it } from 'vitest';
import { isMemberId, MEMBER_ID_SOURCE } from '../../shared/domain/member-id.ts';

describe('a member id', () => {
  it.each([
    'a',
    '_',
    '-',
    '7',
    '0b9f6f1e-6f0c-4f5e-9a9e-0d3f6b1c2a77',
    'auth0|5f7c8ec7c33c6c004bbafe82',
    'google-oauth2|103547991597142817347',
    'urn:li:person:8675309',
    'ada+news@example.org',
    '-1-A1',
    '+1',
    '@ada',
    '1E5',
    'a.b',
    '..a',
    'a..',
    '.-.',
    'constructor',
    '__proto__x',
    'x__proto__',
    '___proto___',
    'x'.repeat(128),
  ])('a member id may be %s', (id) => {
    expect(isMemberId(id)).toBe(true);
  });

  it.each([
    '',
    ' ',
    'a b',
    'a#premium',
    'a~b',
    'a/b',
    'a%40b',
    'a,b',
    '"a"',
    'é',
    'a\n',
    '\u200b',
    '.',
    '..',
    '.'.repeat(128),
    '__proto__',
    'x'.repeat(129),
  ])('a member id may not be %j', (id) => {
    expect(isMemberId(id)).toBe(false);
  });

  it.each([
    ['ada~bob', true],
    ['..a~.b.', true],
    ['..~bob', false],
    ['ada~..', false],
    ['__proto__~bob', false],
    ['ada~__proto__', false],
    ['__proto__a~bob', true],
  ])('the pattern of a member id, put next to another one, takes %s: %s', (pair, isOne) => {
    expect(new RegExp(`^${MEMBER_ID_SOURCE}~${MEMBER_ID_SOURCE}$`).test(pair)).toBe(isOne);
  });
});
