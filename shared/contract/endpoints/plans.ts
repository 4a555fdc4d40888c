import { endpoint } from '../endpoint.ts';
import { planList } from '../shapes.ts';

export const listPlans = endpoint({
  name: 'list-plans',
  method: 'GET',
  path: '/v1/plans',
  access: 'member',
  perSecond: 4,
  summary: 'The catalogue of plans',
  description: 'Each plan, with its allotment and cap of today.',
  request: {},
  responses: { 200: { description: 'The catalogue.', json: planList } },
  refusals: [],
});
