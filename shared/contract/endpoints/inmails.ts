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
    'Refusals are checked in the order of R8. The same request under the same key sends no second InMail, and gets the first response again.',
  request: {
    body: z.strictObject({
      product: product.describe('The product whose wallet pays.'),
      recipientId: memberId.describe('The recipient.'),
      subject: written(SUBJECT).describe(
        `One line that is not blank. ${TAKEN_OUT} Characters are counted as people count them, so an emoji is one.`,
      ),
      body: written(BODY).describe(
        `The text for the recipient. It must not be blank. Each line end is one character, and comes back as a line feed. ${TAKEN_OUT}`,
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
    'Newest first, without InMails that the caller has hidden. If many are hidden, a page of results may be short or empty, and the next one goes on.',
  request: {
    query: z.strictObject({
      box: parameter(
        z.enum(['inbox', 'sent']),
        'The InMails that the caller received, or those that they sent.',
        'inbox',
      ),
      ...pageOfResults,
    }),
  },
  responses: {
    200: {
      description: 'A page of results.',
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
  summary: 'Respond to an InMail, once (R12, R13)',
  description:
    'Only the recipient can respond. A response in time gives the credit back. The same response again changes nothing, and another one is refused.',
  request: {
    path: inmailPath,
    body: z.discriminatedUnion('type', [
      z.strictObject({ type: z.enum(['accept', 'decline']).describe('The kind of response (R12).') }),
      z.strictObject({
        type: z.literal('reply').describe('The kind of response (R12).'),
        text: written(REPLY).describe('The text of the reply. The same rules hold as for the body of an InMail.'),
      }),
      z.strictObject({
        type: z.literal('quick-reply').describe('The kind of response (R12).'),
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
  summary: "Hide an InMail from the caller's box (R13)",
  description:
    'It gives no credit back, and frees no pair (R9). You can still read the InMail by its id, and respond to it.',
  request: { path: inmailPath },
  responses: { 204: { description: 'Hidden.' } },
  refusals: ['not-found'],
});
