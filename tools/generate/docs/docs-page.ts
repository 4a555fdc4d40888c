/** The contract as a page: made on the server from the document alone, read without a script, nothing fetched elsewhere. */
import { type Call, commonResponse, linkTo, operationOf } from './docs-operation.ts';
import { schemaTable } from './docs-schema.ts';
import { DOCS_STYLE } from './docs-style.ts';
import type { ApiDocument, ApiSchema } from './document-parts.ts';
import { Html, html, prose } from './html.ts';

export const docsPage = (document: ApiDocument): string => pageOf(document).text;

const pageOf = (document: ApiDocument): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${document.info.title} ${document.info.version}</title>
<style>${new Html(DOCS_STYLE)}</style>
</head>
<body>
${headOf(document)}
${bodyOf(document)}
</body>
</html>
`;

function headOf({ info, paths }: ApiDocument): Html {
  const sections = [
    ['answers', 'Answers of many'],
    ['types', 'Types'],
    ['problems', 'Problems'],
  ].map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`);
  return html`<header><h1>${info.title} <span class="soft">${info.version}</span></h1>
${info.description.split('\n\n').map((paragraph) => html`<p>${prose(paragraph)}</p>`)}
<p>For machines: <a href="/openapi.json">/openapi.json</a></p></header>
<nav aria-label="Contents"><ul>${callsOf(paths).map(linkTo)}${sections}</ul></nav>`;
}

function bodyOf({ tags, paths, components }: ApiDocument): Html {
  const calls = callsOf(paths);
  const schemas = Object.entries(components.schemas);
  const groups = tags.map(({ name, description }) => {
    const own = calls.filter(({ operation }) => operation.tags.includes(name)).map(operationOf);
    return html`<section><h2>${name}</h2><p>${prose(description)}</p>${own}</section>`;
  });
  const answers = Object.entries(components.responses).map(([name, response]) => commonResponse(name, response));
  const types = schemas.filter(([name]) => !isProblem(name)).map(([name, schema]) => typeSection(name, schema, name));
  const problems = schemas
    .filter(([name]) => isProblem(name))
    .map(([name, schema]) => typeSection(name, schema, String(schema.properties?.type?.const)));
  return html`<main>${groups}
<section><h2 id="answers">Answers of many</h2><p>What any operation may answer.</p>${answers}</section>
<section><h2 id="types">Types</h2>${types}</section>
<section><h2 id="problems">Problems</h2>
<p>What is refused is answered as <code>application/problem+json</code> (RFC 9457); its <code>type</code> says why.</p>
${problems}</section></main>`;
}

const callsOf = (paths: ApiDocument['paths']): Call[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );

const isProblem = (name: string): boolean => name.endsWith('Problem');

const typeSection = (name: string, schema: ApiSchema, title: string): Html =>
  html`<h3 id="${name}">${title}</h3><p>${prose(schema.description)}</p>${schemaTable(schema, `Fields of ${name}`)}`;
