/** The contract as a page: made of the document alone when the page is built, and read without a script. */

import { type Html, html, prose } from '../../../local/html.ts';
import { type Call, commonResponse, linkTo, operationOf } from './docs-operation.ts';
import { schemaTable } from './docs-schema.ts';
import type { ApiDocument, ApiSchema } from './document-parts.ts';
import { frame } from './frame.ts';

export const docsPage = (document: ApiDocument): string =>
  frame(
    { title: `${document.info.title} ${document.info.version}` },
    html`${headOf(document)}
${bodyOf(document)}`,
  );

function headOf({ info, paths }: ApiDocument): Html {
  const sections = [
    ['responses', 'Common responses'],
    ['types', 'Types'],
    ['problems', 'Problems'],
  ].map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`);
  return html`<header><h1>${info.title} <span class="soft">${info.version}</span></h1>
${info.description.split('\n\n').map((paragraph) => html`<p>${prose(paragraph)}</p>`)}
<p>As an OpenAPI document: <a href="/openapi.json">/openapi.json</a>. Every problem has <a href="/problems">a page of its own</a>.</p></header>
<nav aria-label="Contents"><ul>${callsOf(paths).map(linkTo)}${sections}</ul></nav>`;
}

function bodyOf({ tags, paths, components }: ApiDocument): Html {
  const calls = callsOf(paths);
  const schemas = Object.entries(components.schemas);
  const groups = tags.map(({ name, description }) => {
    const own = calls.filter(({ operation }) => operation.tags.includes(name)).map(operationOf);
    return html`<section><h2>${name}</h2><p>${prose(description)}</p>${own}</section>`;
  });
  const responses = Object.entries(components.responses).map(([name, response]) => commonResponse(name, response));
  const types = schemas
    .filter(([name]) => !isProblem(name))
    .map(([name, schema]) => typeSection(name, schema, html`${name}`));
  const problems = schemas
    .filter(([name]) => isProblem(name))
    .map(([name, schema]) => typeSection(name, schema, linkToProblem(String(schema.properties?.type?.const))));
  return html`<main>${groups}
<section><h2 id="responses">Common responses</h2><p>Many operations have these responses.</p>${responses}</section>
<section><h2 id="types">Types</h2>${types}</section>
<section><h2 id="problems">Problems</h2>
<p>The response to a refused request is <code>application/problem+json</code> (RFC 9457). Its <code>type</code> leads to a page that says why.</p>
${problems}</section></main>`;
}

const callsOf = (paths: ApiDocument['paths']): Call[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );

const isProblem = (name: string): boolean => name.endsWith('Problem');

const linkToProblem = (type: string): Html => html`<a href="${type}">${type}</a>`;

const typeSection = (name: string, schema: ApiSchema, title: Html): Html =>
  html`<h3 id="${name}">${title}</h3><p>${prose(schema.description)}</p>${schemaTable(schema, `Fields of ${name}`)}`;
