/** The rules of `docs/rules.md` as a page quotes them. */
import { type Html, html, prose } from '../../../local/html.ts';

export type Rule = { readonly number: string; readonly name: string; readonly text: Html };

/** The sources of a rule, such as `[S1; month ends D]`. `docs/rules.md` explains them, and a reader of one rule can do without. */
const SOURCES = /\s*\[(?:S\d|D\b)[^\]]*\]/g;

/** Every rule by its number, from its heading to the next. */
export function rulesIn(document: string): ReadonlyMap<string, Rule> {
  const sections = document.split(/^(?=#)/m).flatMap((section) => {
    const [, number = '', name = '', text = ''] = /^### (R\d+) (.+)\n([\s\S]*)$/.exec(section) ?? [];
    return number === '' ? [] : [{ number, name, text: textOf(number, text.replaceAll(SOURCES, '').trim()) }];
  });
  return new Map(sections.map((rule) => [rule.number, rule]));
}

/** The rule, or an error, because no page may cite a rule that it cannot quote. */
export function ruleNamed(rules: ReadonlyMap<string, Rule>, number: string): Rule {
  const rule = rules.get(number);
  if (!rule) throw new Error(`docs/rules.md has no rule ${number}`);
  return rule;
}

/** Renders paragraphs, examples and numbered lists. Throws for other Markdown, because a page must not show it as text. */
function textOf(number: string, text: string): Html {
  const blocks = text.split(/\n{2,}|\n(?=\*Example\.\*)/);
  if (text === '') throw new Error(`${number} has no text in docs/rules.md`);
  const other = blocks.find((block) => /^(?:[|<>#]|- |\* |```)/m.test(block));
  if (other !== undefined) throw new Error(`${number} has text that its page cannot show: ${other}`);
  return html`${blocks.map(blockOf)}`;
}

/** Lines of text, and the items of a list that may follow. */
function blockOf(block: string): Html {
  const [text = '', ...items] = block.split(/^\d+\. /m);
  const list = items.map((item) => html`<li>${inline(item.trim())}</li>\n`);
  return html`${text !== '' && html`<p>${inline(text.trim())}</p>\n`}${list.length > 0 && html`<ol>${list}</ol>\n`}`;
}

/** `*emphasis*`, and `code` between backticks, in which a star is a star. */
const inline = (text: string): Html[] =>
  text.split(/(`[^`]+`)/).flatMap((part) => (part.startsWith('`') ? prose(part) : emphasis(part)));

const emphasis = (text: string): Html[] =>
  text.split('*').map((part, index) => (index % 2 === 1 ? html`<em>${part}</em>` : html`${part}`));
