import openapiTS, { astToString } from 'openapi-typescript';
import type { apiDocument } from './document.ts';

const HEADER = '/** The contract as types: written by `npm run generate` from openapi.json, not by hand. */\n';

/** The TypeScript of every path, request and response. */
export async function clientSource(document: ReturnType<typeof apiDocument>): Promise<string> {
  return HEADER + astToString(await openapiTS(JSON.stringify(document)));
}
