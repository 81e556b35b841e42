import type { Block, Expression, Statement } from '../language/syntax-tree.ts';
import { Formatted } from '../formatting/formatted.ts';
import { ShellError } from '../language/shell-error.ts';
import { fromItems, itemsOf, toBoolean, toText } from './convert.ts';
import { getIndex, getProperty } from './members.ts';
import { callMethod } from './methods.ts';
import { applyOperator, applyUnary } from './operators.ts';
import type { Flow, ShellState } from './shell-state.ts';
import { shouldProcess } from './should-process.ts';
import { callStatic, getStatic } from './static-members.ts';
import { convertTo, shortTypeName } from './types.ts';
import type { ScriptBlock, ShellValue } from './values.ts';
import { Hashtable, ShellObject, isScriptBlock, isTypeName } from './values.ts';
import { getVariable } from './variables.ts';

/** The value of an expression. Errors carry the place where they arose. @throws ShellError */
export async function evaluate(expression: Expression, state: ShellState): Promise<ShellValue> {
  try {
    return await evaluateKind(expression, state);
  } catch (error) {
    if (error instanceof ShellError && error.extent === undefined) {
      throw new ShellError(error.code, error.message, { extent: expression.extent, cause: error, ...(error.remedy === undefined ? {} : { remedy: error.remedy }) });
    }
    throw error;
  }
}

async function evaluateKind(expression: Expression, state: ShellState): Promise<ShellValue> {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'word':
      return wordValue(expression.text);
    case 'expandable':
      return expand(expression.parts, state);
    case 'variable':
      return getVariable(state, expression.name);
    case 'array':
      return evaluateAll(expression.items, state);
    case 'array-of':
      return itemsOf(fromItems(await valuesOfBlock(expression.body, state)));
    case 'hashtable':
      return hashtable(expression.entries, state);
    case 'group':
      return state.interpreter.valueOf(expression.statement, state);
    case 'sub-expression':
      return fromItems(await valuesOfBlock(expression.body, state));
    case 'script-block':
      return { kind: 'script-block', script: expression.script, text: expression.script.text.slice(expression.extent.start + 1, expression.extent.end - 1) };
    case 'member':
      return member(expression, state);
    case 'call':
      return call(expression, state);
    case 'index':
      return getIndex(await evaluate(expression.object, state), await evaluate(expression.index, state));
    case 'unary':
      return applyUnary(expression.operator, await evaluate(expression.operand, state));
    case 'binary':
      return binary(expression, state);
    case 'step':
      return step(expression, state);
    case 'type':
      return { kind: 'type', name: expression.name };
    default: {
      const value = await evaluate(expression.operand, state);
      // `[int][char]'A'` is the number of the character, which as a text would be read as a number.
      if (expression.operand.kind === 'cast' && shortTypeName(expression.operand.type) === 'char' && shortTypeName(expression.type) === 'int' && typeof value === 'string') return value.charCodeAt(0);
      return convertTo(expression.type, value);
    }
  }
}

/** A word that is a whole number is one; `007` and thumbprints stay text. */
function wordValue(text: string): ShellValue {
  return /^-?(?:0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}

async function evaluateAll(items: readonly Expression[], state: ShellState): Promise<ShellValue[]> {
  const values: ShellValue[] = [];
  for (const item of items) values.push(await evaluate(item, state));
  return values;
}

async function expand(parts: readonly (string | Expression)[], state: ShellState): Promise<string> {
  let text = '';
  for (const part of parts) text += typeof part === 'string' ? part : toText(await evaluate(part, state));
  return text;
}

async function valuesOfBlock(body: Block, state: ShellState): Promise<ShellValue[]> {
  const values: ShellValue[] = [];
  for await (const flow of state.interpreter.runBlock(body, state)) values.push(asValue(flow));
  return values;
}

/** Lines that were laid out are texts as soon as they are used as a value. */
function asValue(flow: Flow): ShellValue {
  return flow instanceof Formatted ? flow.lines.join('\n') : flow;
}

async function hashtable(entries: readonly { key: Expression; value: Statement }[], state: ShellState): Promise<Hashtable> {
  const table = new Hashtable();
  for (const { key, value } of entries) {
    const name = toText(await evaluate(key, state));
    if (table.has(name)) throw new ShellError('SHELL_SYNTAX', `Duplicate keys '${name}' are not allowed in hash literals.`, { extent: key.extent });
    table.set(name, await state.interpreter.valueOf(value, state));
  }
  return table;
}

async function member(expression: Extract<Expression, { kind: 'member' }>, state: ShellState): Promise<ShellValue> {
  const object = await evaluate(expression.object, state);
  const name = toText(await evaluate(expression.name, state));
  if (!expression.static) return getProperty(object, name);
  return getStatic(staticType(object), name, state.host);
}

async function call(expression: Extract<Expression, { kind: 'call' }>, state: ShellState): Promise<ShellValue> {
  const object = await evaluate(expression.object, state);
  const name = toText(await evaluate(expression.name, state));
  const given = await evaluateAll(expression.arguments, state);
  const [block] = given;
  const wanted = name.toLowerCase();
  if (!expression.static && isScriptBlock(object) && (wanted === 'invoke' || wanted === 'invokereturnasis')) return fromItems((await state.interpreter.callBlock(object, given, expression.extent, state)).map(asValue));
  if (object instanceof ShellObject && object.typeName === 'PSScriptCmdlet' && wanted === 'shouldprocess') return shouldProcess(given, state, expression.extent);
  if (!expression.static && isScriptBlock(block ?? null) && (wanted === 'foreach' || wanted === 'where')) return overItems(wanted, itemsOf(object), block as ScriptBlock, state);
  return expression.static ? callStatic(staticType(object), name, given, state.host) : callMethod(object, name, given);
}

/** `$list.ForEach({ … })` and `$list.Where({ … })`. */
async function overItems(method: 'foreach' | 'where', items: readonly ShellValue[], block: ScriptBlock, state: ShellState): Promise<ShellValue[]> {
  const found: ShellValue[] = [];
  for (const item of items) {
    if (method === 'foreach') found.push(...(await state.interpreter.runWithItem(block, item, state)).map(asValue));
    else if (toBoolean(await state.interpreter.valueWithItem(block, item, state))) found.push(item);
  }
  return found;
}

async function step({ target, sign, prefix, extent }: Extract<Expression, { kind: 'step' }>, state: ShellState): Promise<ShellValue> {
  const before = (await evaluate(target, state)) ?? 0;
  const value: Statement = { kind: 'pipeline', elements: [{ kind: 'expression', expression: { kind: 'literal', value: 1, extent } }], redirection: undefined, extent };
  await state.interpreter.valueOf({ kind: 'assignment', target, operator: sign === '++' ? '+=' : '-=', value, extent }, state);
  return prefix ? evaluate(target, state) : before;
}

function staticType(value: ShellValue): string {
  if (value !== null && isTypeName(value)) return value.name;
  throw new ShellError('SHELL_MEMBER', "Only a type, such as [guid], can stand before '::'.");
}

async function binary(expression: Extract<Expression, { kind: 'binary' }>, state: ShellState): Promise<ShellValue> {
  const left = await evaluate(expression.left, state);
  if (expression.operator === 'and') return toBoolean(left) && toBoolean(await evaluate(expression.right, state));
  if (expression.operator === 'or') return toBoolean(left) || toBoolean(await evaluate(expression.right, state));
  const right = await evaluate(expression.right, state);
  return applyOperator(expression.operator, left, right, (matches) => state.variables.set('matches', matches));
}

