import { Formatted } from '../formatting/formatted.ts';
import { renderLines } from '../formatting/render.ts';
import { toNumber } from '../runtime/convert.ts';
import type { CommandCall, Flow } from '../runtime/shell-state.ts';
import { inputValues } from './pipeline-values.ts';

/** What reaches a command, as the screen would show it; with `-Width` as a screen of that many columns would. */
export async function linesOf(call: CommandCall): Promise<string[]> {
  const given = call.parameters.get('Width');
  const width = given === undefined ? undefined : Math.max(1, toNumber(given));
  const items: Flow[] = [];
  if (call.input === undefined) for await (const value of inputValues(call)) items.push(value);
  else for await (const flow of call.input) items.push(width !== undefined && flow instanceof Formatted ? new Formatted(flow.linesAt(width)) : flow);
  return renderLines(items, call.state, width);
}
