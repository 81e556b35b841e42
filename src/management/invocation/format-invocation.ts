import type { ParameterDefinition } from '../binding/parameter-definition.ts';
import { exchangeCmdlets } from '../cmdlets/exchange-cmdlets.ts';
import { relayCmdlets } from '../cmdlets/relay-cmdlets.ts';
import { tenantCmdlets } from '../cmdlets/tenant-cmdlets.ts';
import { resolveParameterName } from '../binding/bind-parameters.ts';
import { ManagementError } from '../management-error.ts';
import type { CmdletInvocation } from './cmdlet-invocation.ts';
import { PowerShellExpression } from './power-shell-expression.ts';

/**
 * An invocation as a line of PowerShell, which runs here and on real Exchange. Values stand in single quotes, in which
 * PowerShell expands nothing. A secret is never printed: the line asks for it. Throws `MANAGEMENT_BAD_REQUEST` for a name
 * that cannot be one.
 */
export function formatInvocation(invocation: CmdletInvocation): string {
  if (!/^[A-Za-z]+-[A-Za-z0-9]+$/.test(invocation.cmdlet)) throw notPrintable(invocation.cmdlet);
  const parts = Object.entries(invocation.parameters).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return [formatParameter(name.replace(/^-/, ''), value, definitionOf(invocation.cmdlet, name))];
  });
  return [invocation.cmdlet, ...parts].join(' ');
}

function formatParameter(name: string, value: unknown, definition: ParameterDefinition | undefined): string {
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(name)) throw notPrintable(name);
  if (definition?.type === 'secret') return `-${name} (Read-Host '${name}' -AsSecureString)`;
  if (definition?.type === 'credential') return `-${name} (Get-Credential)`;
  if (definition?.type === 'passwordProfile' && typeof value === 'object' && value !== null) return `-${name} ${formatValue(withoutPassword(value))}`;
  if (definition?.type === 'hashtable' && typeof value === 'object' && value !== null) return `-${name} ${formatValue(Object.fromEntries(Object.entries(value).map(([key, part]: [string, unknown]) => [key, /^passwordProfile$/i.test(key) && typeof part === 'object' && part !== null ? withoutPassword(part) : part])))}`;
  if (definition?.type === 'keyCredentials' && Array.isArray(value)) return `-${name} @(${value.map((one: Record<string, unknown>) => formatValue('Key' in one ? { ...one, Key: new PowerShellExpression(`[Convert]::FromBase64String(${formatValue(one['Key'])})`) } : one)).join(', ')})`;
  if (definition?.type === 'switch' && value === true) return `-${name}`;
  // The form with a colon suits switches and Boolean parameters alike.
  if (typeof value === 'boolean' && definition?.type !== 'boolean') return `-${name}:${formatValue(value)}`;
  return `-${name} ${formatValue(value)}`;
}

function withoutPassword(profile: object): object {
  return Object.fromEntries(Object.entries(profile).map(([key, part]: [string, unknown]) => [key, /^password$/i.test(key) ? new PowerShellExpression("(Read-Host 'Password')") : part]));
}

/** A line that somebody will paste into a shell holds nothing that we do not understand. */
function notPrintable(name: string): ManagementError {
  return new ManagementError('MANAGEMENT_BAD_REQUEST', `'${name.slice(0, 100)}' is not the name of a cmdlet or parameter.`);
}

function definitionOf(cmdlet: string, parameter: string): ParameterDefinition | undefined {
  const known = [...exchangeCmdlets, ...tenantCmdlets, ...relayCmdlets].find((candidate) => candidate.name.toLowerCase() === cmdlet.toLowerCase());
  if (known === undefined) return undefined;
  try {
    return known.parameters[resolveParameterName(parameter, known.parameters)];
  } catch {
    return undefined;
  }
}

/** A value as a PowerShell literal: `$true`, `5`, `'text'`, `'a','b'`, `@{add='c'}`, `$null`. */
export function formatValue(value: unknown): string {
  if (value instanceof PowerShellExpression) return value.text;
  if (value === null || value === undefined) return '$null';
  if (typeof value === 'boolean') return value ? '$true' : '$false';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'Unlimited';
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Date) return quote(value.toISOString());
  if (value instanceof Uint8Array) return `([Convert]::FromBase64String(${quote(Buffer.from(value).toString('base64'))}))`;
  if (Array.isArray(value)) return value.length === 0 ? '@()' : value.map(formatElement).join(',');
  if (typeof value === 'object') return formatHashtable(value);
  return quote(typeof value === 'string' ? value : '');
}

/** An array within an array needs its own brackets. */
function formatElement(value: unknown): string {
  return Array.isArray(value) ? `@(${value.map(formatElement).join(',')})` : formatValue(value);
}

function formatHashtable(value: object): string {
  const entries = Object.entries(value).filter(([key, part]) => key !== '@odata.type' && part !== undefined);
  return `@{${entries.map(([key, part]) => `${/^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? key : quote(key)}=${isListOfTables(part) ? `@(${formatValue(part)})` : formatValue(part)}`).join('; ')}}`;
}

/** One alone would else be no list. */
function isListOfTables(value: unknown): boolean {
  return Array.isArray(value) && value.some((part) => typeof part === 'object' && part !== null && !(part instanceof PowerShellExpression));
}

/** PowerShell takes the typographic single quotes for the straight one, so all of them are doubled. */
function quote(text: string): string {
  return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, (mark) => mark + mark)}'`;
}
