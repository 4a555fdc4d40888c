import * as z from 'zod';
import { endpoint } from '../endpoint.ts';
import { fromPath, nextPage } from '../links.ts';
import { atQuery, memberPath, pageOfResults, parameter, walletPath } from '../schemas.ts';
import { credits, creditsList, csvStatement, entryList } from '../shapes.ts';

export const listCredits = endpoint({
  name: 'list-credits',
  method: 'GET',
  path: '/v1/members/{memberId}/credits',
  access: 'books',
  perSecond: 6,
  summary: "A member's credits of every product, at any instant (R17)",
  description: 'The credits as they are, were or will be if nothing else happens.',
  request: { path: memberPath, query: atQuery },
  responses: { 200: { description: 'The credits of every product.', json: creditsList } },
  refusals: [],
  conditional: true,
});

export const getCredits = endpoint({
  name: 'get-credits',
  method: 'GET',
  path: '/v1/members/{memberId}/credits/{product}',
  access: 'books',
  perSecond: 10,
  summary: "A member's credits of one product, at any instant (R17)",
  description:
    'The credits as they are, were or will be if nothing else happens. Not found before the first subscription.',
  request: { path: walletPath, query: atQuery },
  responses: { 200: { description: 'The credits of the product.', json: credits } },
  refusals: ['not-found'],
  conditional: true,
});

export const listLedger = endpoint({
  name: 'list-ledger',
  method: 'GET',
  path: '/v1/members/{memberId}/credits/{product}/ledger',
  access: 'books',
  perSecond: 4,
  summary: 'Every entry of a wallet, newest first (R17)',
  description: 'It includes renewals that are due but not yet written, just as they will be written (R6).',
  request: {
    path: walletPath,
    query: z.strictObject({
      ...pageOfResults,
      format: parameter(
        z.enum(['json', 'csv']).optional(),
        'The default is JSON. CSV gives a file of all entries, up to 1,000. A `Link` header names the next file.',
        'csv',
      ),
    }),
  },
  responses: {
    200: {
      description: 'A page of results.',
      json: entryList,
      csv: csvStatement,
      headers: ['Link', 'Content-Disposition'],
      links: { 'list-ledger': { ...fromPath('memberId', 'product'), ...nextPage } },
    },
  },
  refusals: ['not-found'],
});
