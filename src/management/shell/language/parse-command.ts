import type { Command, CommandArgument, Expression, Redirection } from './syntax-tree.ts';
import type { Scanner } from './scanner.ts';
import { isDash, isDoubleQuote, isNewline, isSingleQuote } from './scanner.ts';
import { ShellError } from './shell-error.ts';
import { parsePostfix, parseScriptBlock } from './parse-expression.ts';
import { createParts, parseText, readExpandable } from './parse-text.ts';

/** What ends a word among arguments. */
const wordEnd = /[\s\u00a0|;&(){},<>]/;

/** A command with its arguments, up to what ends it: a pipe, a line end, a closing bracket. */
export function parseCommand(scanner: Scanner): { command: Command; redirection: Redirection | undefined } {
  const start = scanner.at;
  const dotted = scanner.peek() === '.';
  const name = parseName(scanner);
  const given: CommandArgument[] = [];
  let redirection: Redirection | undefined;
  for (;;) {
    const end = scanner.at;
    scanner.skipBlanks();
    const character = scanner.peek();
    if (scanner.ended || isNewline(character) || character === ';' || character === '|' || character === ')' || character === '}') {
      return { command: { kind: 'command', name, ...(dotted ? { dotted } : {}), arguments: given, extent: { start, end } }, redirection };
    }
    if (character === '&') throw new ShellError('SHELL_NOT_SUPPORTED', "The '&' operator is not supported here.", { extent: scanner.from(scanner.at) });
    const found = parseRedirection(scanner);
    if (found !== undefined) redirection = found === 'merge' ? redirection : found;
    else given.push(parseArgument(scanner));
  }
}

function parseName(scanner: Scanner): Expression {
  if (scanner.peek() === '&' || scanner.peek() === '.') {
    scanner.at += 1;
    scanner.skipBlanks();
    return /[$("'\u2018\u2019\u201c\u201d{]/.test(scanner.peek()) ? parsePostfix(scanner) : parseWord(scanner);
  }
  return parseWord(scanner);
}

/** `> file`, `>> file`, `2> $null`; `2>&1` changes nothing here, because errors are seen anyway. */
function parseRedirection(scanner: Scanner): Redirection | 'merge' | undefined {
  const found = scanner.match(/([1-6*]?)>(>?)(&[12])?/);
  if (found === null) return undefined;
  scanner.at += found[0].length;
  if (found[3] !== undefined) return 'merge';
  scanner.skipBlanks();
  const file = parseValue(scanner);
  const nowhere = file.kind === 'variable' && file.name.toLowerCase() === 'null';
  return { stream: found[1] === '2' ? 'errors' : 'output', file: nowhere ? undefined : file, append: found[2] === '>' };
}

function parseArgument(scanner: Scanner): CommandArgument {
  const start = scanner.at;
  if (isDash(scanner.peek())) {
    // Tables and PDF files put a blank or a line break behind the hyphen; a lone hyphen means nothing to any cmdlet.
    const parameter = scanner.match(/.(?:[ \u00a0]+)?([A-Za-z?]\w*)(:?)/);
    if (parameter !== null) {
      scanner.at += parameter[0].length;
      const name = parameter[1] ?? '';
      if (parameter[2] !== ':') return { kind: 'parameter', name, value: undefined, extent: scanner.from(start) };
      scanner.skipBlanks();
      const value = parseList(scanner);
      return { kind: 'parameter', name, value, extent: scanner.from(start) };
    }
  }
  if (scanner.peek() === '@') {
    const splat = scanner.match(/@(\w+)/);
    if (splat !== null) {
      scanner.at += splat[0].length;
      return { kind: 'splat', variable: splat[1] ?? '', extent: scanner.from(start) };
    }
  }
  const value = parseList(scanner);
  return { kind: 'value', value, extent: scanner.from(start) };
}

/** One value, or several with commas between them. */
function parseList(scanner: Scanner): Expression {
  const start = scanner.at;
  const first = parseValue(scanner);
  const items = [first];
  for (;;) {
    const before = scanner.at;
    scanner.skipBlanks();
    if (!scanner.take(',')) {
      scanner.at = before;
      break;
    }
    scanner.skipBlanks({ lines: true });
    items.push(parseValue(scanner));
  }
  return items.length === 1 ? first : { kind: 'array', items, extent: scanner.from(start) };
}

/** One value among arguments: text, number, variable, block, or a bare word. */
export function parseValue(scanner: Scanner): Expression {
  const start = scanner.at;
  const character = scanner.peek();
  if (character === '<') {
    const placeholder = scanner.match(/<[^<>\r\n]{1,100}>?/)?.[0] ?? '<';
    throw new ShellError('SHELL_SYNTAX', "The '<' operator is reserved for future use.", { extent: { start, end: start + placeholder.length }, remedy: 'Put a value in place of what stands between < and >.' });
  }
  if (character === '{') return parseScriptBlock(scanner);
  if (character === '(' || (character === '@' && /[({'"\u2018\u2019\u201c\u201d]/.test(scanner.peek(1)))) return parsePostfix(scanner);
  if (isSingleQuote(character) || isDoubleQuote(character)) {
    const text = parseText(scanner);
    return continues(scanner) ? parseWord(scanner, text) : text;
  }
  if (character === '$' && /[\w{(?]/.test(scanner.peek(1))) {
    const value = parsePostfix(scanner);
    return continues(scanner) ? parseWord(scanner, value) : value;
  }
  return parseWord(scanner);
}

function continues(scanner: Scanner): boolean {
  return !scanner.ended && !wordEnd.test(scanner.peek());
}

/** A word without quotes; variables in it are filled in, as in a text in double quotes. */
function parseWord(scanner: Scanner, first?: Expression): Expression {
  const start = first?.extent.start ?? scanner.at;
  const parts = createParts();
  if (first?.kind === 'literal') parts.add(String(first.value));
  else if (first !== undefined) parts.addExpression(first);
  while (continues(scanner)) {
    const character = scanner.peek();
    if (isSingleQuote(character) || isDoubleQuote(character)) {
      const text = parseText(scanner);
      if (text.kind === 'literal') parts.add(String(text.value));
      else parts.addExpression(text);
    } else readExpandable(scanner, parts);
  }
  if (scanner.at === start) throw scanner.unexpected();
  const word = parts.finish(scanner.from(start));
  return word.kind === 'literal' && first === undefined ? { kind: 'word', text: String(word.value), extent: word.extent } : word;
}
