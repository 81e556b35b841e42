import { Formatted } from '../formatting/formatted.ts';
import { wantedProperties } from '../formatting/property-selection.ts';
import type { RunBlock, WantedProperty } from '../formatting/property-selection.ts';
import { itemsOf, toText } from '../runtime/convert.ts';
import type { CommandCall, ShellState } from '../runtime/shell-state.ts';
import type { ShellValue } from '../runtime/values.ts';
import { isList } from '../runtime/values.ts';

/** The values that reach a command: through the pipe, where a list in a list (`,@(1,2)`) is one of them, else those of `-InputObject`. Lines that were laid out are texts. */
export async function* inputValues(call: CommandCall): AsyncGenerator<ShellValue> {
  if (call.input === undefined) {
    yield* itemsOf(call.parameters.get('InputObject') ?? null);
    return;
  }
  for await (const flow of call.input) yield flow instanceof Formatted ? flow.lines.join('\n') : flow;
}


/** For computed properties. */
export function blockRunner(state: ShellState): RunBlock {
  return (block, item) => state.interpreter.valueWithItem(block, item, state);
}

/** The properties that `-Property` names; all of them where it names none. */
export function propertiesOf(call: CommandCall): WantedProperty[] {
  const given = call.parameters.get('Property');
  return wantedProperties(given === undefined || given === null ? '*' : given);
}

/** The texts of a parameter that takes several. */
export function textsOf(value: ShellValue | undefined): string[] {
  return itemsOf(value ?? null).flatMap((item) => (isList(item) ? item.map(toText) : [toText(item)]));
}
