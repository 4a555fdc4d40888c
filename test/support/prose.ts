/** The countable part of the house's English. It finds the sentences of comments and documents, and judges them. */
import { parseSync } from 'vite';

/** `line` is the line of the file that the sentence begins on. */
export type Sentence = { readonly line: number; readonly text: string };

type Line = { readonly line: number; readonly text: string };
type Comment = { readonly line: number; readonly endLine: number; readonly isBlock: boolean; readonly text: string };

const MAX_WORDS = 25;
const MIN_ITEMS = 4;
const MAX_ITEM_WORDS = 6;

/** Each is true of a sentence that breaks the rule. A question may open with any word. */
export const RULES = {
  'at most 25 words': (sentence: string): boolean => wordsIn(sentence) > MAX_WORDS,
  'no semicolon': (sentence: string): boolean => sentence.replaceAll(/&\w+;/g, '').includes(';'),
  'opens with its subject': (sentence: string): boolean =>
    /^(?:who|whoever|what|whatever|where|nobody|whom|whose)\b/i.test(unlabelled(sentence)) && !sentence.endsWith('?'),
  'plain words': (sentence: string): boolean => /\b(?:whoever|whom|nobody|of which)\b/i.test(sentence),
} as const;

export type Rule = keyof typeof RULES;

/** Figures and signs are no words, so `6 × 10 s` has one word. */
const wordsIn = (sentence: string): number =>
  withoutList(unlabelled(sentence))
    .split(/[\s/]+/)
    .filter((token) => /^[^\p{L}\d]*\p{L}/u.test(token)).length;

/** A citation ahead of a sentence is no part of it, such as `R2, R6:`. */
const unlabelled = (sentence: string): string =>
  sentence.replace(/^(?:[RIF]\d+(?:[–-][RIF]?\d+)?(?:, | and )?)+: /, '');

/** A list is easy to read if it has a colon in front and its items are short, however many they are. */
function withoutList(sentence: string): string {
  const [, head = '', list = ''] = /^([^:]+:) (.*)$/.exec(sentence) ?? [];
  const items = list.split(/, | and | or /);
  const isList = items.length >= MIN_ITEMS && items.every((item) => item.split(' ').length <= MAX_ITEM_WORDS);
  return isList ? head : sentence;
}

/** The sentences of all comments. Line comments on successive lines are one text, and directives are none. */
export function sentencesOfCode(file: string, code: string): Sentence[] {
  const comments = commentsOf(file, code).filter(({ text }) => !/^[\s*]*@|^\/ *</.test(text));
  const texts: Line[][] = [];
  let above: Comment | undefined;
  for (const comment of comments) {
    const lines = comment.text.split('\n').map((text, index) => ({
      line: comment.line + index,
      text: text.replace(comment.isBlock ? /^\s*\*+ ?/ : /^\/? ?/, ''),
    }));
    const goesOn = above && !above.isBlock && !comment.isBlock && above.endLine + 1 === comment.line;
    if (goesOn) texts.at(-1)?.push(...lines);
    else texts.push(lines);
    above = comment;
  }
  return texts.flatMap(sentencesOf);
}

function commentsOf(file: string, code: string): Comment[] {
  const { comments, errors } = parseSync(file, code);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const lineAt = lineCounter(code);
  return comments.map(({ type, value, start, end }) => {
    return { line: lineAt(start), endLine: lineAt(end), isBlock: type === 'Block', text: value };
  });
}

/** Places must ascend, so that each line is counted once. */
function lineCounter(code: string): (place: number) => number {
  let [line, counted] = [1, 0];
  return (place) => {
    for (; counted < place; counted += 1) if (code[counted] === '\n') line += 1;
    return line;
  };
}

/** The sentences of a Markdown file, without headings, code, tables and markup. */
export function sentencesOfDocument(text: string): Sentence[] {
  const prose = text
    .replaceAll(/^ *(```|~~~)[\s\S]*?^ *\1/gm, lineEndsOf)
    .replaceAll(/<!--[\s\S]*?-->|<[^>\n]+>/g, lineEndsOf);
  const lines = prose.split('\n').map((line, index) => ({
    line: index + 1,
    text: /^#+ |^\s*\||^\[[^\]]+\]: /.test(line) ? '' : line.replace(/^\s*> ?/, ''),
  }));
  return sentencesOf(lines);
}

/** A paragraph, an item of a list and a tag such as `@description` end the sentence before them. */
function sentencesOf(lines: readonly Line[]): Sentence[] {
  const paragraphs: Line[][] = [[]];
  for (const { line, text } of lines) {
    const item = /^\s*(?:[-*+]|\d+\.|@\w+) +(.*)$/.exec(text)?.[1];
    if (text.trim() === '' || item !== undefined) paragraphs.push([]);
    if (text.trim() !== '') paragraphs.at(-1)?.push({ line, text: (item ?? text).trim() });
  }
  return paragraphs.flatMap(split);
}

/** A full stop that ends no sentence. */
const ABBREVIATION = /(?:\b(?:e\.g|i\.e|vs|cf|etc|[A-Z])|^\d+)\.$/;

function split(paragraph: readonly Line[]): Sentence[] {
  const text = withoutCode(paragraph.map((line) => line.text).join('\n'));
  const sentences: Sentence[] = [];
  let [start, line] = [0, paragraph[0]?.line ?? 0];
  const take = (end: number) => {
    const part = text.slice(start, end);
    const blank = /^\s*/.exec(part)?.[0] ?? '';
    const own = part.trim().replaceAll(/\s+/g, ' ');
    if (own !== '') sentences.push({ line: line + blank.split('\n').length - 1, text: own });
    line += part.split('\n').length - 1;
    start = end;
  };
  for (const { index, 0: stop } of text.matchAll(/[.!?…]["'’”)\]*_]*(?=\s+["'“(*_[]*[\p{Lu}\d`])/gu)) {
    if (!ABBREVIATION.test(text.slice(start, index + 1))) take(index + stop.length);
  }
  take(text.length);
  return sentences;
}

/** Code is one word, and so is an address. A link stands for its text. A rule's sources, such as `[S1; order D]`, go. */
const withoutCode = (text: string): string =>
  text
    .replaceAll(/`+[^`]+`+/g, (code) => `\`Code\`${lineEndsOf(code)}`)
    .replaceAll(/!?\[([^\]]*)\]\([^)\s]+\)/g, '$1')
    .replaceAll(/\[(?:S\d|D\b)[^\]]*\]/g, lineEndsOf)
    .replaceAll(/https?:\/\/\S+?(?=[.,:)]*(?:\s|$))/g, 'Address');

/** They keep the count of lines right when a part of a text goes. */
const lineEndsOf = (part: string): string => part.replaceAll(/[^\n]/g, '');

/** `file:line: sentence`, for each that breaks the rule. */
export const breaches = (rule: Rule, file: string, sentences: readonly Sentence[]): string[] =>
  sentences.filter(({ text }) => RULES[rule](text)).map(({ line, text }) => `${file}:${line}: ${text}`);
