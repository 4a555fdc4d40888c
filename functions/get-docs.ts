import openapi from '../openapi.json' with { type: 'json' };
import { docsPage } from '../shared/contract/docs/docs-page.ts';
import type { ApiDocument } from '../shared/contract/docs/document-parts.ts';
import { publicPage } from '../shared/contract/docs/public-page.ts';

/** The contract, for people. A test holds that the committed document is one that can be read as these parts. */
export const request = {};
export const handler = publicPage(() => docsPage(openapi as unknown as ApiDocument));
