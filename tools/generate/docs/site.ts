/** The contract's documents, as static files that stand beside those of the page. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PROBLEM_SLUGS } from '../../../shared/contract/problems.ts';
import { docsPage } from './docs-page.ts';
import { problemPage, problemsPage } from './problem-page.ts';
import { rulesIn } from './rule-text.ts';

/** `path` is relative to the page's folder. Its ending gives the content type, on S3 and in the local system. */
type SiteFile = { readonly path: string; readonly text: string };

/** Throws where `docs/rules.md` lacks a rule that a problem cites. */
export function siteFiles(): SiteFile[] {
  const contract = read('../../../openapi.json');
  const rules = rulesIn(read('../../../docs/rules.md'));
  return [
    { path: 'openapi.json', text: contract },
    { path: 'docs.html', text: docsPage(JSON.parse(contract)) },
    { path: 'docs.css', text: read('docs.css') },
    { path: 'problems.html', text: problemsPage() },
    ...PROBLEM_SLUGS.map((slug) => ({ path: `problems/${slug}.html`, text: problemPage(slug, rules) })),
  ];
}

const read = (file: string): string => readFileSync(fileURLToPath(new URL(file, import.meta.url)), 'utf8');
