/** The contract's documents as static files, with their content and their links. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { STORY } from '../../shared/contract/examples/story.ts';
import { fileAt } from '../../shared/contract/page-addresses.ts';
import { PROBLEM_SLUGS, PROBLEMS, type ProblemRow, problemType } from '../../shared/contract/problems.ts';
import { problemPage } from '../../tools/generate/docs/problem-page.ts';
import { rulesIn } from '../../tools/generate/docs/rule-text.ts';
import { siteFiles } from '../../tools/generate/docs/site.ts';

const FILES = new Map(siteFiles().map(({ path, text }) => [`/${path}`, text]));
const PAGES = [...FILES].filter(([path]) => path.endsWith('.html'));
const RULES = readFileSync('docs/rules.md', 'utf8');

const ROWS = PROBLEM_SLUGS.map((slug): [typeof slug, ProblemRow] => [slug, PROBLEMS[slug]]);
const ofRule = ROWS.flatMap(([slug, { rule }]) => (rule === undefined ? [] : [[slug, rule] as const]));

const pageAt = (address: string): string => FILES.get(fileAt(address)) ?? '';

/** The visible text, on one line. */
const seenIn = (html: string): string =>
  html
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ');

const wordsOf = (markdown: string): string => markdown.replaceAll('`', '').replaceAll(/\s+/g, ' ');

describe('the documents', () => {
  it('the documents are the contract, its page and style, and a page for each problem', () => {
    const paths = PROBLEM_SLUGS.map((slug) => `/problems/${slug}.html`);
    expect([...FILES.keys()]).toEqual(['/openapi.json', '/docs.html', '/docs.css', '/problems.html', ...paths]);
    expect(pageAt('/openapi.json')).toBe(readFileSync('openapi.json', 'utf8'));
  });

  it.each(PAGES)('%s has no script, only the shared style, and fetches nothing else', (_, text) => {
    const links = [...text.matchAll(/<link [^>]*href="([^"]+)"/g)].map(([, href]) => href);
    expect(links).toEqual(['/icon.svg', '/docs.css']);
    expect(text).not.toMatch(
      /<(script|style|img|iframe|object|form|base)\b|\son\w+=|\sstyle=|\ssrc=|javascript:|url\(|@import/i,
    );
  });

  it.each(PAGES)('%s has only links that lead to a document and to a place in it', (path, text) => {
    const hrefs = [...text.matchAll(/<a href="([^"]+)"/g)].map(([, href = '']) => href);
    expect(hrefs.length).toBeGreaterThan(0);
    const dead = hrefs.filter((href) => {
      const [address = '', anchor] = href.split('#');
      const target = address === '' ? text : FILES.get(fileAt(address));
      return target === undefined || (anchor !== undefined && !target.includes(` id="${anchor}"`));
    });
    expect([path, dead]).toEqual([path, []]);
  });

  it.each(PAGES)('%s has a language, a title of its own, one first heading and one main part', (_, text) => {
    const [, title = ''] = /<title>(.+)<\/title>/.exec(text) ?? [];
    expect(PAGES.filter(([, other]) => other.includes(`<title>${title}</title>`))).toHaveLength(1);
    expect(text.match(/<html lang="en">|<h1[ >]|<main[ >]/g)).toHaveLength(3);
  });

  it('the documents have an existing icon, and a style that fetches nothing', () => {
    expect(existsSync('web/public/icon.svg')).toBe(true);
    expect(pageAt('/docs.css')).not.toMatch(/url\(|@import/);
  });
});

describe('the page of a problem', () => {
  it.each(ROWS)('%s has its title, its status, its meaning and what helps', (slug, row) => {
    const text = pageAt(problemType(slug));
    expect(seenIn(text.match(/<h1>.*<\/h1>/)?.[0] ?? '')).toBe(row.title);
    const seen = seenIn(text);
    expect(seen).toContain(`HTTP status ${row.status} (`);
    expect(seen).toContain(`What it means ${wordsOf(row.means)} What helps ${wordsOf(row.lifts)}`);
  });

  it.each(ROWS)('%s shows a document of its type and status, from the story where the story meets it', (slug, row) => {
    const [, shown = ''] = /<pre [^>]*>([\s\S]*?)<\/pre>/.exec(pageAt(problemType(slug))) ?? [];
    const document = JSON.parse(seenIn(shown));
    expect(document).toMatchObject({ type: problemType(slug), status: row.status, title: row.title });
    const met = STORY.filter(({ response }) => response.status === row.status).map(({ response }) => response.body);
    if (met.length > 0) expect(met).toContainEqual(document);
  });

  it('every problem has an example in the story, unless no request can cause it', () => {
    const met = new Set(STORY.map(({ response }) => (response.body as { type?: string } | undefined)?.type));
    expect(PROBLEM_SLUGS.filter((slug) => !met.has(problemType(slug)))).toEqual(['internal-error', 'busy']);
  });

  it.each(ofRule)('%s quotes %s, every word except the sources', (slug, number) => {
    const [, section = ''] = new RegExp(`^### (${number} [\\s\\S]*?)(?=^#)`, 'm').exec(RULES) ?? [];
    const [, quote = ''] = /<blockquote>([\s\S]*)<\/blockquote>/.exec(pageAt(problemType(slug))) ?? [];
    const words = (text: string) => text.match(/[\p{L}\d]+/gu) ?? [];
    // A browser numbers a list by itself.
    const quotable = section.replaceAll(/\[(S\d|D)[^\]]*\]/g, '').replaceAll(/^\d+\. /gm, '');
    expect(words(seenIn(quote))).toEqual(words(quotable));
    expect(words(quotable).length).toBeGreaterThan(20);
    expect(seenIn(quote)).not.toMatch(/[*`[\]#]/);
  });

  it('a problem without a rule quotes no rule', () => {
    const others = PROBLEM_SLUGS.filter((slug) => !ofRule.some(([cites]) => cites === slug));
    expect(others.length).toBeGreaterThan(5);
    for (const slug of others) expect(pageAt(problemType(slug))).not.toContain('<blockquote>');
  });

  it('every problem is listed with all the others', () => {
    const listed = [...pageAt('/problems').matchAll(/<th scope="row"><a href="([^"]+)">/g)].map(([, href]) => href);
    expect(listed).toEqual(PROBLEM_SLUGS.map(problemType));
  });

  it('the page of a problem is not made if its rule is missing', () => {
    expect(() => problemPage('response-pending', rulesIn('### R8 Refusals\nA send is refused.\n'))).toThrow(
      'no rule R9',
    );
  });
});

describe('a rule', () => {
  const textOf = (text: string) => rulesIn(`# The rules\n\n### R1 One\n${text}\n\n## Next\nMore.`).get('R1')?.text.text;

  it.each([
    ['Once. [S1, S2; order D]', '<p>Once.</p>\n'],
    ['Once [D].\nTwice.', '<p>Once.\nTwice.</p>\n'],
    [
      'Once.\n\n*Example.* One.\n*Example.* Two.',
      '<p>Once.</p>\n<p><em>Example.</em> One.</p>\n<p><em>Example.</em> Two.</p>\n',
    ],
    [
      'Of these:\n1. one\n2. two\n   and a half',
      '<p>Of these:</p>\n<ol><li>one</li>\n<li>two\n   and a half</li>\n</ol>\n',
    ],
    ['`a * b` is *not* `a < b`', '<p><code>a * b</code> is <em>not</em> <code>a &lt; b</code></p>\n'],
  ])('the rule %j is quoted as %j', (text, html) => {
    expect(textOf(text)).toBe(html);
  });

  it.each(['', '| a | b |', '- one', '```\ncode\n```', '> quoted', '<b>'])(
    'a rule is refused if its text is %j',
    (text) => {
      expect(() => textOf(text)).toThrow(/^R1 has/);
    },
  );
});
