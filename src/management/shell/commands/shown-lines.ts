import { renderLines } from '../formatting/render.ts';
import type { CommandCall, Flow } from '../runtime/shell-state.ts';
import { inputValues } from './pipeline-values.ts';

export async function linesOf(call: CommandCall): Promise<string[]> {
  const items: Flow[] = [];
  if (call.input === undefined) for await (const value of inputValues(call)) items.push(value);
  else for await (const flow of call.input) items.push(flow);
  return renderLines(items, call.state);
}

