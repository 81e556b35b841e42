import type { Stored } from '../../organization/index.ts';
import type { ParameterDefinitions } from '../binding/parameter-definition.ts';

/** A cmdlet that a role holds, and those of its parameters that the role gives. */
export interface RoleEntry {
  Name: string;
  Parameters: readonly string[];
}

/** As much of a cmdlet as roles need. */
export interface AnyCmdlet {
  readonly name: string;
  readonly parameters: ParameterDefinitions;
  readonly roles: readonly string[];
  readonly side?: 'OnPremises' | 'Cloud' | undefined;
  readonly changes: boolean;
}

/** What a role holds: a built-in one all cmdlets that name it, with all of their parameters; a custom one what it was left. */
export function entriesOfRole(role: string, customRoles: readonly Stored<'ManagementRole'>[], cmdlets: readonly AnyCmdlet[]): readonly RoleEntry[] {
  const custom = customRoles.find(({ name }) => name.toLowerCase() === role.toLowerCase());
  if (custom !== undefined) return custom.properties.RoleEntries;
  return cmdlets.filter(({ roles }) => roles.some((name) => name.toLowerCase() === role.toLowerCase())).map(wholeEntry);
}

function wholeEntry({ name, parameters, changes }: AnyCmdlet): RoleEntry {
  return { Name: name, Parameters: [...Object.keys(parameters), ...(changes ? ['Confirm', 'WhatIf'] : [])].toSorted((a, b) => a.localeCompare(b, 'en')) };
}
