import type { Extent } from './shell-error.ts';
import type { Block, Script, Statement } from './syntax-tree.ts';
import { ShellError } from './shell-error.ts';

const singleQuotes = "'\u2018\u2019\u201a\u201b";
const doubleQuotes = '"\u201c\u201d\u201e';
const dashes = '-\u2013\u2014\u2015';
const blanks = /[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\ufeff\f\v]/;

export const isSingleQuote = (character: string): boolean => character !== '' && singleQuotes.includes(character);
export const isDoubleQuote = (character: string): boolean => character !== '' && doubleQuotes.includes(character);
/** Word processors and web pages turn hyphens into dashes; PowerShell takes them all. */
export const isDash = (character: string): boolean => character !== '' && dashes.includes(character);
export const isNewline = (character: string): boolean => character === '\n' || character === '\r';

/** Longest text that is parsed; a plan for a large organisation is some hundred kilobytes. */
const longestText = 4 * 1024 * 1024;
const deepestNesting = 200;

/** The parts of the grammar that texts and expressions hold again: whole statements. */
export interface Grammar {
  /** Statements up to a closing bracket, which is consumed. */
  block(scanner: Scanner, close: ')' | '}', opened: number): Block;
  statement(scanner: Scanner): Statement;
  /** The inside of a function or script block, behind its opening bracket, and its end. */
  body(scanner: Scanner, opened: number): Script;
}

/** A place in a text, and the few ways to move it that every part of the parser shares. */
export class Scanner {
  readonly text: string;
  readonly grammar: Grammar;
  at = 0;
  #depth = 0;

  constructor(text: string, grammar: Grammar) {
    if (text.length > longestText) throw new ShellError('SHELL_LIMIT', 'The script is longer than 4 MiB.');
    this.text = text;
    this.grammar = grammar;
  }

  peek(ahead = 0): string {
    return this.text.charAt(this.at + ahead);
  }

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  looksAt(word: string): boolean {
    return this.text.startsWith(word, this.at);
  }

  /** Moves past a word if it stands here. */
  take(word: string): boolean {
    if (!this.looksAt(word)) return false;
    this.at += word.length;
    return true;
  }

  expect(word: string, opened: number, what: string): void {
    if (this.take(word)) return;
    if (this.ended) throw new ShellError('SHELL_SYNTAX', `Missing closing '${word}' ${what}.`, { extent: { start: opened, end: opened + 1 }, incomplete: true });
    throw this.unexpected();
  }

  match(pattern: RegExp): RegExpExecArray | null {
    const sticky = new RegExp(pattern.source, `${pattern.flags.replace('y', '')}y`);
    sticky.lastIndex = this.at;
    return sticky.exec(this.text);
  }

  /** Blanks, comments and continued lines; line ends too where the language lets an expression go on. */
  skipBlanks(options: { lines?: boolean } = {}): void {
    for (;;) {
      const character = this.peek();
      if (character === '') return;
      if (blanks.test(character)) this.at += 1;
      else if (character === '`' && isNewline(this.peek(1))) this.at += this.peek(1) === '\r' && this.peek(2) === '\n' ? 3 : 2;
      // Pasted from a page, a continued line often has blanks behind its mark.
      else if (character === '`' && /^`[ \t]+\r?\n/.test(this.text.slice(this.at, this.at + 80))) this.at = this.text.indexOf('\n', this.at) + 1;
      else if (character === '#') this.#skipLine();
      else if (character === '<' && this.peek(1) === '#') this.#skipBlockComment();
      else if (options.lines === true && isNewline(character)) this.at += 1;
      else return;
    }
  }

  #skipLine(): void {
    while (!this.ended && !isNewline(this.peek())) this.at += 1;
  }

  #skipBlockComment(): void {
    const end = this.text.indexOf('#>', this.at + 2);
    if (end === -1) throw new ShellError('SHELL_SYNTAX', "The comment that begins here has no end: '#>' is missing.", { extent: { start: this.at, end: this.at + 2 }, incomplete: true });
    this.at = end + 2;
  }

  /** What is not read yet. */
  get rest(): string {
    return this.text.slice(this.at);
  }

  /** An error that more text may mend. */
  unfinished(what: string): ShellError {
    return new ShellError('SHELL_SYNTAX', what, { extent: { start: this.at, end: this.at + 1 }, incomplete: true });
  }

  /** Blanks, line ends and semicolons between statements. */
  skipSeparators(): void {
    do this.skipBlanks({ lines: true });
    while (this.take(';'));
  }

  from(start: number): Extent {
    return { start, end: this.at };
  }

  /** Guards against texts that are nothing but brackets. */
  nested<Result>(parse: () => Result): Result {
    this.#depth += 1;
    if (this.#depth > deepestNesting) throw new ShellError('SHELL_LIMIT', 'The script is nested too deeply.', { extent: { start: this.at, end: this.at + 1 } });
    try {
      return parse();
    } finally {
      this.#depth -= 1;
    }
  }

  unexpected(what?: string): ShellError {
    const extent = { start: this.at, end: this.at + 1 };
    if (this.ended) return new ShellError('SHELL_SYNTAX', what ?? 'The text ends where something more is needed.', { extent: { start: Math.max(0, this.at - 1), end: this.at }, incomplete: true });
    const token = this.match(/[^\s]+/)?.[0].slice(0, 40) ?? this.peek();
    return new ShellError('SHELL_SYNTAX', what ?? `Unexpected token '${token}' in expression or statement.`, { extent: { ...extent, end: this.at + token.length } });
  }
}
