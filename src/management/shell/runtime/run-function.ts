import { HybridgeError } from '../../../foundation/index.ts';
import type { Extent } from '../language/shell-error.ts';
import { ShellError } from '../language/shell-error.ts';
import type { Block, Command, FunctionParameter, Script } from '../language/syntax-tree.ts';
import { Formatted } from '../formatting/formatted.ts';
import { bindArguments } from './bind-arguments.ts';
import { itemsOf } from './convert.ts';
import { evaluate } from './evaluate.ts';
import { ownProperty } from './members.ts';
import type { Flow, ShellParameter, ShellState } from './shell-state.ts';
import { Leave } from './shell-state.ts';
import { convertTo, shortTypeName } from './types.ts';
import { validateArgument } from './validate-argument.ts';
import type { ScriptBlock, ShellValue } from './values.ts';
import { Hashtable, ShellObject } from './values.ts';

/** How deep functions may call each other. */
const deepestCalls = 100;

/** A function, or a script block, that is called. */
interface Called {
  /** Empty for a script block. */
  name: string;
  script: Script;
}

interface Call {
  values: Map<string, ShellValue>;
  /** Undefined where it stands first. */
  received: readonly ShellValue[] | undefined;
  extent: Extent;
  /** What it sets stays with the caller (`. { … }`). */
  dotted: boolean;
}

/**
 * Calls a function or a script block: its parameters and what it sets are its own, what its callers have it can read. It
 * runs to its end before anything of its output goes on, because variables change hands.
 *
 * @throws ShellError, Leave
 */
export async function* runFunction(called: Called, command: Command, input: AsyncIterable<Flow> | undefined, state: ShellState): AsyncGenerator<Flow> {
  const { parameters, shouldProcess } = called.script;
  const { values, common } = await bindArguments(command, parameters === undefined ? { args: { type: 'value', position: 0, remaining: true } } : shellParameters(parameters, shouldProcess === true), state, called.name);
  let received: ShellValue[] | undefined;
  if (input !== undefined) {
    received = [];
    for await (const flow of input) received.push(flow instanceof Formatted ? flow.lines.join('\n') : flow);
  }
  yield* await call(called, { values, received, extent: command.extent, dotted: command.dotted === true }, state, () => {
    const action = common.get('erroraction');
    if (action !== undefined) state.variables.set('erroractionpreference', action);
    if (common.get('verbose') !== undefined) state.variables.set('verbosepreference', common.get('verbose') === true ? 'Continue' : 'SilentlyContinue');
  });
}

/** `$block.Invoke(…)`: values by position. @throws ShellError, Leave */
export async function callBlock(block: ScriptBlock, given: readonly ShellValue[], extent: Extent, state: ShellState): Promise<Flow[]> {
  const places = block.script.parameters ?? [];
  const values = new Map(places.slice(0, given.length).map(({ name }, at) => [name, given[at] ?? null]));
  values.set('args', given.slice(places.length));
  return call({ name: '', script: block.script }, { values, received: undefined, extent, dotted: false }, state);
}

/** Sets what `param(…)` at the head of a script declares: nobody gives values, so that they are the initial ones. */
export async function setScriptParameters(parameters: readonly FunctionParameter[], state: ShellState): Promise<void> {
  await setParameters(parameters, new Map(), undefined, state);
}

async function call(called: Called, { values, received, extent, dotted }: Call, state: ShellState, prepare: () => void = () => undefined): Promise<Flow[]> {
  const { name, script } = called;
  const callersText = state.text;
  return inOwnScope(state, script.text, { extent, dotted }, async () => {
    const { variables } = state;
    const rest = itemsOf(values.get('args') ?? null);
    values.delete('args');
    variables.set('input', received ?? []);
    variables.set('args', rest);
    variables.set('psboundparameters', new Hashtable(values));
    const myCommand = new ShellObject([['Name', name], ['CommandType', name === '' ? 'Script' : 'Function']], 'FunctionInfo', name);
    const invocation = new ShellObject([['MyCommand', myCommand], ['BoundParameters', new Hashtable(values)], ['UnboundArguments', rest], ['InvocationName', name], ['ScriptName', state.file ?? ''], ['ScriptLineNumber', callersText.slice(0, extent.start).split('\n').length], ['Line', callersText.slice(extent.start, extent.end)]], 'InvocationInfo');
    variables.set('myinvocation', invocation);
    variables.set('pscmdlet', new ShellObject([['MyInvocation', invocation], ['ParameterSetName', '__AllParameterSets']], 'PSScriptCmdlet'));
    if (script.shouldProcess === true) {
      if (values.has('WhatIf')) variables.set('whatifpreference', values.get('WhatIf') === true);
      if (values.has('Confirm')) variables.set('confirmpreference', values.get('Confirm') === true ? 'Low' : 'None');
    }
    prepare();
    try {
      await setParameters(script.parameters ?? [], values, extent, state, received !== undefined);
    } catch (error) {
      // What was given is wrong: the caller's place is to be seen, not one in the function.
      if (error instanceof ShellError && error.code === 'SHELL_PARAMETER' && error.extent === extent) {
        error.source ??= callersText;
        if (name !== '') error.command ??= name;
      }
      throw error;
    }
    return runToEnd(script, received, values, state);
  });
}

async function runToEnd({ parameters = [], blocks, statements }: Script, received: readonly ShellValue[] | undefined, values: ReadonlyMap<string, ShellValue>, state: ShellState): Promise<Flow[]> {
  if (blocks === undefined) {
    // Without blocks it runs when everything has come: what it takes from the pipe is the last of it.
    const [last] = received?.slice(-1) ?? [];
    if (last !== undefined) takeFromPipe(parameters, last, values, state);
    return runBody(statements, state);
  }
  const output = await runBody(blocks.begin ?? [], state);
  for (const item of received ?? [undefined]) {
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

async function inOwnScope(state: ShellState, text: string, { extent, dotted }: Pick<Call, 'extent' | 'dotted'>, work: () => Promise<Flow[]>): Promise<Flow[]> {
  if (state.outerScopes.length >= deepestCalls) throw new ShellError('SHELL_LIMIT', 'The script failed due to call depth overflow.', { extent });
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
    if (!dotted) {
      state.variables.clear();
      for (const [name, value] of outer) state.variables.set(name, value);
    }
  }
}

function shellParameters(parameters: readonly FunctionParameter[], shouldProcess: boolean): Record<string, ShellParameter> {
  let position = 0;
  const own = parameters.map(({ name, type, aliases }): [string, ShellParameter] => {
    const isSwitch = type !== undefined && shortTypeName(type) === 'switch';
    return [name, { type: isSwitch ? 'switch' : 'value', aliases, ...(isSwitch ? {} : { position: position++ }) }];
  });
  return { ...Object.fromEntries(own), ...(shouldProcess ? { WhatIf: { type: 'switch', aliases: ['wi'] }, Confirm: { type: 'switch', aliases: ['cf'] } } : {}) };
}

async function setParameters(parameters: readonly FunctionParameter[], values: ReadonlyMap<string, ShellValue>, extent: Extent | undefined, state: ShellState, isPiped = false): Promise<void> {
  const missing = parameters.filter(({ name, mandatory, pipeline }) => mandatory && !values.has(name) && !(isPiped && pipeline !== undefined)).map(({ name }) => name);
  if (missing.length > 0) throw new ShellError('SHELL_PARAMETER', `Cannot process command because of one or more missing mandatory parameters: ${missing.join(' ')}.`, extent === undefined ? {} : { extent });
  for (const parameter of parameters) {
    const { name, type, initial } = parameter;
    const given = values.get(name);
    const value = given ?? (initial === undefined ? emptyOf(type) : await evaluate(initial, state));
    state.variables.set(name.toLowerCase(), type === undefined || value === null ? value : converted(name, type, value, extent));
    if (values.has(name)) await validateArgument(parameter, given ?? null, extent, state);
  }
}

/** What a parameter of a type is when nobody gives it: PowerShell makes null into the type's own nothing. */
function emptyOf(type: string | undefined): ShellValue {
  const short = type === undefined ? '' : shortTypeName(type);
  if (short === 'switch' || short === 'bool') return false;
  if (short === 'string') return '';
  return short === 'int' || short === 'long' || short === 'double' ? 0 : null;
}

function converted(name: string, type: string, value: ShellValue, extent?: Extent): ShellValue {
  try {
    return convertTo(type, value);
  } catch (error) {
    if (!(error instanceof HybridgeError) || error.code !== 'SHELL_CONVERSION') throw error;
    throw new ShellError('SHELL_PARAMETER', `Cannot process argument transformation on parameter '${name}'. ${error.message}`, { cause: error, ...(extent === undefined ? {} : { extent }) });
  }
}
