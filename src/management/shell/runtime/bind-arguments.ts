import { resolveParameterName } from '../../binding/bind-parameters.ts';
import type { ParameterDefinitions } from '../../binding/parameter-definition.ts';
import type { Command } from '../language/syntax-tree.ts';
import { ShellError } from '../language/shell-error.ts';
import type { Extent } from '../language/shell-error.ts';
import { toBoolean, toText } from './convert.ts';
import { evaluate } from './evaluate.ts';
import type { ShellParameter, ShellState } from './shell-state.ts';
import type { ShellValue } from './values.ts';
import { Hashtable, isList } from './values.ts';
import { getVariable } from './variables.ts';

/** Names that every command takes. */
const commonSwitches = new Set(['verbose', 'debug']);

export interface BoundArguments {
  /** By the published name, or as written where the parameters are not known. */
  values: Map<string, ShellValue>;
  /** `erroraction` and its like: the whole name in lower case, however it was written. */
  common: Map<string, ShellValue>;
}

interface Slot {
  name: string;
  isUnknown?: true;
  parameter: ShellParameter;
}

/**
 * Binds what stands behind a command to its parameters: by name (beginnings of names and aliases too), `-Name:value`,
 * switches, by position, splatted hashtables. Without `parameters`, and where others than those may exist (`isOpen`), an
 * unknown name is passed on as written, and is a switch when no value follows it.
 *
 * @throws ShellError `SHELL_PARAMETER`
 */
export async function bindArguments(command: Command, parameters: Readonly<Record<string, ShellParameter>> | undefined, state: ShellState, name: string, isOpen = parameters === undefined): Promise<BoundArguments> {
  try {
    return await bind(command, parameters, state, isOpen);
  } catch (error) {
    if (error instanceof ShellError && error.code === 'SHELL_PARAMETER') error.command ??= name;
    throw error;
  }
}

async function bind(command: Command, parameters: Readonly<Record<string, ShellParameter>> | undefined, state: ShellState, isOpen: boolean): Promise<BoundArguments> {
  const values = new Map<string, ShellValue>();
  const common = new Map<string, ShellValue>();
  const unnamed: { value: ShellValue; extent: Extent }[] = [];
  const put = (name: string, value: ShellValue, extent: Extent): void => {
    const slot = slotOf(name, parameters, extent, isOpen);
    const target = slot === undefined ? common : values;
    const key = slot?.name ?? resolveParameterName(name, {}).toLowerCase();
    if (target.has(key)) throw new ShellError('SHELL_PARAMETER', `Cannot bind parameter because parameter '${key}' is specified more than once.`, { extent });
    target.set(key, slot?.parameter.type === 'switch' ? toBoolean(value) : value);
  };
  const given = command.arguments;
  for (let at = 0; at < given.length; at += 1) {
    const argument = given[at];
    if (argument === undefined) break;
    if (argument.kind === 'splat') {
      const splatted = getVariable(state, argument.variable);
      if (splatted instanceof Hashtable) for (const [name, value] of splatted.entries) put(name, value, argument.extent);
      else for (const value of isList(splatted) ? splatted : [splatted]) unnamed.push({ value, extent: argument.extent });
      continue;
    }
    if (argument.kind === 'value') {
      unnamed.push({ value: await evaluate(argument.value, state), extent: argument.extent });
      continue;
    }
    const slot = slotOf(argument.name, parameters, argument.extent, isOpen);
    if (argument.value !== undefined) {
      put(argument.name, await evaluate(argument.value, state), argument.extent);
      continue;
    }
    const next = given[at + 1];
    const isSwitch = slot === undefined ? commonSwitches.has(resolveParameterName(argument.name, {}).toLowerCase()) : slot.parameter.type === 'switch' || ((slot.isUnknown === true || slot.parameter.type === 'anything') && next?.kind !== 'value');
    if (isSwitch) put(argument.name, true, argument.extent);
    else if (next?.kind === 'value') {
      put(argument.name, await evaluate(next.value, state), argument.extent);
      at += 1;
    } else {
      throw new ShellError('SHELL_PARAMETER', `Missing an argument for parameter '${slot?.name ?? argument.name}'. Specify a parameter and try again.`, { extent: argument.extent });
    }
  }
  placeUnnamed(unnamed, parameters ?? { Identity: { type: 'value', position: 0 } }, values);
  return { values, common };
}

/** Undefined for a parameter of the shell's own. */
function slotOf(written: string, parameters: Readonly<Record<string, ShellParameter>> | undefined, extent: Extent, isOpen: boolean): Slot | undefined {
  let name: string;
  try {
    name = resolveParameterName(written, (parameters ?? {}) as unknown as ParameterDefinitions);
  } catch (error) {
    if (isOpen) return { name: written, isUnknown: true, parameter: { type: 'value' } };
    throw new ShellError('SHELL_PARAMETER', error instanceof Error ? error.message : '', { extent, remedy: `It takes ${shownNames(parameters ?? {})}.` });
  }
  const parameter = parameters?.[name];
  return parameter === undefined ? undefined : { name, parameter };
}

function shownNames(parameters: Readonly<Record<string, ShellParameter>>): string {
  const names = Object.entries(parameters).filter(([, { type }]) => type !== 'anything').map(([name]) => `-${name}`);
  return names.length === 0 ? 'no parameters' : names.slice(0, 12).join(' ') + (names.length > 12 ? ' …' : '');
}

function placeUnnamed(unnamed: readonly { value: ShellValue; extent: Extent }[], parameters: Readonly<Record<string, ShellParameter>>, values: Map<string, ShellValue>): void {
  const places = Object.entries(parameters)
    .filter(([name, parameter]) => parameter.position !== undefined && !values.has(name))
    .toSorted(([, a], [, b]) => (a.position ?? 0) - (b.position ?? 0));
  const waiting = [...unnamed];
  for (const [name, parameter] of places) {
    if (waiting.length === 0) return;
    if (parameter.remaining === true) {
      const rest = waiting.splice(0).map(({ value }) => value);
      values.set(name, rest.length === 1 ? (rest[0] ?? null) : rest);
      return;
    }
    const next = waiting.shift();
    if (next !== undefined) values.set(name, next.value);
  }
  const [extra] = waiting;
  if (extra !== undefined) {
    throw new ShellError('SHELL_PARAMETER', `A positional parameter cannot be found that accepts argument '${toText(extra.value).slice(0, 100)}'.`, {
      extent: extra.extent,
      ...(/^[A-Z][a-zA-Z]+-[A-Z]/.test(toText(extra.value)) ? { remedy: "Is a '|' missing before it? Copied tables lose it." } : {}),
    });
  }
}
