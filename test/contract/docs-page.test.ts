import { describe, expect, it } from 'vitest';
import openapi from '../../openapi.json' with { type: 'json' };
import { ENDPOINTS } from '../../shared/contract/endpoints.ts';
import { PROBLEMS } from '../../shared/contract/problems.ts';
import { docsPage } from '../../tools/generate/docs/docs-page.ts';
import type { ApiDocument } from '../../tools/generate/docs/document-parts.ts';

const document = openapi as unknown as ApiDocument;
const text = docsPage(document);

/** The document with a text in every place that holds one, names and examples too. */
const filledWith = (evil: string): ApiDocument =>
  JSON.parse(JSON.stringify(document), (key, value) =>
    typeof value === 'string' && !['$ref', 'operationId', 'type'].includes(key) ? `${value}${evil}` : value,
  );

describe('the page of the contract', () => {
  it.each(ENDPOINTS)('the page shows $method $path, and links to it', ({ method, path, name }) => {
    expect(text).toContain(`<h3 id="${name}"><code>${method} ${path}</code></h3>`);
    expect(text).toContain(`<a href="#${name}">${method} ${path}</a>`);
  });

  it.each(Object.keys(PROBLEMS))('the page shows the fields of the problem %s, and links to its page', (slug) => {
    const link = `<a href="/problems/${slug}">/problems/${slug}</a>`;
    expect(text).toMatch(new RegExp(`<h3 id="\\w+Problem">${link}</h3>`));
  });

  it('the page has one anchor for every link within it', () => {
    const anchors = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(anchors).size).toBe(anchors.length);
    const links = new Set([...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id));
    expect([...links].filter((link) => !anchors.includes(link))).toEqual([]);
  });

  it("the page's headings step down one level at a time", () => {
    const levels = [...text.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toEqual([1]);
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
  });

  it('the page names each table, its columns and its rows', () => {
    const tables = [...text.matchAll(/<table>[\s\S]*?<\/table>/g)].map(([table]) => table);
    expect(tables.length).toBeGreaterThan(30);
    for (const table of tables) {
      expect(table).toMatch(/^<table><caption>[^<]+<\/caption>\s*<thead><tr>(<th scope="col">[^<]+<\/th>)+<\/tr>/);
      expect(table.match(/<tr>/g)?.length).toBe((table.match(/<th scope="row">/g)?.length ?? 0) + 1);
    }
  });

  it.each(['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'><b>", '</style><b>', '&lt;b&gt;'])(
    'the page shows %j as plain text',
    (evil) => {
      const page = docsPage(filledWith(evil));
      expect(page).not.toContain(evil);
      expect(
        page.match(/<(?!\/)[a-z]+/g)?.filter((tag) => ['<script', '<img', '<b', '<style'].includes(tag)) ?? [],
      ).toEqual([]);
    },
  );
});
