import { parseBlock, parseCondition, takeKeyword } from './parse-block.ts';
import { parseValue } from './parse-command.ts';
import type { Scanner } from './scanner.ts';
import { ShellError } from './shell-error.ts';
import type { Statement } from './syntax-tree.ts';

/** The statement that a keyword begins, or undefined where the word is none of these. @throws ShellError */
export function parseFlow(word: string, scanner: Scanner): Statement | undefined {
  const start = scanner.at;
  const read = statements[word];
  if (read === undefined) return undefined;
  // `foreach` is also the short form of ForEach-Object.
  if (word === 'foreach' && scanner.match(/foreach\s*\(/i) === null) return undefined;
  scanner.at += word.length;
  return read(scanner, start);
}

const statements: Readonly<Record<string, (scanner: Scanner, start: number) => Statement>> = { if: parseIf, foreach: parseForeach, for: parseFor, while: parseWhile, do: parseDo, switch: parseSwitch, try: parseTry };

function parseIf(scanner: Scanner, start: number): Statement {
  const branches = [{ condition: parseCondition(scanner), body: parseBlock(scanner) }];
  while (takeKeyword(scanner, /elseif\b/i)) branches.push({ condition: parseCondition(scanner), body: parseBlock(scanner) });
  const otherwise = takeKeyword(scanner, /else\b/i) ? parseBlock(scanner) : undefined;
  return { kind: 'if', branches, otherwise, extent: scanner.from(start) };
}

function parseForeach(scanner: Scanner, start: number): Statement {
  scanner.skipBlanks();
  const opened = scanner.at;
  scanner.at += 1;
  scanner.skipBlanks({ lines: true });
  const variable = scanner.match(/\$(\w+)/);
  if (variable === null) throw scanner.unexpected("Missing variable name after 'foreach ('.");
  scanner.at += variable[0].length;
  scanner.skipBlanks({ lines: true });
  if (scanner.match(/in\b/i) === null) throw scanner.unexpected("Missing 'in' after the variable of foreach.");
  scanner.at += 2;
  scanner.skipBlanks({ lines: true });
  const values = scanner.nested(() => scanner.grammar.statement(scanner));
  scanner.skipBlanks({ lines: true });
  scanner.expect(')', opened, 'of foreach');
  return { kind: 'foreach', variable: variable[1] ?? '', values, body: parseBlock(scanner), extent: scanner.from(start) };
}

function parseFor(scanner: Scanner, start: number): Statement {
  scanner.skipBlanks({ lines: true });
  const opened = scanner.at;
  if (!scanner.take('(')) throw scanner.unexpected("Missing opening '(' after keyword 'for'.");
  const part = (close: ';' | ')'): Statement | undefined => {
    scanner.skipBlanks({ lines: true });
    const statement = scanner.peek() === ';' || scanner.peek() === ')' ? undefined : scanner.nested(() => scanner.grammar.statement(scanner));
    scanner.skipBlanks({ lines: true });
    scanner.expect(close, opened, 'in for statement');
    return statement;
  };
  const [first, condition, next] = [part(';'), part(';'), part(')')];
  return { kind: 'for', first, condition, next, body: parseBlock(scanner), extent: scanner.from(start) };
}

function parseWhile(scanner: Scanner, start: number): Statement {
  return { kind: 'while', condition: parseCondition(scanner), body: parseBlock(scanner), extent: scanner.from(start) };
}

function parseDo(scanner: Scanner, start: number): Statement {
  const body = parseBlock(scanner);
  const keyword = takeKeyword(scanner, /(?:while|until)\b/i);
  if (keyword === undefined) throw scanner.unexpected('Missing while or until keyword in do loop.');
  return { kind: 'do', body, condition: parseCondition(scanner), until: keyword[0].toLowerCase() === 'until', extent: scanner.from(start) };
}

/** With any of the dashes that pages print. */
const switchOption = /[-\u2013\u2014\u2015]([A-Za-z]+)/;
const comparisons = { regex: 'regex', wildcard: 'wildcard', exact: 'exact' } as const;

function parseSwitch(scanner: Scanner, start: number): Statement {
  let comparison: 'exact' | 'regex' | 'wildcard' = 'exact';
  let caseSensitive = false;
  for (let option = takeKeyword(scanner, switchOption); option !== undefined; option = takeKeyword(scanner, switchOption)) {
    const name = option[1]?.toLowerCase() ?? '';
    if (name === 'casesensitive') caseSensitive = true;
    else if (name === 'regex' || name === 'wildcard' || name === 'exact') comparison = comparisons[name];
    else throw new ShellError('SHELL_NOT_SUPPORTED', `The switch statement's parameter '${option[0]}' is not part of what this shell knows.`, { extent: { start: scanner.at - option[0].length, end: scanner.at } });
  }
  const value = parseCondition(scanner);
  scanner.skipBlanks({ lines: true });
  const opened = scanner.at;
  if (!scanner.take('{')) throw scanner.unexpected("Missing '{' in switch statement.");
  const clauses: Extract<Statement, { kind: 'switch' }>['clauses'][number][] = [];
  for (scanner.skipSeparators(); !scanner.ended && scanner.peek() !== '}'; scanner.skipSeparators()) {
    const isDefault = takeKeyword(scanner, /default(?=[\s{])/i) !== undefined;
    const pattern = isDefault ? undefined : scanner.nested(() => parseValue(scanner));
    clauses.push({ pattern, body: parseBlock(scanner) });
  }
  scanner.expect('}', opened, 'in switch statement');
  return { kind: 'switch', value, comparison, caseSensitive, clauses, extent: scanner.from(start) };
}

function parseTry(scanner: Scanner, start: number): Statement {
  const body = parseBlock(scanner);
  const handlers: { types: readonly string[]; body: ReturnType<typeof parseBlock> }[] = [];
  for (let found = takeKeyword(scanner, catchHead); found !== undefined; found = takeKeyword(scanner, catchHead)) {
    if (/^[ \t]*,\s*$/.test(scanner.rest)) throw scanner.unfinished('The type of another exception is missing.');
    handlers.push({ types: [...found[0].matchAll(/\[([\w.]+)\]/g)].map(([, type = '']) => type), body: parseBlock(scanner) });
  }
  const last = takeKeyword(scanner, /finally\b/i) ? parseBlock(scanner) : undefined;
  if (handlers.length === 0 && last === undefined) throw scanner.unexpected('The Try statement is missing its Catch or Finally block.');
  return { kind: 'try', body, handlers, last, extent: scanner.from(start) };
}

const catchHead = /catch\b(?:\s*\[[\w.]+\](?:\s*,\s*\[[\w.]+\])*)?/i;
