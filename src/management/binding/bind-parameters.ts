import { ManagementError } from '../management-error.ts';
import { convertValue } from './convert-value.ts';
import type { ParameterDefinition, ParameterDefinitions } from './parameter-definition.ts';

/** Parameters that every cmdlet takes and that only the shell in front of it acts on (about_CommonParameters). */
export const shellParameters = [
  'Verbose',
  'Debug',
  'ErrorAction',
  'ErrorVariable',
  'WarningAction',
  'WarningVariable',
  'InformationAction',
  'InformationVariable',
  'OutVariable',
  'OutBuffer',
  'PipelineVariable',
  'ProgressAction',
];
const shellAliases: Readonly<Record<string, string>> = { vb: 'Verbose', db: 'Debug', ea: 'ErrorAction', ev: 'ErrorVariable', wa: 'WarningAction', wv: 'WarningVariable', infa: 'InformationAction', iv: 'InformationVariable', ov: 'OutVariable', ob: 'OutBuffer', pv: 'PipelineVariable', proga: 'ProgressAction' };

/** What cmdlets that change something take besides their own parameters. */
export const changeParameters = {
  WhatIf: { type: 'switch', aliases: ['wi'], description: 'Says what would be changed, and changes nothing.' },
  Confirm: { type: 'switch', aliases: ['cf'], description: 'The shell asks before the change; nothing asks here.' },
} as const satisfies ParameterDefinitions;

const mostParameters = 256;

export interface BindOptions {
  definitions: ParameterDefinitions;
  /** Adds `-WhatIf` and `-Confirm`. */
  changes: boolean;
  side?: 'OnPremises' | 'Cloud';
}

export interface Binding {
  /** Published spelling to checked value; without the parameters of the shell and `WhatIf`. */
  parameters: Readonly<Record<string, unknown>>;
  whatIf: boolean;
}

/**
 * Binds named parameters as PowerShell does: any case, aliases, beginnings of names that fit only one parameter. The
 * error texts are PowerShell's own.
 *
 * @throws ManagementError `MANAGEMENT_PARAMETER_UNKNOWN`, `…_AMBIGUOUS`, `…_REPEATED`, `…_MISSING`, `…_INVALID`
 */
export function bindParameters(options: BindOptions, given: Readonly<Record<string, unknown>>): Binding {
  const definitions: Record<string, ParameterDefinition> = { ...options.definitions, ...(options.changes ? changeParameters : {}) };
  for (const [name, definition] of Object.entries(definitions)) {
    if (definition.side !== undefined && options.side !== undefined && definition.side !== options.side) delete definitions[name];
  }
  const entries = Object.entries(given);
  if (entries.length > mostParameters) throw new ManagementError('MANAGEMENT_PARAMETER_INVALID', `More than ${mostParameters} parameters were given.`);
  const bound: Record<string, unknown> = {};
  const seen = new Set<string>();
  for (const [key, value] of entries) {
    if (key === '@odata.type') continue;
    const name = resolveParameterName(key, definitions);
    if (seen.has(name)) {
      throw new ManagementError('MANAGEMENT_PARAMETER_REPEATED', `Cannot bind parameter because parameter '${name}' is specified more than once. To provide multiple values to parameters that can accept multiple values, use the array syntax. For example, "-parameter value1,value2,value3".`, {
        facts: { parameter: name },
      });
    }
    seen.add(name);
    const definition = definitions[name];
    if (definition === undefined) continue;
    if (definition.refused !== undefined) {
      if (!asksForNothing(name, definition, value)) throw refused(name, definition);
      continue;
    }
    const converted = convertValue(name, definition, value);
    if (definition.ignored !== true) bound[name] = converted;
  }
  const missing = Object.keys(definitions).filter((name) => definitions[name]?.mandatory === true && !(name in bound));
  if (missing.length > 0) {
    throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', `Cannot process command because of one or more missing mandatory parameters: ${missing.join(' ')}.`, { facts: { missing } });
  }
  const { WhatIf, Confirm: _, ...parameters } = bound;
  return { parameters, whatIf: WhatIf === true };
}

/** True for `$false` and `$null` where nothing else is how things are. */
function asksForNothing(name: string, definition: ParameterDefinition, value: unknown): boolean {
  if (definition.refused !== 'unlessFalse') return false;
  return value === null || value === false || (definition.type !== 'anything' && convertValue(name, definition, value) === false);
}

function refused(name: string, { description }: ParameterDefinition): ManagementError {
  return new ManagementError('MANAGEMENT_PARAMETER_INVALID', `The parameter '${name}' can't be used here. ${description}`, { facts: { parameter: name }, remedy: 'Leave it out.' });
}

/** The published name of what was written; a name of the shell's own comes back too. */
export function resolveParameterName(written: string, definitions: ParameterDefinitions): string {
  const wanted = written.replace(/^-/, '').toLowerCase();
  const names = [...Object.keys(definitions), ...shellParameters];
  const exact = names.find((name) => name.toLowerCase() === wanted) ?? aliasOf(wanted, definitions);
  if (exact !== undefined) return exact;
  // As in PowerShell, the shell's own parameters do not make a beginning ambiguous.
  const own = wanted === '' ? [] : Object.keys(definitions).filter((name) => name.toLowerCase().startsWith(wanted));
  const candidates = own.length > 0 || wanted === '' ? own : shellParameters.filter((name) => name.toLowerCase().startsWith(wanted));
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) return only;
  const shown = written.slice(0, 100).replace(/^-/, '');
  if (only === undefined) {
    throw new ManagementError('MANAGEMENT_PARAMETER_UNKNOWN', `A parameter cannot be found that matches parameter name '${shown}'.`, { facts: { parameter: shown, known: Object.keys(definitions) } });
  }
  const matches = candidates.map((name) => `-${name}`).join(' ');
  throw new ManagementError('MANAGEMENT_PARAMETER_AMBIGUOUS', `Parameter cannot be processed because the parameter name '${shown}' is ambiguous. Possible matches include: ${matches}.`, {
    facts: { parameter: shown, candidates },
  });
}

function aliasOf(wanted: string, definitions: ParameterDefinitions): string | undefined {
  const named = Object.entries(definitions).find(([, definition]) => definition.aliases?.some((alias) => alias.toLowerCase() === wanted));
  return named?.[0] ?? shellAliases[wanted];
}
