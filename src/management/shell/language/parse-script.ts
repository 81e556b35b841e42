import type { AssignmentOperator, Block, Expression, PipelineElement, Redirection, Script, Statement } from './syntax-tree.ts';
import { Scanner, isDash, isDoubleQuote, isNewline, isSingleQuote } from './scanner.ts';
import { ShellError } from './shell-error.ts';
import { parseCommand } from './parse-command.ts';
import { parseExpression } from './parse-expression.ts';
import { parseFlow } from './parse-flow.ts';
import { parseBody, parseFunction, takeParamBlock, takePipelineBlocks } from './parse-function.ts';

/** Parts of the language that are left out, so that their names get an answer better than "not recognized". */
const leftOut = new Set(['class', 'enum', 'param', 'begin', 'process', 'end', 'until', 'trap', 'using', 'data', 'workflow', 'configuration']);

/**
 * Reads PowerShell, as far as administrators paste it: pipelines, variables, expressions, functions,
 * `if`, `switch`, loops, `try`. What it does not know is an error that points at the place.
 *
 * @throws ShellError `SHELL_SYNTAX` (with `incomplete` where more input may help), `SHELL_NOT_SUPPORTED`, `SHELL_LIMIT`
 */
export function parseScript(text: string): Script {
  const scanner = new Scanner(text, { block: parseBlockUntil, statement: parseStatement, body: parseBody });
  const statements: Statement[] = [];
  const { parameters } = takeParamBlock(scanner);
  // Nothing comes through a pipe into a script, so that its blocks run one after the other.
  const blocks = takePipelineBlocks(scanner);
  if (blocks !== undefined) statements.push(...(blocks.begin ?? []), ...(blocks.process ?? []), ...(blocks.end ?? []));
  scanner.skipSeparators();
  if (blocks !== undefined && !scanner.ended) throw scanner.unexpected();
  while (!scanner.ended) {
    statements.push(parseStatement(scanner));
    endStatement(scanner);
  }
  return { statements, text, ...(parameters === undefined ? {} : { parameters }) };
}

/** Statements up to a closing bracket, which is consumed. */
function parseBlockUntil(scanner: Scanner, close: ')' | '}', opened: number): Block {
  const statements: Statement[] = [];
  scanner.skipSeparators();
  while (!scanner.ended && scanner.peek() !== close) {
    statements.push(parseStatement(scanner));
    if (scanner.peek() !== close) endStatement(scanner);
  }
  scanner.expect(close, opened, close === '}' ? 'in statement block' : 'in expression');
  return statements;
}

function endStatement(scanner: Scanner): void {
  scanner.skipBlanks();
  const character = scanner.peek();
  if (character !== '' && character !== ';' && !isNewline(character) && character !== ')' && character !== '}') throw scanner.unexpected();
  if (character === ')' || character === '}') return;
  scanner.skipSeparators();
}

function parseStatement(scanner: Scanner): Statement {
  scanner.skipBlanks();
  skipPrompt(scanner);
  const start = scanner.at;
  const word = scanner.match(/[A-Za-z]+(?![\w-])/)?.[0].toLowerCase() ?? '';
  const flow = parseFlow(word, scanner);
  if (flow !== undefined) return flow;
  if (word === 'function' || word === 'filter') {
    scanner.at += word.length;
    return parseFunction(scanner, start, word === 'filter');
  }
  if (word === 'throw' || word === 'return') {
    scanner.at += word.length;
    scanner.skipBlanks();
    const value = scanner.ended || isNewline(scanner.peek()) || /[;)}]/.test(scanner.peek()) ? undefined : parseStatement(scanner);
    return { kind: word, value, extent: scanner.from(start) };
  }
  if (word === 'break' || word === 'continue') {
    scanner.at += word.length;
    return { kind: word, extent: scanner.from(start) };
  }
  if (leftOut.has(word)) throw new ShellError('SHELL_NOT_SUPPORTED', `The keyword '${word}' is not part of what this shell knows.`, { extent: { start, end: start + word.length }, remedy: 'It runs pipelines, variables, expressions, functions, if, switch, loops and try. Keep other scripts for PowerShell itself.' });
  return parsePipeline(scanner);
}

/** A copied prompt (`[PS] C:\Windows\system32>`) is not part of the command. */
function skipPrompt(scanner: Scanner): void {
  const prompt = scanner.match(/(?:\[PS\] ?|PS ?)(?:[A-Za-z]:\\[^>\r\n]{0,200}|\/[^>\r\n]{0,200})?>+[ \t]*/);
  if (prompt !== null) scanner.at += prompt[0].length;
}

function parsePipeline(scanner: Scanner): Statement {
  const start = scanner.at;
  const elements: PipelineElement[] = [];
  let redirection: Redirection | undefined;
  if (startsExpression(scanner)) {
    const expression = parseExpression(scanner);
    const operator = assignmentAhead(scanner);
    if (operator !== undefined) return parseAssignment(scanner, expression, operator, start);
    elements.push({ kind: 'expression', expression });
  } else {
    const found = parseCommand(scanner);
    elements.push(found.command);
    redirection = found.redirection;
  }
  for (;;) {
    const before = scanner.at;
    scanner.skipBlanks();
    if (scanner.looksAt('||') || scanner.looksAt('&&')) throw new ShellError('SHELL_NOT_SUPPORTED', `The token '${scanner.peek()}${scanner.peek()}' is not a valid statement separator here.`, { extent: { start: scanner.at, end: scanner.at + 2 } });
    if (!scanner.take('|')) {
      scanner.at = before;
      break;
    }
    scanner.skipBlanks({ lines: true });
    if (scanner.ended) throw new ShellError('SHELL_SYNTAX', 'An empty pipe element is not allowed.', { extent: { start: before, end: scanner.at }, incomplete: true });
    if (startsExpression(scanner) && scanner.peek() !== '&') throw new ShellError('SHELL_SYNTAX', 'Expressions are only allowed as the first element of a pipeline.', { extent: { start: scanner.at, end: scanner.at + 1 } });
    const found = parseCommand(scanner);
    elements.push(found.command);
    redirection = found.redirection ?? redirection;
  }
  return { kind: 'pipeline', elements, redirection, extent: scanner.from(start) };
}

function startsExpression(scanner: Scanner): boolean {
  const character = scanner.peek();
  if (isSingleQuote(character) || isDoubleQuote(character)) return true;
  if (character === '@') return /[({'"\u2018\u2019\u201c\u201d]/.test(scanner.peek(1));
  if (isDash(character) || character === '+') return true;
  return /[$([{!,]/.test(character) || scanner.match(/(?:0x[0-9a-f]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?(?:[kmgtp]b)?)(?![\w.-])|\d+\.\./i) !== null;
}

function assignmentAhead(scanner: Scanner): AssignmentOperator | undefined {
  const before = scanner.at;
  scanner.skipBlanks();
  const found = scanner.match(/[-+*/%]?=/)?.[0];
  if (found === undefined) {
    scanner.at = before;
    return undefined;
  }
  scanner.at += found.length;
  return found as AssignmentOperator;
}

function parseAssignment(scanner: Scanner, target: Expression, operator: AssignmentOperator, start: number): Statement {
  const isPlace = (part: Expression): boolean => ['variable', 'member', 'index'].includes(part.kind === 'cast' ? part.operand.kind : part.kind);
  // `$a, $b = 1, 2` sets several.
  if (!(target.kind === 'array' && operator === '=' ? target.items : [target]).every(isPlace)) {
    throw new ShellError('SHELL_SYNTAX', 'The assignment expression is not valid. The input to an assignment operator must be an object that is able to accept assignments, such as a variable or a property.', { extent: target.extent });
  }
  scanner.skipBlanks({ lines: true });
  const value = parseStatement(scanner);
  return { kind: 'assignment', target, operator, value, extent: scanner.from(start) };
}
