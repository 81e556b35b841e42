import { changeParameters } from '../../binding/bind-parameters.ts';
import type { ParameterDefinitions } from '../../binding/parameter-definition.ts';
import type { Command } from '../language/syntax-tree.ts';
import { ShellError } from '../language/shell-error.ts';
import { Formatted } from '../formatting/formatted.ts';
import { bindArguments } from './bind-arguments.ts';
import { confirm } from './confirm.ts';
import { toText } from './convert.ts';
import { collectError, errorActionOf, isSilent, startCollecting, warningActionOf } from './error-action.ts';
import type { FoundCmdlet } from './find-cmdlet.ts';
import { ownProperty } from './members.ts';
import { rememberError, reportError } from './report-error.ts';
import type { Action, Flow, ShellParameter, ShellState, WarningHandling } from './shell-state.ts';
import type { ShellValue } from './values.ts';
import { Hashtable, ShellObject, fromPlain, isList, toPlain } from './values.ts';
import { setVariable } from './variables.ts';

/** Verbs whose cmdlets ask before they act, as on Exchange (ConfirmImpact High). */
const askingVerbs = new Set(['remove', 'disable', 'clear', 'uninstall', 'stop']);

/**
 * Runs a cmdlet of a session: once, or once for each object that comes through the pipe, its parameters bound from the
 * object's properties. Its errors are shown and the next object follows, unless `-ErrorAction` says otherwise.
 */
export async function* runCmdlet(found: FoundCmdlet, command: Command, input: AsyncIterable<Flow> | undefined, state: ShellState): AsyncGenerator<Flow> {
  const { description } = found;
  const parameters = description === undefined ? undefined : parametersOf(description.parameters, description.changes);
  const { values, common } = await bindArguments(command, parameters, state, found.name, found.connection.open);
  const run: Run = { found, values, common, command, state, yesToAll: false, errorAction: errorActionOf(common, state, command.extent), collect: startCollecting(common, 'errorvariable', state, command.extent), warnings: { action: warningActionOf(common, state, command.extent), collect: startCollecting(common, 'warningvariable', state, command.extent) } };
  // `-WhatIf` of the function in which it stands, or `$WhatIfPreference`, holds for it, too.
  if (state.variables.get('whatifpreference') === true && !values.has('WhatIf') && mayChange(found)) values.set('WhatIf', true);
  const kept: ShellValue[] = [];
  const outVariable = common.get('outvariable');
  try {
    if (input === undefined) {
      for (const item of await invoke(run, values)) {
        kept.push(item);
        yield item;
      }
      return;
    }
    for await (const flow of input) {
      state.host.signal.throwIfAborted();
      if (flow instanceof Formatted) throw new ShellError('SHELL_INPUT_NOT_BOUND', 'Lines that were laid out with a Format- command cannot go into another cmdlet.', { extent: command.extent, remedy: 'Put Format-List or Format-Table at the end of the pipeline.' });
      const bound = bindInput(flow, values, description?.parameters);
      if (bound === undefined) {
        const wanted = Object.entries(description?.parameters ?? {}).filter(([name, { mandatory }]) => mandatory === true && !values.has(name)).map(([name]) => `-${name} $_.${name}`);
        report(run, new ShellError('SHELL_INPUT_NOT_BOUND', 'The input object cannot be bound to any parameters for the command either because the command does not take pipeline input or the input and its properties do not match any of the parameters that take pipeline input.', {
          extent: command.extent,
          ...(wanted.length === 0 ? {} : { remedy: `Name what each object gives: … | ForEach-Object { ${found.name} ${wanted.join(' ')} }.` }),
        }));
        continue;
      }
      for (const item of await invoke(run, bound)) {
        kept.push(item);
        yield item;
      }
    }
  } finally {
    if (outVariable !== undefined) setVariable(state, toText(outVariable), kept, command.extent);
  }
}

/** Where a cmdlet is not described, its verb tells. */
function mayChange({ description, name }: FoundCmdlet): boolean {
  return description === undefined ? !/^(?:Get|Test|Search|Find)-/i.test(name) : description.changes;
}

interface Run {
  found: FoundCmdlet;
  values: Map<string, ShellValue>;
  common: ReadonlyMap<string, ShellValue>;
  command: Command;
  state: ShellState;
  yesToAll: boolean;
  errorAction: Action;
  /** Hears every error, for `-ErrorVariable`. */
  collect: (error: ShellValue) => void;
  warnings: WarningHandling;
}

function parametersOf(definitions: ParameterDefinitions, changes: boolean): Record<string, ShellParameter> {
  return Object.fromEntries(
    Object.entries({ ...definitions, ...(changes ? changeParameters : {}) } as ParameterDefinitions).map(([name, definition]) => [
      name,
      { type: definition.type === 'switch' || definition.type === 'anything' ? definition.type : 'value', ...(definition.position === undefined ? {} : { position: definition.position }), ...(definition.aliases === undefined ? {} : { aliases: definition.aliases }) } satisfies ShellParameter,
    ]),
  );
}

/** The parameters with those that the object brings; undefined when it brings none. */
function bindInput(item: ShellValue, values: ReadonlyMap<string, ShellValue>, definitions: ParameterDefinitions | undefined): Map<string, ShellValue> | undefined {
  const bound = new Map(values);
  const whole = item instanceof ShellObject ? Object.entries(definitions ?? {}).find(([name, { pipelineOf }]) => !values.has(name) && pipelineOf?.includes(item.typeName) === true) : undefined;
  if (whole !== undefined) return bound.set(whole[0], item);
  const taking = definitions === undefined ? [['Identity', []] as const] : Object.entries(definitions).filter(([, definition]) => definition.pipeline === true).map(([name, definition]) => [name, definition.aliases ?? []] as const);
  let any = false;
  for (const [name, aliases] of taking) {
    if (values.has(name)) continue;
    const value = item instanceof ShellObject || item instanceof Hashtable ? [name, ...aliases].map((one) => ownProperty(item, one)).find((one) => one !== undefined && one !== null) : any ? undefined : item;
    if (value === undefined || value === null) continue;
    bound.set(name, value);
    any = true;
  }
  return any ? bound : undefined;
}

async function invoke(run: Run, values: ReadonlyMap<string, ShellValue>): Promise<ShellValue[]> {
  const { found, state } = run;
  try {
    if (!(await mayRun(run, values))) return [];
    state.warnings = run.warnings;
    const parameters = Object.fromEntries([...values].filter(([name]) => name !== 'Confirm').map(([name, value]) => [name, toPlain(value)]));
    const countVariable = found.description?.parameters['CountVariable'] === undefined ? undefined : values.get('CountVariable');
    const rows = await untilInterrupted(state.host.signal, (signal) => found.connection.session.invoke(found.name, { ...parameters, ...(values.get('Confirm') === false ? { Confirm: false } : {}) }, { signal, ...(countVariable === undefined ? {} : { onCount: (total) => setVariable(state, `global:${toText(countVariable)}`, total, run.command.extent) }) }));
    if (isVerbose(run)) state.host.writeVerbose(`${found.name} on ${found.connection.session.name}: ${rows.length === 1 ? '1 object' : `${rows.length} objects`}.`);
    state.succeeded = true;
    const noun = found.name.slice(found.name.indexOf('-') + 1);
    return rows.flatMap((row) => {
      const value = Object.keys(row).length === 1 && 'Value' in row ? fromPlain(row['Value']) : fromPlain(row, noun);
      return isList(value) ? value : [value];
    });
  } catch (error) {
    if (state.host.signal.aborted) throw error;
    report(run, error);
    return [];
  } finally {
    state.warnings = undefined;
  }
}

/** Ctrl-C ends the waiting, whether or not the session can end what it waits for. */
async function untilInterrupted<Result>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  signal.throwIfAborted();
  const interrupted = Promise.withResolvers<never>();
  const onAbort = (): void => interrupted.reject(signal.reason);
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([work(signal), interrupted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function isVerbose(run: Run): boolean {
  const said = run.common.get('verbose');
  return said === undefined ? toText(run.state.variables.get('verbosepreference') ?? null).toLowerCase() === 'continue' : said === true;
}

function report(run: Run, error: unknown): void {
  const { state, command, found } = run;
  const place = { extent: command.extent, command: found.name };
  const { errorAction } = run;
  collectError(run.collect, state, error, place);
  if (errorAction === 'stop') {
    if (error instanceof Error) state.stopping.set(error, place);
    throw error;
  }
  if (errorAction === 'ignore') state.succeeded = false;
  else if (isSilent(errorAction)) rememberError(state, error, place);
  else reportError(state, error, place);
}

/** Asks where the cmdlet would ask, and `-Confirm:$false` was not said. */
async function mayRun(run: Run, values: ReadonlyMap<string, ShellValue>): Promise<boolean> {
  const { found, state } = run;
  if (run.yesToAll || found.description?.changes === false || values.get('WhatIf') === true) return true;
  const said = values.get('Confirm');
  const verb = found.name.slice(0, found.name.indexOf('-')).toLowerCase();
  const target = toText(values.get('Identity') ?? values.get('UserPrincipalName') ?? values.get('AppId') ?? [...values.values()][0] ?? null);
  if (isVerbose(run)) state.host.writeVerbose(`Performing the operation "${found.name}" on target "${target}".`);
  const never = toText(state.variables.get('confirmpreference') ?? null).toLowerCase() === 'none';
  if (said === false || (said !== true && (never || !askingVerbs.has(verb)))) return true;
  const answer = await confirm(state.host, `${found.name} on '${target}'`, run.command.extent);
  if (answer === 'all') run.yesToAll = true;
  return answer !== 'no';
}
