/** Serves the files of a page build and `config.json`, with the headers that CloudFront adds on AWS. */
import { globSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fileAt } from '../../shared/contract/page-addresses.ts';
import { CACHE_CONTROL, pagePolicy } from '../../shared/contract/page-policy.ts';
import {
  CLEARING_HEADERS,
  DOCUMENT_HEADERS,
  PUBLIC_HEADERS,
  SIGNED_OUT_PATH,
} from '../../shared/contract/security-headers.ts';
import { holds, weakTagOf } from '../../shared/http/etag.ts';
import { problemResponse } from '../../shared/http/problem-response.ts';
import { CLIENT_ID, OPERATORS_CLIENT_ID } from '../identity/issuer.ts';
import { type HttpRequest, partsOfTarget } from './http-event.ts';
import type { HttpHandler } from './http-server.ts';

type File = {
  readonly plain: string;
  readonly zipped: string;
  readonly headers: Readonly<Record<string, string>>;
};

export type Page = { readonly has: (request: HttpRequest) => boolean; readonly handler: HttpHandler };

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json',
};

/** The page signs in at the local issuer, and it can move the clock. */
const CONFIG = {
  authorizeUrl: '/local/sign-in/authorize',
  tokenUrl: '/local/sign-in/token',
  revokeUrl: '/local/sign-in/revoke',
  signOutUrl: '/local/sign-in/out',
  clientId: CLIENT_ID,
  operatorsClientId: OPERATORS_CLIENT_ID,
  local: true,
};

/**
 * Reads the files of `folder` once. So only their names are paths of the page. Without a folder there is no page, as in most
 * tests.
 */
export function loadPage(folder: string | undefined): Page {
  const files = folder === undefined ? new Map<string, File>() : filesIn(folder);
  const fileFor = ({ target }: HttpRequest) => files.get(fileAt(partsOfTarget(target).path));
  return {
    has: (request) => (request.method === 'GET' || request.method === 'HEAD') && fileFor(request) !== undefined,
    handler: async (request) => {
      const file = fileFor(request);
      return file ? respondWith(file, request) : problemResponse({ slug: 'not-found' });
    },
  };
}

function filesIn(folder: string): Map<string, File> {
  const names = globSync('**/*', { cwd: folder }).filter((name) => statSync(join(folder, name)).isFile());
  const files = new Map(names.map((name) => [`/${name}`, fileOf(name, readFileSync(join(folder, name)))]));
  const index = files.get('/index.html');
  if (index) files.set('/', index);
  return files.set('/config.json', fileOf('config.json', Buffer.from(JSON.stringify(CONFIG))));
}

function fileOf(name: string, content: Buffer): File {
  return {
    plain: content.toString('base64'),
    zipped: gzipSync(content).toString('base64'),
    headers: {
      'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
      'cache-control': name.startsWith('assets/') ? CACHE_CONTROL.hashed : CACHE_CONTROL.named,
      etag: weakTagOf(content),
      vary: 'accept-encoding',
      'content-security-policy': pagePolicy(),
      ...PUBLIC_HEADERS,
      ...DOCUMENT_HEADERS,
      ...(`/${name}` === SIGNED_OUT_PATH && { ...CLEARING_HEADERS, 'cache-control': 'no-store' }),
    },
  };
}

function respondWith({ plain, zipped, headers }: File, { headers: asked }: HttpRequest) {
  if (holds(asked['if-none-match']?.join(), headers.etag)) return { statusCode: 304, headers };
  const takesGzip = asked['accept-encoding']?.some((encodings) => /\bgzip\b(?!;\s*q=0)/.test(encodings)) ?? false;
  return {
    statusCode: 200,
    headers: { ...headers, ...(takesGzip && { 'content-encoding': 'gzip' }) },
    body: takesGzip ? zipped : plain,
    isBase64Encoded: true,
  };
}
