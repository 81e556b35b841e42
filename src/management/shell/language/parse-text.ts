import type { Expression } from './syntax-tree.ts';
import type { Scanner } from './scanner.ts';
import { isDoubleQuote, isNewline, isSingleQuote } from './scanner.ts';
import { ShellError } from './shell-error.ts';

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0', a: '\u0007', b: '\b', f: '\f', v: '\v', e: '\u001b' };
const variableName = /\$(?:\{([^}\r\n]{1,200})\}|((?:(?:global|script|local|private|env|using):)?\w+|[$?^]))/i;

/** A text in quotes of any typographic kind, or a here-string. */
export function parseText(scanner: Scanner): Expression {
  if (scanner.peek() === '@') return parseHereString(scanner);
  return isSingleQuote(scanner.peek()) ? parseLiteralText(scanner) : parseExpandableText(scanner);
}

function parseLiteralText(scanner: Scanner): Expression {
  const start = scanner.at;
  let value = '';
  for (scanner.at += 1; ; scanner.at += 1) {
    if (scanner.ended) throw unterminated(start);
    const character = scanner.peek();
    if (isSingleQuote(character)) {
      if (!isSingleQuote(scanner.peek(1))) break;
      scanner.at += 1;
    }
    value += character;
  }
  scanner.at += 1;
  return { kind: 'literal', value, extent: scanner.from(start) };
}

function parseExpandableText(scanner: Scanner): Expression {
  const start = scanner.at;
  const parts = createParts();
  for (scanner.at += 1; ; ) {
    if (scanner.ended) throw unterminated(start);
    const character = scanner.peek();
    if (isDoubleQuote(character)) {
      if (!isDoubleQuote(scanner.peek(1))) break;
      parts.add(character);
      scanner.at += 2;
    } else readExpandable(scanner, parts);
  }
  scanner.at += 1;
  return parts.finish(scanner.from(start));
}

/** `@'` or `@"` at the end of a line, the text, and the mark at the beginning of a line. */
function parseHereString(scanner: Scanner): Expression {
  const start = scanner.at;
  const literal = isSingleQuote(scanner.peek(1));
  const header = scanner.match(/@[^ \t\r\n][ \t]*\r?\n/);
  if (header === null) throw new ShellError('SHELL_SYNTAX', 'No characters are allowed after a here-string header but before the end of the line.', { extent: { start, end: start + 2 }, incomplete: scanner.at + 2 >= scanner.text.length });
  scanner.at += header[0].length;
  const bodyStart = scanner.at;
  const end = (literal ? /(?:^|\n)['\u2018\u2019\u201a\u201b]@/ : /(?:^|\n)["\u201c\u201d\u201e]@/).exec(scanner.text.slice(bodyStart));
  if (end === null) throw new ShellError('SHELL_SYNTAX', `The string is missing the terminator: ${literal ? "'" : '"'}@.`, { extent: { start, end: start + 2 }, incomplete: true });
  const bodyEnd = bodyStart + end.index;
  const parts = createParts();
  if (literal) parts.add(scanner.text.slice(bodyStart, bodyEnd).replace(/\r$/, ''));
  else {
    while (scanner.at < bodyEnd) {
      if (scanner.peek() === '\r' && scanner.at === bodyEnd - 1) scanner.at += 1;
      else readExpandable(scanner, parts);
    }
  }
  scanner.at = bodyStart + end.index + end[0].length;
  return parts.finish(scanner.from(start));
}

/** One character, escape, variable or sub-expression of an expandable text. */
export function readExpandable(scanner: Scanner, parts: Parts): void {
  const character = scanner.peek();
  const start = scanner.at;
  if (character === '`') {
    const next = scanner.peek(1);
    scanner.at += 2;
    if (next === '') throw unterminated(start);
    if (isNewline(next)) {
      if (next === '\r' && scanner.peek() === '\n') scanner.at += 1;
    } else parts.add(escapes[next] ?? next);
    return;
  }
  if (character === '$') {
    if (scanner.peek(1) === '(') return parts.addExpression(parseSubExpression(scanner));
    const variable = scanner.match(variableName);
    if (variable !== null) {
      scanner.at += variable[0].length;
      return parts.addExpression({ kind: 'variable', name: variable[1] ?? variable[2] ?? '', extent: scanner.from(start) });
    }
  }
  parts.add(character);
  scanner.at += 1;
}

/** `$( … )`. */
export function parseSubExpression(scanner: Scanner): Expression {
  const start = scanner.at;
  scanner.at += 2;
  const body = scanner.nested(() => scanner.grammar.block(scanner, ')', start));
  return { kind: 'sub-expression', body, extent: scanner.from(start) };
}

/** `$name`, `${any name}`, `$env:NAME`. */
export function parseVariable(scanner: Scanner): Expression {
  const start = scanner.at;
  const variable = scanner.match(variableName);
  if (variable === null) throw scanner.unexpected("A variable's name is missing after '$'.");
  scanner.at += variable[0].length;
  return { kind: 'variable', name: variable[1] ?? variable[2] ?? '', extent: scanner.from(start) };
}

interface Parts {
  add(text: string): void;
  addExpression(expression: Expression): void;
  finish(extent: Expression['extent']): Expression;
}

/** Gathers the parts of a text; one without anything to fill in is a literal. */
export function createParts(): Parts {
  const parts: (string | Expression)[] = [];
  let text = '';
  return {
    add: (more) => void (text += more),
    addExpression(expression) {
      if (text !== '') parts.push(text);
      text = '';
      parts.push(expression);
    },
    finish(extent) {
      if (parts.length === 0) return { kind: 'literal', value: text, extent };
      if (text !== '') parts.push(text);
      return { kind: 'expandable', parts, extent };
    },
  };
}

function unterminated(start: number): ShellError {
  return new ShellError('SHELL_SYNTAX', 'The string that begins here is missing its closing quote.', { extent: { start, end: start + 1 }, incomplete: true });
}
