/** How the page shows a schema: a line where it stands, a table where it is a type of its own. */

import { type Html, html, prose } from '../../../local/html.ts';
import type { ApiSchema } from './document-parts.ts';

const REF = '#/components/schemas/';

const nameOf = ($ref: string): string => $ref.replace(REF, '');

/** `string (date-time)`, a link to a named type, or the words that are allowed. */
function typeOf(schema: ApiSchema): Html {
  const { $ref, items, oneOf = [], anyOf = [] } = schema;
  if ($ref !== undefined) return html`<a href="#${nameOf($ref)}">${nameOf($ref)}</a>`;
  const choices = [...oneOf, ...anyOf];
  if (choices.length > 0) {
    return html`${choices.map((choice, index) => html`${index > 0 && ' or '}${typeOf(choice)}`)}`;
  }
  if (items) return html`list of ${typeOf(items)}`;
  if (schema.const !== undefined) return html`<code>${String(schema.const)}</code>`;
  if (schema.enum) {
    return html`${schema.enum.map((word, index) => html`${index > 0 && ', '}<code>${String(word)}</code>`)}`;
  }
  return html`${[schema.type ?? 'any'].flat().join(' or ')}`;
}

/** The limits of a value besides its type. */
function boundsOf({ format, minimum, maximum, minLength, maxLength, maxItems, pattern }: ApiSchema): string {
  // Every integer of JSON ends at the safe ones, so these two limits say nothing.
  const most = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  const least = minimum === Number.MIN_SAFE_INTEGER ? undefined : minimum;
  return [
    format,
    least !== undefined && (most === undefined ? `at least ${least}` : `${least} to ${most}`),
    least === undefined && most !== undefined && `at most ${most}`,
    maxLength !== undefined && `${minLength ?? 0} to ${maxLength} characters`,
    maxItems !== undefined && `at most ${maxItems}`,
    pattern !== undefined && `as ${pattern}`,
  ]
    .filter((bound) => typeof bound === 'string')
    .join('; ');
}

export const cellsOf = (schema: ApiSchema, description = schema.description): Html =>
  html`<td>${typeOf(schema)} <span class="soft">${boundsOf(schema)}</span></td><td>${prose(description)}</td>`;

/** `name` heads its row. `note` is short, such as `optional`. */
export const rowOf = (name: string, note: string, cells: Html): Html =>
  html`<tr><th scope="row"><code>${name}</code> <span class="soft">${note}</span></th>${cells}</tr>`;

/** Wide ones scroll by themselves, by keyboard, too. */
export const table = (caption: string, rows: readonly Html[]): Html => html`
<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table><caption>${caption}</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;

/** The fields of an object, or of each object of a choice. Anything else is a line. */
export function schemaTable(schema: ApiSchema, caption: string): Html {
  const { properties, required = [], oneOf } = schema;
  if (oneOf?.some((choice) => choice.properties)) {
    return html`${oneOf.map((choice, index) => schemaTable(choice, `${caption}, form ${index + 1}`))}`;
  }
  if (!properties) return html`<p>${caption}: ${typeOf(schema)}</p>`;
  const rows = Object.entries(properties).map(([name, field]) =>
    rowOf(name, required.includes(name) ? '' : 'optional', cellsOf(field)),
  );
  return table(caption, rows);
}
