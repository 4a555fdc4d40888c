/** The pages under `/problems`, to which the `type` of every refusal leads. */
import { STATUS_CODES } from 'node:http';
import { type Html, html, prose } from '../../../local/html.ts';
import { problemsOf } from '../../../shared/contract/endpoint.ts';
import { ENDPOINTS, endpointNamed, type NamedEndpoint } from '../../../shared/contract/endpoints.ts';
import { type Exchange, problem } from '../../../shared/contract/examples/exchange.ts';
import { STORY } from '../../../shared/contract/examples/story.ts';
import { PROBLEM_SCHEMAS } from '../../../shared/contract/problem-schemas.ts';
import {
  PROBLEM_SLUGS,
  PROBLEMS,
  type ProblemRow,
  type ProblemSlug,
  problemType,
} from '../../../shared/contract/problems.ts';
import { frame } from './frame.ts';
import { type Rule, ruleNamed } from './rule-text.ts';

const rowOf = (slug: ProblemSlug): ProblemRow => PROBLEMS[slug];

/** Throws where `rules` lack the rule that the problem cites. */
export function problemPage(slug: ProblemSlug, rules: ReadonlyMap<string, Rule>): string {
  const { title, status, means, lifts, rule } = rowOf(slug);
  return frame(
    { title: `${title} · InMail credits`, isShort: true },
    html`<header><nav aria-label="Documents"><a href="/problems">All problems</a> · <a href="/docs">The API</a></nav></header>
<main>
<h1>${title}</h1>
<p>HTTP status ${status} (${STATUS_CODES[status]}). The problem document has the type <code>${problemType(slug)}</code>.</p>
<h2>What it means</h2>
<p>${prose(means)}</p>
<h2>What helps</h2>
<p>${prose(lifts)}</p>
${rule !== undefined && ruleSection(ruleNamed(rules, rule))}
${exampleSection(slug)}
${routesSection(slug)}
</main>`,
  );
}

const ruleSection = ({ number, name, text }: Rule): Html => html`<h2>The rule</h2>
<blockquote><p><strong>${number} ${name}</strong></p>
${text}</blockquote>`;

/** Taken from the contract's story, if that meets the problem. No request can cause the others, and they have no fields of their own. */
function exampleSection(slug: ProblemSlug): Html {
  const exchange = STORY.find(({ response }) => typeIn(response.body) === problemType(slug));
  const { body } = exchange?.response ?? problem({ slug });
  return html`<h2>Example</h2>
${exchange && sourceOf(exchange)}
<pre tabindex="0" aria-label="Example"><code>${JSON.stringify(body, undefined, 2)}</code></pre>
<p><a href="/docs#${PROBLEM_SCHEMAS[slug].meta()?.id}">All fields of this document</a></p>`;
}

const typeIn = (body: unknown): unknown => (body as { readonly type?: unknown } | undefined)?.type;

function sourceOf({ endpoint, shows }: Exchange): Html {
  return html`<p>From the examples of ${linkTo(endpointNamed(endpoint))}: “${shows}”.</p>`;
}

function routesSection(slug: ProblemSlug): Html {
  const routes = ENDPOINTS.filter((endpoint) => problemsOf(endpoint).includes(slug));
  const list = html`<ul>${routes.map((route) => html`<li>${linkTo(route)}</li>\n`)}</ul>`;
  return html`<h2>Routes that respond with it</h2>
${routes.length === ENDPOINTS.length ? html`<p>Every route can respond with it.</p>` : list}`;
}

const linkTo = ({ name, method, path }: NamedEndpoint): Html => html`<a href="/docs#${name}">${method} ${path}</a>`;

export function problemsPage(): string {
  const rows = PROBLEM_SLUGS.map((slug) => {
    const { title, status, means } = rowOf(slug);
    return html`<tr><th scope="row"><a href="${problemType(slug)}">${title}</a></th><td>${status}</td><td>${prose(means)}</td></tr>\n`;
  });
  return frame(
    { title: 'Problems · InMail credits', isShort: true },
    html`<header><nav aria-label="Documents"><a href="/docs">The API</a></nav></header>
<main>
<h1>Problems</h1>
<p>The API says why it cannot do something in a problem document (RFC 9457). The <code>type</code> of the document leads to one of these pages.</p>
<div class="scroll" role="region" tabindex="0" aria-label="Problems"><table><caption>Every problem of the API</caption>
<thead><tr><th scope="col">Problem</th><th scope="col">Status</th><th scope="col">Meaning</th></tr></thead>
<tbody>${rows}</tbody></table></div>
</main>`,
  );
}
