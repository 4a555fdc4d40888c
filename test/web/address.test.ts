import { describe, expect, it } from 'vitest';
import { addressOf, partsOfAddress } from '../../web/app/address.ts';

describe('an address within the page', () => {
  it.each([
    ['operator', 'ada'],
    ['operator', 'auth0|5f7c8ec7'],
    ['operator', 'urn:li:person:ada'],
    ['operator', 'ada+news@example.org'],
    ['operator', 'm'.repeat(128)],
    ['inbox', 'ada~bob~000001'],
    ['sent', `${'|'.repeat(128)}~${'@'.repeat(128)}~000001`],
  ] as const)('an address within the page leads to %s of %s and nowhere else', (name, id) => {
    const { hash } = new URL(addressOf(name, id), 'https://page.example');
    expect(hash).toBe(addressOf(name, id));
    expect(partsOfAddress(hash)).toEqual({ name, id });
  });

  it.each([
    ['#/', { name: '', id: undefined }],
    ['#/inbox', { name: 'inbox', id: undefined }],
    ['#/operator/ada@example.org', { name: 'operator', id: 'ada@example.org' }],
    ['#/operator/ada+news%40example.org', { name: 'operator', id: 'ada+news@example.org' }],
  ])('a member may type the address %s', (hash, parts) => {
    expect(partsOfAddress(hash)).toEqual(parts);
  });

  it.each([
    '',
    '#',
    '#/INBOX',
    '#/operator/',
    '#/operator/..',
    '#/operator/%2E%2E',
    '#/operator/a%2Fb',
    '#/operator/a/b',
    '#/operator/%zz',
    '#/operator/%ff',
    '#/operator/__proto__',
    '#/operator/<b>',
    `#/operator/${'m'.repeat(129)}`,
    '#/sent/ada~bob~1',
    `#/sent/${'x'.repeat(1_001)}`,
  ])('%s is no address within the page', (hash) => {
    expect(partsOfAddress(hash)).toBeUndefined();
  });
});
