import { HybridgeError } from '../../../foundation/index.ts';
import type { Command, Expression, PipelineElement, Redirection, Statement } from '../language/syntax-tree.ts';
import { Formatted } from '../formatting/formatted.ts';
import { renderLines } from '../formatting/render.ts';
import { bindArguments } from './bind-arguments.ts';
import { toText } from './convert.ts';
import { collectError, errorActionOf, isSilent, startCollecting } from './error-action.ts';
import { evaluate } from './evaluate.ts';
import { findCmdlet } from './find-cmdlet.ts';
import { rememberError, reportError } from './report-error.ts';
import { runCmdlet } from './run-cmdlet.ts';
import { runFunction } from './run-function.ts';
import type { Flow, ShellCommand, ShellState } from './shell-state.ts';
import { Leave } from './shell-state.ts';
import type { ShellValue } from './values.ts';
import { isList, isScriptBlock } from './values.ts';
import { setVariable } from './variables.ts';

/** Runs a pipeline and gives what its last element puts out. @throws ShellError, Leave */
export async function* runPipeline(statement: Extract<Statement, { kind: 'pipeline' }>, state: ShellState): AsyncGenerator<Flow> {
  const isPlain = statement.elements.length === 1 && statement.elements[0]?.kind === 'expression';
  let flow: AsyncIterable<Flow> | undefined;
  for (const element of statement.elements) flow = await startElement(element, flow, state);
  if (flow === undefined) return;
  if (statement.redirection?.stream === 'output') await redirect(flow, statement.redirection, state);
  else for await (const item of flow) yield item;
  // Afterwards, because the expression may ask for `$?` itself.
  if (isPlain) state.succeeded = true;
}

async function startElement(element: PipelineElement, input: AsyncIterable<Flow> | undefined, state: ShellState): Promise<AsyncIterable<Flow>> {
  if (element.kind === 'expression') return enumerated(element.expression, state);
  const name = await evaluate(element.name, state);
  if (isScriptBlock(name)) return runFunction({ name: '', script: name.script }, element, input, state);
  return startCommand(element, toText(name), input, state);
}

/** An expression puts out the items of a list one by one. */
async function* enumerated(expression: Expression, state: ShellState): AsyncGenerator<Flow> {
  const value = await evaluate(expression, state);
  // A counter that steps shows nothing.
  if (expression.kind === 'step') return;
  if (isList(value)) yield* value;
  // A method without a result, and a variable that is empty, put out nothing that anybody would see.
  else if (value !== null || expression.kind === 'literal') yield value;
}

async function startCommand(command: Command, written: string, input: AsyncIterable<Flow> | undefined, state: ShellState): Promise<AsyncIterable<Flow>> {
  const name = state.aliases.get(written.toLowerCase()) ?? written;
  const called = state.functions.get(name.toLowerCase());
  if (called !== undefined) return runFunction(called, command, input, state);
  const own = state.commands.get(name.toLowerCase());
  if (own !== undefined) return runOwnCommand(own, name.toLowerCase(), command, input, state);
  const found = findCmdlet(state, name, command.name.extent);
  return runCmdlet(found, command, input, state);
}

async function* runOwnCommand(own: ShellCommand, written: string, command: Command, input: AsyncIterable<Flow> | undefined, state: ShellState): AsyncGenerator<Flow> {
  const { values, common } = await bindArguments(command, own.parameters, state, own.name);
  const action = errorActionOf(common, state, command.extent);
  const collect = startCollecting(common, 'errorvariable', state, command.extent);
  const kept: ShellValue[] = [];
  const outVariable = common.get('outvariable');
  try {
    for await (const flow of own.run({ input, parameters: values, common, state, written, extent: command.extent })) {
      state.host.signal.throwIfAborted();
      if (outVariable !== undefined && !(flow instanceof Formatted)) kept.push(flow);
      yield flow;
    }
    state.succeeded = true;
  } catch (error) {
    const place = { extent: command.extent, command: own.name };
    if (!(error instanceof Leave)) collectError(collect, state, error, place);
    if (action === 'stop' && error instanceof Error) state.stopping.set(error, place);
    if (error instanceof Leave || state.host.signal.aborted || action === 'stop' || !(error instanceof HybridgeError)) throw error;
    if (error.code === 'SHELL_THROWN') throw error;
    if (action === 'ignore') state.succeeded = false;
    else if (isSilent(action)) rememberError(state, error, place);
    else reportError(state, error, place);
  } finally {
    if (outVariable !== undefined) setVariable(state, toText(outVariable), kept, command.extent);
  }
}

async function redirect(flow: AsyncIterable<Flow>, redirection: Redirection, state: ShellState): Promise<void> {
  const items: Flow[] = [];
  for await (const item of flow) items.push(item);
  if (redirection.file === undefined) return;
  const lines = await renderLines(items, state);
  await state.host.writeFile(toText(await evaluate(redirection.file, state)), Buffer.from(lines.map((line) => `${line}\r\n`).join('')), redirection.append);
}
