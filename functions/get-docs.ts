import openapi from '../openapi.json' with { type: 'json' };
import { docsPage } from '../shared/edge/contract/docs-page.ts';
import type { ApiDocument } from '../shared/edge/contract/document-parts.ts';
import { publicPage } from '../shared/edge/contract/public-page.ts';

/** The contract, for people. A test holds that the committed document is one that can be read as these parts. */
export const request = {};
export const handler = publicPage(() => docsPage(openapi as unknown as ApiDocument));
