import * as z from 'zod';
import { endpoint } from '../endpoint.ts';
import { fromPath } from '../links.ts';
import { planName, walletPath } from '../schemas.ts';
import { credits } from '../shapes.ts';

const ofWallet = fromPath('memberId', 'product');

export const putSubscription = endpoint({
  name: 'put-subscription',
  method: 'PUT',
  path: '/v1/members/{memberId}/subscriptions/{product}',
  access: 'billing',
  perSecond: 2,
  summary: 'Subscribe, or change plan (R1, R10)',
  description:
    'Subscribing grants the allotment at once (R1). Changing plan forfeits the balance and grants the new allotment (R10). A request for the current plan changes nothing.',
  request: {
    path: walletPath,
    body: z.strictObject({ plan: planName.describe('A plan of the product, as the catalogue names it.') }),
  },
  responses: {
    200: {
      description: 'The wallet, as it is now.',
      json: credits,
      links: {
        'list-credits': fromPath('memberId'),
        'get-credits': ofWallet,
        'list-ledger': ofWallet,
        'cancel-subscription': ofWallet,
      },
    },
  },
  refusals: ['no-such-plan'],
});

export const cancelSubscription = endpoint({
  name: 'cancel-subscription',
  method: 'DELETE',
  path: '/v1/members/{memberId}/subscriptions/{product}',
  access: 'billing',
  perSecond: 1,
  summary: 'Cancel a subscription (R11)',
  description: 'The balance is forfeited. The wallet and its ledger stay. Cancelling twice changes nothing.',
  request: { path: walletPath },
  responses: { 204: { description: 'Cancelled.' } },
  refusals: ['not-found'],
});
