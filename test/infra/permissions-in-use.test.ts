import { expect, it } from 'vitest';
import { PERMISSIONS } from '../../infra/lambda/permissions.ts';
import { recordCalls } from './calls-in-use.ts';

it('each function uses all permissions of its role, and no others', async () => {
  const allowed = Object.entries<Record<string, readonly string[]>>(PERMISSIONS).map(([name, permissions]) => [
    name,
    Object.entries(permissions)
      .flatMap(([place, actions]) => actions.map((action) => `${place} ${action}`))
      .sort(),
  ]);
  expect(await recordCalls()).toEqual(Object.fromEntries(allowed));
});
