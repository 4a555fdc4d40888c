/** What must not compile. TypeScript reports a line that is expected to fail and does not. */
import { describe, expect, it } from 'vitest';
import { getInMail, hideInMail } from '../../shared/contract/endpoints/inmails.ts';
import { listPlans } from '../../shared/contract/endpoints/plans.ts';
import type { QueueEnvironment, TableEnvironment } from '../../shared/contract/environment.ts';
import { refuse } from '../../shared/domain/refusal.ts';
import { api } from '../../shared/http/api.ts';
import { created, NO_CONTENT, ok } from '../../shared/http/response.ts';

describe('the type of a handler', () => {
  it('a handler responds as its endpoint says', () => {
    expect(api(listPlans, async () => ok({ plans: [] }))).toBeTypeOf('function');
    expect(api(hideInMail, async () => refuse({ why: 'not-found' }))).toBeTypeOf('function');
  });

  it('a refusal that the endpoint does not list does not compile', () => {
    // @ts-expect-error: hiding an InMail is never refused for a lack of credits
    expect(api(hideInMail, async () => refuse({ why: 'self-inmail' }))).toBeTypeOf('function');
  });

  it('a body of another shape does not compile', () => {
    // @ts-expect-error: an InMail has more than an id
    expect(api(getInMail, async () => ok({ inmailId: 'ada~bob~000001' }))).toBeTypeOf('function');
  });

  it('a status that the endpoint does not promise does not compile', () => {
    // @ts-expect-error: the catalogue is not created
    expect(api(listPlans, async () => created({ plans: [] }))).toBeTypeOf('function');
    // @ts-expect-error: nor is it empty
    expect(api(listPlans, async () => NO_CONTENT)).toBeTypeOf('function');
  });

  it('an environment that lacks a variable does not compile', () => {
    // @ts-expect-error: the queue of expiries is missing
    const queues: QueueEnvironment = { RENEW_WALLETS_QUEUE_URL: 'r', REMIND_RECIPIENTS_QUEUE_URL: 'm' };
    // @ts-expect-error: three tables are missing
    const tables: TableEnvironment = { LEDGER_TABLE: 'ledger' };
    expect([Object.keys(queues).length, Object.keys(tables).length]).toEqual([2, 1]);
  });
});
