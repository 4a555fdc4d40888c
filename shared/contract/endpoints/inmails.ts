import * as z from 'zod';
import { QUICK_REPLIES } from '../../domain/inmail.ts';
import { BODY, REPLY, SUBJECT } from '../../domain/written-text.ts';
import { endpoint } from '../endpoint.ts';
import { nextPage } from '../links.ts';
import { inmailPath, memberId, pageOfResults, parameter, product } from '../schemas.ts';
import { answered, inmail, inmailList, sent } from '../shapes.ts';
import { TAKEN_OUT, written } from '../text.ts';

const ofSent = { inmailId: '$response.body#/inmail/inmailId' };

export const sendInMail = endpoint({
  name: 'send-inmail',
  method: 'POST',
  path: '/v1/inmails',
  access: 'member',
  perSecond: 10,
  summary: 'Send an InMail for one credit (R7, R8, R9)',
  description:
    'The refusals are checked in the order of R8. The same request under the same key is the same InMail, with the same response as the first time.',
  request: {
    body: z.strictObject({
      product: product.describe('The product whose wallet pays.'),
      recipientId: memberId.describe('The member it is for.'),
      subject: written(SUBJECT).describe(
        `One line that shows something. ${TAKEN_OUT} Characters are counted as people do: an emoji is one.`,
      ),
      body: written(BODY).describe(
        `The text that the recipient reads. It must show something. Each line end comes back as a line feed, and is one character. ${TAKEN_OUT}`,
      ),
    }),
    idempotencyKey: true,
  },
  responses: {
    201: {
      description: 'The InMail, and the credits left.',
      json: sent,
      headers: ['Location', 'Idempotency-Replayed'],
      links: { 'get-inmail': ofSent, 'respond-to-inmail': ofSent, 'hide-inmail': ofSent },
    },
  },
  refusals: [
    'self-inmail',
    'no-active-subscription',
    'already-connected',
    'response-pending',
    'insufficient-credits',
    'idempotency-key-reused',
  ],
});

export const listInMails = endpoint({
  name: 'list-inmails',
  method: 'GET',
  path: '/v1/inmails',
  access: 'member',
  perSecond: 5,
  summary: "The caller's inbox or sent InMails",
  description:
    'Newest first, without those the caller has hidden. Where many are hidden a page is short or empty, and the next one goes on.',
  request: {
    query: z.strictObject({
      box: parameter(z.enum(['inbox', 'sent']), 'InMails that were received, or sent.', 'inbox'),
      ...pageOfResults,
    }),
  },
  responses: {
    200: {
      description: 'A page of the box.',
      json: inmailList,
      links: { 'list-inmails': { box: '$request.query.box', ...nextPage } },
    },
  },
  refusals: [],
});

export const getInMail = endpoint({
  name: 'get-inmail',
  method: 'GET',
  path: '/v1/inmails/{inmailId}',
  access: 'member',
  perSecond: 10,
  summary: 'One InMail the caller sent or received',
  description: 'You can still ask for a hidden InMail.',
  request: { path: inmailPath },
  responses: { 200: { description: 'The InMail.', json: inmail } },
  refusals: ['not-found'],
});

export const respondToInMail = endpoint({
  name: 'respond-to-inmail',
  method: 'PUT',
  path: '/v1/inmails/{inmailId}/response',
  access: 'member',
  perSecond: 7,
  summary: 'Respond, once; in time it gives the credit back (R12, R13)',
  description: 'For its recipient alone. The same response again changes nothing. Another one is refused.',
  request: {
    path: inmailPath,
    body: z.discriminatedUnion('type', [
      z.strictObject({ type: z.enum(['accept', 'decline']).describe('How one responds (R12).') }),
      z.strictObject({
        type: z.literal('reply').describe('How one responds (R12).'),
        text: written(REPLY).describe('The reply. The same rules hold as for the body of an InMail.'),
      }),
      z.strictObject({
        type: z.literal('quick-reply').describe('How one responds (R12).'),
        text: z.enum(QUICK_REPLIES).describe('The word of the quick reply.'),
      }),
    ]),
  },
  responses: { 200: { description: 'The InMail with its response, and the outcome for the credit.', json: answered } },
  refusals: ['not-found', 'already-responded'],
});

export const hideInMail = endpoint({
  name: 'hide-inmail',
  method: 'DELETE',
  path: '/v1/inmails/{inmailId}',
  access: 'member',
  perSecond: 4,
  summary: "Hide an InMail from the caller's box; gives nothing back (R13)",
  description: 'It frees no pair (R9). One can still read it by id, and respond to it.',
  request: { path: inmailPath },
  responses: { 204: { description: 'Hidden.' } },
  refusals: ['not-found'],
});
