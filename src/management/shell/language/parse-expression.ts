import type { Expression, Statement, UnaryOperator } from './syntax-tree.ts';
import type { Scanner } from './scanner.ts';
import { isDash, isDoubleQuote, isNewline, isSingleQuote } from './scanner.ts';
import { ShellError } from './shell-error.ts';
import { parseSubExpression, parseText, parseVariable } from './parse-text.ts';

/** Operators from the loosest to the tightest (about_Operator_Precedence); one set is one level, read from the left. */
const levels: readonly ReadonlySet<string>[] = [
  new Set(['and', 'or', 'xor']),
  new Set(['band', 'bor', 'bxor']),
  new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'like', 'notlike', 'match', 'notmatch', 'contains', 'notcontains', 'in', 'notin', 'replace', 'split', 'join', 'is', 'isnot', 'as']),
  new Set(['+', 'minus']),
  new Set(['*', '/', '%']),
  new Set(['f']),
  new Set(['..']),
];
const named = new Set(levels.flatMap((level) => [...level]).filter((operator) => /^[a-z]+$/.test(operator) && operator !== 'minus'));
const comparisons = levels[2] ?? new Set<string>();

const number = /(?:0x[0-9a-f]+|(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?)(?:[kmgtp]b)?(?![\w])/i;
const units: Readonly<Record<string, number>> = { kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3, tb: 1024 ** 4, pb: 1024 ** 5 };

/** An expression with all operators, commas among them. */
export function parseExpression(scanner: Scanner): Expression {
  return scanner.nested(() => parseLevel(scanner, 0, true));
}

/** An expression in which a comma ends it: an argument of a method, a parameter's initial value. */
export function parseArgument(scanner: Scanner): Expression {
  return scanner.nested(() => parseLevel(scanner, 0, false));
}

function parseLevel(scanner: Scanner, level: number, commas: boolean): Expression {
  const operators = levels[level];
  if (operators === undefined) return commas ? parseCommas(scanner) : parseUnary(scanner);
  let left = parseLevel(scanner, level + 1, commas);
  for (;;) {
    const found = operatorAhead(scanner);
    if (found === undefined || !operators.has(plainOperator(found.operator))) return left;
    scanner.at = found.end;
    scanner.skipBlanks({ lines: true });
    const right = parseLevel(scanner, level + 1, commas);
    left = { kind: 'binary', operator: found.operator, left, right, extent: { start: left.extent.start, end: right.extent.end } };
  }
}

/** `-ceq` and `-ieq` are `-eq` with and without regard to case. */
export function plainOperator(operator: string): string {
  const rest = operator.slice(1);
  return /^[ci]/.test(operator) && comparisons.has(rest) && !comparisons.has(operator) ? rest : operator;
}

function operatorAhead(scanner: Scanner): { operator: string; end: number } | undefined {
  const before = scanner.at;
  scanner.skipBlanks();
  const at = scanner.at;
  scanner.at = before;
  const character = scanner.text.charAt(at);
  if (isDash(character)) {
    const word = /^[A-Za-z]+/.exec(scanner.text.slice(at + 1, at + 20))?.[0].toLowerCase();
    // `-=` is an assignment, as are `+=` and its like below.
    if (word === undefined) return scanner.text.charAt(at + 1) === '=' ? undefined : { operator: 'minus', end: at + 1 };
    if (named.has(plainOperator(word))) return { operator: word, end: at + 1 + word.length };
    if (word === 'not' || word === 'bnot') return undefined;
    throw new ShellError('SHELL_SYNTAX', `Unexpected token '-${word}' in expression or statement.`, { extent: { start: at, end: at + 1 + word.length }, remedy: 'Known operators are -eq -ne -gt -ge -lt -le -like -match -contains -in -replace -split -join -and -or -not -f -is -as.' });
  }
  if (scanner.text.startsWith('..', at)) return { operator: '..', end: at + 2 };
  if ('+*/%'.includes(character) && character !== '' && scanner.text.charAt(at + 1) !== '=') return { operator: character, end: at + 1 };
  return undefined;
}

function parseCommas(scanner: Scanner): Expression {
  const first = parseUnary(scanner);
  const items = [first];
  for (;;) {
    const before = scanner.at;
    scanner.skipBlanks();
    if (!scanner.take(',')) {
      scanner.at = before;
      break;
    }
    scanner.skipBlanks({ lines: true });
    items.push(parseUnary(scanner));
  }
  return items.length === 1 ? first : { kind: 'array', items, extent: scanner.from(first.extent.start) };
}

function parseUnary(scanner: Scanner): Expression {
  scanner.skipBlanks();
  const start = scanner.at;
  const sign = scanner.match(/(?:\+\+|--)(?=\$)/)?.[0];
  if (sign === '++' || sign === '--') {
    scanner.at += 2;
    return { kind: 'step', target: parsePostfix(scanner), sign, prefix: true, extent: scanner.from(start) };
  }
  const operator = unaryAhead(scanner);
  if (operator !== undefined) {
    scanner.skipBlanks({ lines: true });
    const operand = scanner.nested(() => (operator === 'join' || operator === 'split' ? parseCommas(scanner) : parseUnary(scanner)));
    return { kind: 'unary', operator, operand, extent: scanner.from(start) };
  }
  // `,'a'` is an array of one.
  if (scanner.take(',')) {
    const item = scanner.nested(() => parseUnary(scanner));
    return { kind: 'array', items: [item], extent: scanner.from(start) };
  }
  return parsePostfix(scanner);
}

function unaryAhead(scanner: Scanner): UnaryOperator | undefined {
  const character = scanner.peek();
  if (character === '!') {
    scanner.at += 1;
    return 'not';
  }
  if (character === '+') {
    scanner.at += 1;
    return '+';
  }
  if (!isDash(character)) return undefined;
  const word = /^[A-Za-z]+/.exec(scanner.text.slice(scanner.at + 1, scanner.at + 20))?.[0].toLowerCase();
  if (word === undefined) {
    scanner.at += 1;
    return '-';
  }
  if (word !== 'not' && word !== 'join' && word !== 'split') throw scanner.unexpected();
  scanner.at += 1 + word.length;
  return word;
}

/** A value with what hangs on it: members, calls, indexes. */
export function parsePostfix(scanner: Scanner): Expression {
  const start = scanner.at;
  let value = parsePrimary(scanner);
  for (;;) {
    if (scanner.looksAt('::')) {
      scanner.at += 2;
      value = parseMember(scanner, value, true, start);
    } else if (scanner.peek() === '.' && scanner.peek(1) !== '.' && /[\w"'$({\u2018\u201c]/.test(scanner.peek(1))) {
      scanner.at += 1;
      value = parseMember(scanner, value, false, start);
    } else if (scanner.peek() === '[') {
      const opened = scanner.at;
      scanner.at += 1;
      scanner.skipBlanks({ lines: true });
      const index = parseExpression(scanner);
      scanner.skipBlanks({ lines: true });
      scanner.expect(']', opened, 'of an index');
      value = { kind: 'index', object: value, index, extent: scanner.from(start) };
    } else if ((scanner.looksAt('++') || scanner.looksAt('--')) && (value.kind === 'variable' || value.kind === 'member' || value.kind === 'index')) {
      const sign = scanner.looksAt('++') ? '++' : '--';
      scanner.at += 2;
      return { kind: 'step', target: value, sign, prefix: false, extent: scanner.from(start) };
    } else return value;
  }
}

function parseMember(scanner: Scanner, object: Expression, isStatic: boolean, start: number): Expression {
  const name = parseMemberName(scanner);
  if (scanner.peek() !== '(') return { kind: 'member', object, name, static: isStatic, extent: scanner.from(start) };
  const opened = scanner.at;
  scanner.at += 1;
  const given: Expression[] = [];
  scanner.skipBlanks({ lines: true });
  while (scanner.peek() !== ')') {
    given.push(parseArgument(scanner));
    scanner.skipBlanks({ lines: true });
    if (!scanner.take(',')) break;
    scanner.skipBlanks({ lines: true });
  }
  scanner.expect(')', opened, 'of a method call');
  return { kind: 'call', object, name, static: isStatic, arguments: given, extent: scanner.from(start) };
}

function parseMemberName(scanner: Scanner): Expression {
  const start = scanner.at;
  const character = scanner.peek();
  if (isSingleQuote(character) || isDoubleQuote(character)) return parseText(scanner);
  if (character === '$') return scanner.peek(1) === '(' ? parseSubExpression(scanner) : parseVariable(scanner);
  if (character === '(') return parseGroup(scanner);
  const word = scanner.match(/[A-Za-z_]\w*|\d+/)?.[0];
  if (word === undefined) throw scanner.unexpected('The name of a property or method is missing after the dot.');
  scanner.at += word.length;
  return { kind: 'literal', value: word, extent: scanner.from(start) };
}

function parsePrimary(scanner: Scanner): Expression {
  const start = scanner.at;
  const character = scanner.peek();
  if (isSingleQuote(character) || isDoubleQuote(character)) return parseText(scanner);
  if (character === '$') return scanner.peek(1) === '(' ? parseSubExpression(scanner) : parseVariable(scanner);
  if (character === '(') return parseGroup(scanner);
  if (character === '{') return parseScriptBlock(scanner);
  if (character === '[') return parseType(scanner);
  if (character === '@') return parseAt(scanner);
  const found = scanner.match(number);
  if (found !== null) {
    scanner.at += found[0].length;
    return { kind: 'literal', value: numberOf(found[0]), extent: scanner.from(start) };
  }
  throw scanner.unexpected();
}

function numberOf(text: string): number {
  const unit = /[kmgtp]b$/i.exec(text)?.[0].toLowerCase();
  const digits = unit === undefined ? text : text.slice(0, -2);
  return Number(digits) * (unit === undefined ? 1 : (units[unit] ?? 1));
}

function parseGroup(scanner: Scanner): Expression {
  const start = scanner.at;
  scanner.at += 1;
  scanner.skipBlanks({ lines: true });
  const statement = scanner.nested(() => scanner.grammar.statement(scanner));
  scanner.skipBlanks({ lines: true });
  scanner.expect(')', start, 'in expression');
  return { kind: 'group', statement, extent: scanner.from(start) };
}

/** `{ … }`, with its own text. */
export function parseScriptBlock(scanner: Scanner): Expression {
  const start = scanner.at;
  scanner.at += 1;
  const script = scanner.nested(() => scanner.grammar.body(scanner, start));
  return { kind: 'script-block', script, extent: scanner.from(start) };
}

function parseAt(scanner: Scanner): Expression {
  const start = scanner.at;
  const next = scanner.peek(1);
  if (isSingleQuote(next) || isDoubleQuote(next)) return parseText(scanner);
  if (next === '(') {
    scanner.at += 2;
    const body = scanner.nested(() => scanner.grammar.block(scanner, ')', start));
    return { kind: 'array-of', body, extent: scanner.from(start) };
  }
  if (next === '{') return parseHashtable(scanner);
  throw scanner.unexpected();
}

function parseHashtable(scanner: Scanner): Expression {
  const start = scanner.at;
  scanner.at += 2;
  const entries: { key: Expression; value: Statement }[] = [];
  scanner.skipSeparators();
  while (!scanner.ended && scanner.peek() !== '}') {
    const key = parseKey(scanner);
    scanner.skipBlanks();
    if (!scanner.take('=')) throw scanner.unexpected("Missing '=' operator after key in hash literal.");
    scanner.skipBlanks({ lines: true });
    entries.push({ key, value: scanner.nested(() => scanner.grammar.statement(scanner)) });
    scanner.skipBlanks();
    if (scanner.peek() !== '}' && scanner.peek() !== ';' && !isNewline(scanner.peek()) && !scanner.ended) throw scanner.unexpected();
    scanner.skipSeparators();
  }
  scanner.expect('}', start, 'of a hashtable');
  return { kind: 'hashtable', entries, extent: scanner.from(start) };
}

function parseKey(scanner: Scanner): Expression {
  const start = scanner.at;
  const word = scanner.match(/[A-Za-z_][\w-]*/)?.[0];
  if (word === undefined) return parsePostfix(scanner);
  scanner.at += word.length;
  return { kind: 'literal', value: word, extent: scanner.from(start) };
}

/** `[name]`: a type, or a cast of what follows. */
function parseType(scanner: Scanner): Expression {
  const start = scanner.at;
  const found = scanner.match(/\[\s*([A-Za-z_][\w.]*(?:\[[\w., ]*\])?)\s*\]/);
  if (found === null) throw scanner.unexpected();
  scanner.at += found[0].length;
  const name = found[1] ?? '';
  if (scanner.looksAt('::')) return { kind: 'type', name, extent: scanner.from(start) };
  const after = scanner.at;
  scanner.skipBlanks();
  if (!startsOperand(scanner)) {
    scanner.at = after;
    return { kind: 'type', name, extent: scanner.from(start) };
  }
  const operand = scanner.nested(() => parseUnary(scanner));
  return { kind: 'cast', type: name, operand, extent: scanner.from(start) };
}

function startsOperand(scanner: Scanner): boolean {
  const character = scanner.peek();
  return isSingleQuote(character) || isDoubleQuote(character) || /[$(@[{\d]/.test(character);
}
