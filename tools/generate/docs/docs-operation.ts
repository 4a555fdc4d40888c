/** How the page shows an operation: its request, its responses, and examples to fold out. */

import { type Html, html, prose } from '../../../local/html.ts';
import { cellsOf, rowOf, schemaTable, table } from './docs-schema.ts';
import type { ApiContent, ApiOperation, ApiResponse } from './document-parts.ts';

export type Call = { readonly method: string; readonly path: string; readonly operation: ApiOperation };

export const linkTo = ({ method, path, operation: { operationId } }: Call): Html =>
  html`<li><a href="#${operationId}">${method} ${path}</a></li>`;

export function operationOf({ method, path, operation }: Call): Html {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const rows = parameters.map((parameter) =>
    rowOf(
      parameter.name,
      `${parameter.in}${parameter.required ? '' : ', optional'}`,
      cellsOf(parameter.schema, parameter.description),
    ),
  );
  return html`
<article aria-labelledby="${operationId}"><h3 id="${operationId}"><code>${method} ${path}</code></h3>
<p>${prose(summary)}. ${prose(description)} <span class="soft">${whoMay(operation)}</span></p>
${rows.length > 0 && table(`Parameters of ${method} ${path}`, rows)}
${requestBody && contentOf(requestBody.content, `Body of ${method} ${path}`)}
<h4>Responses</h4>
${Object.entries(responses).map(([status, response]) =>
  '$ref' in response ? responseLink(status, response.$ref) : responseOf(status, response, `${method} ${path}`),
)}</article>`;
}

function whoMay({ security }: ApiOperation): string {
  const [requirement] = security;
  if (!requirement) return 'No token needed.';
  const scopes = Object.values(requirement).flat();
  return scopes.length > 0 ? `Needs a token with the scope ${scopes.join(', ')}.` : 'Needs a token.';
}

/** The responses that many operations have in common stand once, in a section of their own. */
function responseLink(status: string, $ref: string): Html {
  const name = $ref.replace('#/components/responses/', '');
  return html`<p><strong>${status}</strong> <a href="#response-${name}">${name}</a></p>`;
}

export const commonResponse = (name: string, response: ApiResponse): Html =>
  html`<h3 id="response-${name}">${name}</h3>${responseOf('', response, name)}`;

function responseOf(status: string, { description, headers = {}, content = {} }: ApiResponse, of: string): Html {
  const names = Object.keys(headers).map((name, index) => html`${index > 0 && ', '}<code>${name}</code>`);
  return html`
<p><strong>${status}</strong> ${prose(description)} ${names.length > 0 && html`<span class="soft">Headers: ${names}</span>`}</p>
${contentOf(content, `Response ${status} of ${of}`)}`;
}

/** Objects without a name are shown in place, others linked to. */
function contentOf(content: ApiContent, caption: string): Html {
  const bodies = Object.entries(content).map(([type, { schema, examples = {} }]) => {
    const shown = Object.values(examples).map(
      ({ summary, value }) => html`
<details><summary>${summary}</summary><pre tabindex="0"><code>${exampleText(value)}</code></pre></details>`,
    );
    return html`${schemaTable(schema, `${caption}, ${type}`)}${shown}`;
  });
  return html`${bodies}`;
}

const exampleText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
