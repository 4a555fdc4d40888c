/** The documents of the repository, and their parts. */
import { globSync, readFileSync } from 'node:fs';

export type Document = { readonly file: string; readonly text: string };

export const read = (file: string): string => readFileSync(file, 'utf8');

const files = (pattern: string): Document[] =>
  globSync(pattern)
    .sort()
    .map((file) => ({ file, text: read(file) }));

/** All documents for readers, `bench/simulation/README.md` among them. */
export const DOCUMENTS: readonly Document[] = ['*.md', 'docs/**/*.md', 'bench/**/*.md', 'client/*.md'].flatMap(files);

export const SOURCES: readonly Document[] = [
  '{functions,shared,infra,local,tools,web,client,bench,test}/**/*.{ts,tsx,json}',
  '*.{ts,json,yaml,toml}',
  '.ci/run',
]
  .flatMap(files)
  .filter(({ file }) => file !== 'package-lock.json');

/** Fences of code, with their content. */
const FENCE = /^```[\s\S]*?^```/gm;

const withoutFences = (text: string): string => text.replaceAll(FENCE, '');

/** All code in backticks, outside of fences. */
export const codeIn = (text: string): string[] =>
  [...withoutFences(text).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);

/** The anchors of a document, as GitHub makes them of headings. */
export const anchorsOf = (text: string): string[] =>
  [...withoutFences(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** The targets of a document: links, pictures and their sources. */
export const targetsOf = (text: string): string[] =>
  [...withoutFences(text).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g)].map(
    ([, link, source]) => link ?? source ?? '',
  );
