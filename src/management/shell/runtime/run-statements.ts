import type { Block, Expression, Statement } from '../language/syntax-tree.ts';
import { ShellError } from '../language/shell-error.ts';
import { Formatted } from '../formatting/formatted.ts';
import { fromItems, itemsOf, toBoolean, toText } from './convert.ts';
import { errorActionOf, isSilent } from './error-action.ts';
import { evaluate } from './evaluate.ts';
import { isCaughtBy } from './exception-types.ts';
import { setProperty } from './members.ts';
import { applyOperator } from './operators.ts';
import { errorRecord, rememberError, reportError } from './report-error.ts';
import { callBlock } from './run-function.ts';
import { runPipeline } from './run-pipeline.ts';
import type { Flow, Interpreter, ShellState } from './shell-state.ts';
import { Leave } from './shell-state.ts';
import { convertTo } from './types.ts';
import type { ScriptBlock, ShellValue } from './values.ts';
import { isScriptBlock } from './values.ts';
import { setVariable } from './variables.ts';

/** Runs statements one after the other and gives what they put out. @throws ShellError, Leave */
async function* runBlock(block: Block, state: ShellState): AsyncGenerator<Flow> {
  for (const statement of block) yield* runNext(statement, state);
}

/**
 * Runs one of several statements. As in PowerShell an error ends its statement only, is shown, and the next one follows;
 * what ends the whole script is `throw`, `-ErrorAction Stop`, Ctrl-C, and any error within `try`.
 *
 * @throws ShellError, Leave
 */
export async function* runNext(statement: Statement, state: ShellState): AsyncGenerator<Flow> {
  try {
    yield* runStatement(statement, state);
  } catch (error) {
    if (error instanceof Leave || state.tries > 0 || state.host.signal.aborted || endsScript(error, state, statement)) throw error;
    if (isSilent(errorActionOf(new Map(), state, statement.extent))) rememberError(state, error);
    else reportError(state, error);
  }
}

function endsScript(error: unknown, state: ShellState, statement: Statement): boolean {
  if (error instanceof ShellError && error.code === 'SHELL_THROWN') return true;
  return (error instanceof Error && state.stopping.has(error)) || errorActionOf(new Map(), state, statement.extent) === 'stop';
}

/** @throws ShellError, Leave */
async function* runStatement(statement: Statement, state: ShellState): AsyncGenerator<Flow> {
  state.host.signal.throwIfAborted();
  switch (statement.kind) {
    case 'pipeline':
      yield* runPipeline(statement, state);
      return;
    case 'assignment':
      await assign(statement, state);
      return;
    case 'if':
      yield* runIf(statement, state);
      return;
    case 'foreach':
      yield* runForeach(statement, state);
      return;
    case 'while':
      yield* runWhile(statement, state);
      return;
    case 'for':
      yield* runFor(statement, state);
      return;
    case 'do':
      yield* runDo(statement, state);
      return;
    case 'switch':
      yield* runSwitch(statement, state);
      return;
    case 'function':
      state.functions.set(statement.name.toLowerCase(), statement);
      return;
    case 'try':
      yield* runTry(statement, state);
      return;
    case 'throw':
      // Without a value, `throw` in `catch` throws on what was caught.
      if (statement.value === undefined && state.caught !== undefined) throw state.caught.error;
      throw new ShellError('SHELL_THROWN', statement.value === undefined ? 'ScriptHalted' : toText(await valueOf(statement.value, state)), { extent: statement.extent });
    case 'return':
      throw new Leave('return', statement.value === undefined ? [] : await collect(runStatement(statement.value, state)));
    default:
      throw new Leave(statement.kind);
  }
}

/** What a statement puts out as one value: nothing, the only item, or a list. */
async function valueOf(statement: Statement, state: ShellState): Promise<ShellValue> {
  // `$a = $b = 1`, `if ($mailbox = Get-Mailbox …)`: the value is what was assigned.
  if (statement.kind === 'assignment') return assign(statement, state);
  const [only] = statement.kind === 'pipeline' && statement.elements.length === 1 ? statement.elements : [];
  // A list in brackets stays the list it is, also one of one item.
  if (only?.kind === 'expression') return evaluate(only.expression, state);
  const values: ShellValue[] = [];
  for await (const flow of runStatement(statement, state)) values.push(flow instanceof Formatted ? flow.lines.join('\n') : flow);
  return fromItems(values);
}

/** Runs a script block with `$_` set, and gives what it puts out as one value. */
async function runWithItem(block: ScriptBlock, item: ShellValue, state: ShellState): Promise<Flow[]> {
  const former = state.variables.get('_');
  const formerText = state.text;
  state.variables.set('_', item);
  state.text = block.script.text;
  const { statements, blocks } = block.script;
  const output: Flow[] = [];
  try {
    for await (const flow of runBlock(blocks === undefined ? statements : [...(blocks.begin ?? []), ...(blocks.process ?? []), ...(blocks.end ?? [])], state)) output.push(flow);
  } catch (error) {
    // `return` in a script block ends the block.
    if (!(error instanceof Leave) || error.kind !== 'return') throw error;
    output.push(...error.value);
  } finally {
    state.text = formerText;
    if (former === undefined) state.variables.delete('_');
    else state.variables.set('_', former);
  }
  return output;
}

/** The value of a script block for one item. */
async function valueWithItem(block: ScriptBlock, item: ShellValue, state: ShellState): Promise<ShellValue> {
  const output = await runWithItem(block, item, state);
  return fromItems(output.map((flow) => (flow instanceof Formatted ? flow.lines.join('\n') : flow)));
}

async function assign({ target, operator, value: source }: Extract<Statement, { kind: 'assignment' }>, state: ShellState): Promise<ShellValue> {
  const value = await valueOf(source, state);
  if (target.kind === 'array') return assignEach(target.items, value, state);
  const cast = target.kind === 'cast' ? target.type : undefined;
  const place = target.kind === 'cast' ? target.operand : target;
  const old = operator === '=' ? null : await evaluate(place, state);
  const combined = operator === '=' ? value : applyOperator(operator === '-=' ? 'minus' : operator.slice(0, 1), old, value, () => undefined);
  const next = cast === undefined ? combined : castTo(cast, combined, target);
  await put(place, next, state);
  return next;
}

/** `$a, $b = …`: each target takes an item, the last one all that are left. */
async function assignEach(targets: readonly Expression[], value: ShellValue, state: ShellState): Promise<ShellValue> {
  const items = itemsOf(value);
  for (const [at, target] of targets.entries()) {
    const part = at === targets.length - 1 ? fromItems(items.slice(at)) : (items[at] ?? null);
    await (target.kind === 'cast' ? put(target.operand, castTo(target.type, part, target), state) : put(target, part, state));
  }
  return value;
}

async function put(place: Expression, value: ShellValue, state: ShellState): Promise<void> {
  try {
    if (place.kind === 'variable') setVariable(state, place.name, value, place.extent);
    else if (place.kind === 'member') setProperty(await evaluate(place.object, state), toText(await evaluate(place.name, state)), value);
    else if (place.kind === 'index') setIndex(await evaluate(place.object, state), await evaluate(place.index, state), value);
    else throw new ShellError('SHELL_OPERATION', 'The assignment expression is not valid.');
  } catch (error) {
    throw placedAt(error, place);
  }
}

/** A cast at the left of an assignment; its error points at it. */
function castTo(type: string, value: ShellValue, { extent }: Expression): ShellValue {
  try {
    return convertTo(type, value);
  } catch (error) {
    throw placedAt(error, { extent });
  }
}

/** The error with the place where it arose, if it has none yet. */
function placedAt(error: unknown, { extent }: Pick<Expression, 'extent'>): unknown {
  if (!(error instanceof ShellError) || error.extent !== undefined) return error;
  return new ShellError(error.code, error.message, { extent, cause: error, ...(error.remedy === undefined ? {} : { remedy: error.remedy }) });
}

function setIndex(object: ShellValue, index: ShellValue, value: ShellValue): void {
  if (Array.isArray(object)) {
    const list = object as ShellValue[];
    const at = Number(toText(index));
    if (!(at >= -list.length && at < list.length)) throw new ShellError('SHELL_OPERATION', 'Index was outside the bounds of the array.');
    list[at < 0 ? list.length + at : at] = value;
  } else setProperty(object, toText(index), value);
}

async function* runIf(statement: Extract<Statement, { kind: 'if' }>, state: ShellState): AsyncGenerator<Flow> {
  for (const { condition, body } of statement.branches) {
    if (toBoolean(await valueOf(condition, state))) {
      yield* runBlock(body, state);
      return;
    }
  }
  if (statement.otherwise !== undefined) yield* runBlock(statement.otherwise, state);
}

async function* runForeach(statement: Extract<Statement, { kind: 'foreach' }>, state: ShellState): AsyncGenerator<Flow> {
  for (const item of itemsOf(await valueOf(statement.values, state))) {
    setVariable(state, statement.variable, item, statement.extent);
    if ((yield* runLoopBody(statement.body, state)) === 'break') return;
  }
}

async function* runWhile(statement: Extract<Statement, { kind: 'while' }>, state: ShellState): AsyncGenerator<Flow> {
  while (toBoolean(await valueOf(statement.condition, state))) {
    await heedInterrupts(state);
    if ((yield* runLoopBody(statement.body, state)) === 'break') return;
  }
}

async function* runDo(statement: Extract<Statement, { kind: 'do' }>, state: ShellState): AsyncGenerator<Flow> {
  do {
    await heedInterrupts(state);
    if ((yield* runLoopBody(statement.body, state)) === 'break') return;
  } while (toBoolean(await valueOf(statement.condition, state)) !== statement.until);
}

async function* runFor(statement: Extract<Statement, { kind: 'for' }>, state: ShellState): AsyncGenerator<Flow> {
  if (statement.first !== undefined) await valueOf(statement.first, state);
  while (statement.condition === undefined || toBoolean(await valueOf(statement.condition, state))) {
    await heedInterrupts(state);
    if ((yield* runLoopBody(statement.body, state)) === 'break') return;
    if (statement.next !== undefined) await valueOf(statement.next, state);
  }
}

/** Lets Ctrl-C be heard in a loop that never waits for anything. */
async function heedInterrupts(state: ShellState): Promise<void> {
  state.host.signal.throwIfAborted();
  await new Promise((resolve) => setImmediate(resolve));
}

/** Every clause that fits runs, for every value; `break` ends it all, `continue` goes on with the next value. */
async function* runSwitch(statement: Extract<Statement, { kind: 'switch' }>, state: ShellState): AsyncGenerator<Flow> {
  const value = await valueOf(statement.value, state);
  const former = state.variables.get('_');
  try {
    for (const item of value === null ? [null] : itemsOf(value)) {
      state.variables.set('_', item);
      if ((yield* runLoopBodyOf(runClauses(statement, item, state))) === 'break') return;
    }
  } finally {
    if (former === undefined) state.variables.delete('_');
    else state.variables.set('_', former);
  }
}

async function* runClauses(statement: Extract<Statement, { kind: 'switch' }>, item: ShellValue, state: ShellState): AsyncGenerator<Flow> {
  let fitted = false;
  for (const { pattern, body } of statement.clauses) {
    if (pattern === undefined || !(await fits(statement, await evaluate(pattern, state), item, state))) continue;
    fitted = true;
    yield* runBlock(body, state);
  }
  const otherwise = statement.clauses.find(({ pattern }) => pattern === undefined);
  if (!fitted && otherwise !== undefined) yield* runBlock(otherwise.body, state);
}

async function fits(statement: Extract<Statement, { kind: 'switch' }>, pattern: ShellValue, item: ShellValue, state: ShellState): Promise<boolean> {
  if (isScriptBlock(pattern)) return toBoolean(await valueWithItem(pattern, item, state));
  const operator = `${statement.caseSensitive ? 'c' : ''}${{ exact: 'eq', regex: 'match', wildcard: 'like' }[statement.comparison]}`;
  const isText = statement.comparison !== 'exact' || typeof pattern === 'string';
  return toBoolean(applyOperator(operator, isText ? toText(item) : item, pattern, (matches) => void state.variables.set('matches', matches)));
}

function runLoopBody(body: Block, state: ShellState): AsyncGenerator<Flow, 'break' | undefined> {
  return runLoopBodyOf(runBlock(body, state));
}

async function* runLoopBodyOf(body: AsyncIterable<Flow>): AsyncGenerator<Flow, 'break' | undefined> {
  try {
    yield* body;
  } catch (error) {
    if (!(error instanceof Leave) || (error.kind !== 'break' && error.kind !== 'continue')) throw error;
    return error.kind === 'break' ? 'break' : undefined;
  }
  return undefined;
}

async function* runTry(statement: Extract<Statement, { kind: 'try' }>, state: ShellState): AsyncGenerator<Flow> {
  try {
    state.tries += 1;
    try {
      yield* runBlock(statement.body, state);
    } finally {
      state.tries -= 1;
    }
  } catch (error) {
    const handler = statement.handlers.find(({ types }) => isCaughtBy(error, types));
    if (handler === undefined || error instanceof Leave || state.host.signal.aborted) throw error;
    rememberError(state, error);
    const former = state.variables.get('_');
    const formerCaught = state.caught;
    state.variables.set('_', errorRecord(state, error));
    state.caught = { error };
    try {
      yield* runBlock(handler.body, state);
    } finally {
      state.caught = formerCaught;
      if (former === undefined) state.variables.delete('_');
      else state.variables.set('_', former);
    }
  } finally {
    if (statement.last !== undefined) yield* runBlock(statement.last, state);
  }
}

async function collect(flows: AsyncIterable<Flow>): Promise<Flow[]> {
  const items: Flow[] = [];
  for await (const flow of flows) items.push(flow);
  return items;
}

/** What `ShellState` carries. */
export const interpreter: Interpreter = { runBlock, valueOf, runWithItem, valueWithItem, callBlock };
