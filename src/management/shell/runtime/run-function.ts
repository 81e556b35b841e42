import { HybridgeError } from '../../../foundation/index.ts';
import type { Block, Command, FunctionParameter, FunctionStatement } from '../language/syntax-tree.ts';
import { ShellError } from '../language/shell-error.ts';
import { Formatted } from '../formatting/formatted.ts';
import { bindArguments } from './bind-arguments.ts';
import { itemsOf, toText } from './convert.ts';
import { evaluate } from './evaluate.ts';
import { ownProperty } from './members.ts';
import type { Flow, ShellParameter, ShellState } from './shell-state.ts';
import { Leave } from './shell-state.ts';
import { convertTo, shortTypeName } from './types.ts';
import type { ShellValue } from './values.ts';

/** How deep functions may call each other. */
const deepestCalls = 100;

/**
 * Calls a function: its parameters and what it sets are its own, what its callers have it can read. It runs to its end
 * before anything of its output goes on, because variables change hands.
 *
 * @throws ShellError, Leave
 */
export async function* runFunction(called: FunctionStatement, command: Command, input: AsyncIterable<Flow> | undefined, state: ShellState): AsyncGenerator<Flow> {
  const { parameters } = called;
  const { values, common } = await bindArguments(command, parameters === undefined ? { args: { type: 'value', position: 0, remaining: true } } : shellParameters(parameters), state, called.name);
  const received: ShellValue[] = [];
  if (input !== undefined) for await (const flow of input) received.push(flow instanceof Formatted ? flow.lines.join('\n') : flow);
  yield* await inOwnScope(state, called.script.text, command, async () => {
    state.variables.set('input', received);
    state.variables.set('args', itemsOf(values.get('args') ?? null));
    const action = common.get('erroraction');
    if (action !== undefined) state.variables.set('erroractionpreference', action);
    await setParameters(parameters ?? [], values, command.extent, state, input !== undefined);
    return runToEnd(called, received, input !== undefined, values, state);
  });
}

/** Sets what `param(…)` at the head of a script declares: nobody gives values, so that they are the initial ones. */
export async function setScriptParameters(parameters: readonly FunctionParameter[], state: ShellState): Promise<void> {
  await setParameters(parameters, new Map(), undefined, state);
}

async function runToEnd({ parameters = [], blocks, script }: FunctionStatement, received: readonly ShellValue[], isPiped: boolean, values: ReadonlyMap<string, ShellValue>, state: ShellState): Promise<Flow[]> {
  if (blocks === undefined) {
    // Without blocks it runs when everything has come: what it takes from the pipe is the last of it.
    const [last] = received.slice(-1);
    if (last !== undefined) takeFromPipe(parameters, last, values, state);
    return runBody(script.statements, state);
  }
  const output = await runBody(blocks.begin ?? [], state);
  for (const item of isPiped ? received : [undefined]) {
    if (item !== undefined) {
      state.variables.set('_', item);
      takeFromPipe(parameters, item, values, state);
    }
    output.push(...(await runBody(blocks.process ?? [], state)));
  }
  return [...output, ...(await runBody(blocks.end ?? [], state))];
}

/** Statements until `return`, which ends them and no more. */
async function runBody(statements: Block, state: ShellState): Promise<Flow[]> {
  const output: Flow[] = [];
  try {
    for await (const flow of state.interpreter.runBlock(statements, state)) output.push(flow);
  } catch (error) {
    if (!(error instanceof Leave) || error.kind !== 'return') throw error;
    output.push(...error.value);
  }
  return output;
}

/** Sets the parameters that take what comes through the pipe, or its property of their name; those that were given stay. */
function takeFromPipe(parameters: readonly FunctionParameter[], item: ShellValue, values: ReadonlyMap<string, ShellValue>, state: ShellState): void {
  for (const { name, type, aliases, pipeline } of parameters) {
    if (pipeline === undefined || values.has(name)) continue;
    const value = pipeline === 'value' ? item : [name, ...aliases].map((one) => ownProperty(item, one)).find((part) => part !== undefined);
    if (value !== undefined) state.variables.set(name.toLowerCase(), type === undefined || value === null ? value : converted(name, type, value));
  }
}

async function inOwnScope(state: ShellState, text: string, command: Command, work: () => Promise<Flow[]>): Promise<Flow[]> {
  if (state.outerScopes.length >= deepestCalls) throw new ShellError('SHELL_LIMIT', 'The script failed due to call depth overflow.', { extent: command.extent });
  const outer = new Map(state.variables);
  const outerText = state.text;
  state.outerScopes.push(outer);
  state.text = text;
  try {
    return await work();
  } catch (error) {
    if (error instanceof ShellError && error.extent !== undefined) error.source ??= text;
    throw error;
  } finally {
    state.outerScopes.pop();
    state.text = outerText;
    state.variables.clear();
    for (const [name, value] of outer) state.variables.set(name, value);
  }
}

function shellParameters(parameters: readonly FunctionParameter[]): Record<string, ShellParameter> {
  let position = 0;
  return Object.fromEntries(
    parameters.map(({ name, type, aliases }) => {
      const isSwitch = type !== undefined && shortTypeName(type) === 'switch';
      return [name, { type: isSwitch ? 'switch' : 'value', aliases, ...(isSwitch ? {} : { position: position++ }) }];
    }),
  );
}

async function setParameters(parameters: readonly FunctionParameter[], values: ReadonlyMap<string, ShellValue>, extent: Command['extent'] | undefined, state: ShellState, isPiped = false): Promise<void> {
  const missing = parameters.filter(({ name, mandatory, pipeline }) => mandatory && !values.has(name) && !(isPiped && pipeline !== undefined)).map(({ name }) => name);
  if (missing.length > 0) throw new ShellError('SHELL_PARAMETER', `Cannot process command because of one or more missing mandatory parameters: ${missing.join(' ')}.`, extent === undefined ? {} : { extent });
  for (const { name, type, allowed, initial } of parameters) {
    const given = values.get(name);
    const value = given ?? (initial === undefined ? emptyOf(type) : await evaluate(initial, state));
    state.variables.set(name.toLowerCase(), type === undefined || value === null ? value : converted(name, type, value));
    if (given === undefined || allowed === undefined) continue;
    const stranger = itemsOf(given).find((item) => !allowed.some((word) => word.toLowerCase() === toText(item).toLowerCase()));
    if (stranger !== undefined) throw new ShellError('SHELL_PARAMETER', `Cannot validate argument on parameter '${name}'. The argument "${toText(stranger).slice(0, 100)}" does not belong to the set "${allowed.join(',')}" specified by the ValidateSet attribute.`, extent === undefined ? {} : { extent });
  }
}

/** What a parameter of a type is when nobody gives it: PowerShell makes null into the type's own nothing. */
function emptyOf(type: string | undefined): ShellValue {
  const short = type === undefined ? '' : shortTypeName(type);
  if (short === 'switch' || short === 'bool') return false;
  if (short === 'string') return '';
  return short === 'int' || short === 'long' || short === 'double' ? 0 : null;
}

function converted(name: string, type: string, value: ShellValue): ShellValue {
  try {
    return convertTo(type, value);
  } catch (error) {
    if (!(error instanceof HybridgeError) || error.code !== 'SHELL_CONVERSION') throw error;
    throw new ShellError('SHELL_PARAMETER', `Cannot process argument transformation on parameter '${name}'. ${error.message}`, { cause: error });
  }
}
