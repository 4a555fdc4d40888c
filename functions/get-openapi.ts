import openapi from '../openapi.json' with { type: 'json' };
import { publicPage } from '../shared/contract/docs/public-page.ts';

/** The contract, for machines: the very document that is committed. */
export const request = {};
export const handler = publicPage(() => ({ contentType: 'application/json', text: JSON.stringify(openapi) }));
