/** Finds the names of tests, and those that cannot be read alone: a line of CI does not always show the `describe`. */
import ts from 'typescript';

/** First words that need a subject or a sentence before them: finite verbs, prepositions and conjunctions. */
const NO_SUBJECT = new Set(
  [
    'is are was were be has have had does do did can cannot could may might must shall should will would',
    'answers asks becomes begins comes does draws fails finds gives goes grows holds hands keeps knows leaves lets makes',
    'misses names passes plays prints puts refuses says serves stops takes tells throws wants works',
    'of to in into by with without for from at on onto under after before among beside behind between as',
    'that which who whose what where when while once until unless because if and but or nor',
  ].flatMap((line) => line.split(' ')),
);

/** After a word in -s, these show that the word is a verb: *sends the InMail*, and not *sends and renewals*. */
const AFTER_A_VERB = new Set('a an the its their it them no nothing every each all what only one two'.split(' '));

export function readsAlone(name: string): boolean {
  const [first = '', second = ''] = name.split(/\s+/);
  return !NO_SUBJECT.has(first.replace(/[,:]$/, '')) && !(/s$/.test(first) && AFTER_A_VERB.has(second));
}

const isText = (node: ts.Node | undefined): node is ts.StringLiteralLike => !!node && ts.isStringLiteralLike(node);

const elementsOf = (node: ts.Expression | undefined): readonly ts.Expression[] => {
  if (node && ts.isAsExpression(node)) return elementsOf(node.expression);
  return node && ts.isArrayLiteralExpression(node) ? node.elements : [];
};

/** The texts that a table puts in the place of a name's first word: of `%s`, or of a property as in `$name`. */
function firstTexts(table: ts.Expression | undefined, property: string | undefined): string[] {
  const cells = elementsOf(table).map((row): ts.Node | undefined => {
    if (property === undefined) return elementsOf(row)[0] ?? row;
    const fields = ts.isObjectLiteralExpression(row) ? row.properties.filter(ts.isPropertyAssignment) : [];
    return fields.find(({ name }) => name.getText() === property)?.initializer;
  });
  return cells.filter(isText).map(({ text }) => text);
}

/** `it`, and the table of `it.each(table)`. `concurrent` and the like change nothing. */
function calledBy(node: ts.Expression): { base: string; table?: ts.Expression | undefined } {
  if (ts.isIdentifier(node)) return { base: node.text };
  if (ts.isPropertyAccessExpression(node)) return { base: calledBy(node.expression).base };
  if (ts.isCallExpression(node)) return { base: calledBy(node.expression).base, table: node.arguments[0] };
  return { base: '' };
}

/** The names of the tests of a file. A table whose texts stand first in a name gives a name for each row. */
export function testNamesIn(file: string, text: string): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit);
    if (!ts.isCallExpression(node)) return;
    const { base, table } = calledBy(node.expression);
    const [title, run] = node.arguments;
    if (!['it', 'test'].includes(base) || !title || !run) return;
    const name = isText(title) ? title.text : title.getText().replace(/^`|`$/g, '');
    const [placeholder, property] = /^(?:%s|\$(\w+))/.exec(name) ?? [];
    const rows = placeholder ? firstTexts(table, property) : [];
    names.push(...(rows.length > 0 ? rows.map((row) => `${row}${name.slice(placeholder?.length)}`) : [name]));
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return names;
}
