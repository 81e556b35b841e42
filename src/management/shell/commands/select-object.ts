import { ShellError } from '../language/shell-error.ts';
import { chooseProperties } from '../formatting/property-selection.ts';
import { itemsOf, toNumber, toText } from '../runtime/convert.ts';
import { getProperty, ownProperty } from '../runtime/members.ts';
import type { CommandCall, Flow, ShellCommand } from '../runtime/shell-state.ts';
import type { ShellValue } from '../runtime/values.ts';
import { ShellObject } from '../runtime/values.ts';
import { blockRunner, inputValues, propertiesOf, textsOf } from './pipeline-values.ts';

export const selectObject: ShellCommand = {
  name: 'Select-Object',
  aliases: ['select'],
  synopsis: 'Keeps some properties of objects, or some of the objects.',
  example: 'Get-MsolServicePrincipal -AppPrincipalId 00000002-0000-0ff1-ce00-000000000000 | Select-Object -ExpandProperty ServicePrincipalNames',
  parameters: {
    Property: { type: 'value', position: 0, remaining: true },
    ExpandProperty: { type: 'value' },
    ExcludeProperty: { type: 'value' },
    First: { type: 'value' },
    Last: { type: 'value' },
    Skip: { type: 'value' },
    Unique: { type: 'switch' },
    Index: { type: 'value' },
    InputObject: { type: 'value' },
  },
  async *run(call) {
    const seen = new Set<string>();
    for await (const item of chosenItems(call)) {
      for await (const flow of projected(item, call)) {
        if (call.parameters.get('Unique') === true) {
          const key = flow instanceof ShellObject ? JSON.stringify(flow.entries.map(([name, value]) => [name, toText(value)])) : toText(flow as ShellValue);
          if (seen.has(key)) continue;
          seen.add(key);
        }
        yield flow;
      }
    }
  },
};

async function* chosenItems(call: CommandCall): AsyncGenerator<ShellValue> {
  const count = (name: string): number | undefined => (call.parameters.has(name) ? Math.max(0, toNumber(call.parameters.get(name) ?? null)) : undefined);
  const first = count('First');
  const last = count('Last');
  const skip = count('Skip') ?? 0;
  const wanted = call.parameters.has('Index') ? new Set(itemsOf(call.parameters.get('Index') ?? null).map(toNumber)) : undefined;
  const tail: ShellValue[] = [];
  let at = -1;
  let given = 0;
  if (first === 0) return;
  for await (const item of inputValues(call)) {
    at += 1;
    if (wanted !== undefined) {
      if (wanted.has(at)) yield item;
      continue;
    }
    if (last !== undefined) {
      tail.push(item);
      if (tail.length > last + skip) tail.shift();
      continue;
    }
    if (at < skip) continue;
    yield item;
    given += 1;
    // The rest is not even asked for.
    if (first !== undefined && given >= first) return;
  }
  yield* skip > 0 ? tail.slice(0, -skip) : tail;
}

async function* projected(item: ShellValue, call: CommandCall): AsyncGenerator<Flow> {
  const expand = call.parameters.get('ExpandProperty');
  if (expand !== undefined) {
    const name = toText(expand);
    if (ownProperty(item, name) === undefined) throw new ShellError('SHELL_PARAMETER', `Property "${name}" cannot be found.`, { extent: call.extent });
    yield* itemsOf(getProperty(item, name));
    return;
  }
  if (!call.parameters.has('Property') && !call.parameters.has('ExcludeProperty')) {
    yield item;
    return;
  }
  const chosen = await chooseProperties(item, propertiesOf(call), blockRunner(call.state), { missing: 'empty', exclude: textsOf(call.parameters.get('ExcludeProperty')) });
  yield new ShellObject(chosen.map(({ name, value }) => [name, value]));
}
