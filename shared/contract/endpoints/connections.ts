import { endpoint } from '../endpoint.ts';
import { fromPath } from '../links.ts';
import { connectionPath } from '../schemas.ts';

export const putConnection = endpoint({
  name: 'put-connection',
  method: 'PUT',
  path: '/v1/members/{memberId}/connections/{otherId}',
  access: 'billing',
  perSecond: 2,
  summary: 'Connect two members (R14)',
  description: 'From now on an InMail between the two is refused. Connecting twice changes nothing.',
  request: { path: connectionPath },
  responses: {
    204: { description: 'Connected.', links: { 'delete-connection': fromPath('memberId', 'otherId') } },
  },
  refusals: [],
});

export const deleteConnection = endpoint({
  name: 'delete-connection',
  method: 'DELETE',
  path: '/v1/members/{memberId}/connections/{otherId}',
  access: 'billing',
  perSecond: 1,
  summary: 'Disconnect two members (R14)',
  description: 'InMails between the two are possible again.',
  request: { path: connectionPath },
  responses: { 204: { description: 'No longer connected.' } },
  refusals: [],
});
