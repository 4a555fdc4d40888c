import { describe, expect, it } from 'vitest';
import { resourcesOf, synthesizeTemplates } from './synthesized.ts';

const { service } = synthesizeTemplates();
const [[keyId, key] = [], ...otherKeys] = Object.entries(resourcesOf(service, 'AWS::KMS::Key'));
const functions = Object.entries(resourcesOf(service, 'AWS::Lambda::Function'));

describe('the key of the cursors', () => {
  it('makes HMACs and nothing else, and is the only one', () => {
    expect(otherKeys).toEqual([]);
    expect(key).toMatchObject({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
  });

  it('goes with the stack: all that is lost are places in lists', () => {
    service.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  });

  it('is named to the two functions that page, and to no other', () => {
    const variablesOf = ({ Environment }: Record<string, unknown>) =>
      (Environment as { Variables: Record<string, unknown> }).Variables;
    const told = functions.filter(([, properties]) => 'CURSOR_KEY_ID' in variablesOf(properties));
    expect(told.map(([id]) => id.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual(['ListInmails', 'ListLedger']);
    for (const [, properties] of told) expect(variablesOf(properties).CURSOR_KEY_ID).toEqual({ Ref: keyId });
  });
});
