import type { Stored } from '../../../organization/index.ts';
import { hasWildCard, wildCardMatcher } from '../../../organization/index.ts';
import { builtInRoles } from '../../access/management-roles.ts';
import type { RoleEntry } from '../../access/role-entries.ts';
import { entriesOfRole } from '../../access/role-entries.ts';
import { ManagementError } from '../../management-error.ts';
import { objectNotFound } from '../configuration-cmdlets.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { objectTail } from '../object-output.ts';

export interface Role {
  name: string;
  description: string;
  entries: readonly RoleEntry[];
  /** The built-in role that it comes from at last: its type is that one's. Its own name for a built-in role. */
  root: string;
  /** Undefined for a built-in role. */
  custom: { guid: string; parent: string; whenCreated: number; whenChanged: number } | undefined;
}

/** `-Identity` of a management role. */
export const roleIdentity = { type: 'string', position: 0, pipeline: true, mandatory: true, description: 'Name of the role.' } as const;

export async function findRoles(context: ExchangeContext, identity: string | undefined): Promise<readonly Role[]> {
  const custom = await context.organization.configuration.list('ManagementRole');
  const all: Role[] = [
    ...builtInRoles.map(({ name, description }) => ({ name, description, entries: entriesOfRole(name, custom, context.cmdlets), root: name, custom: undefined })),
    ...custom.map(({ name, guid, whenCreated, whenChanged, properties }) => ({ name, description: properties.Description, entries: properties.RoleEntries, root: rootOf(properties.Parent, custom), custom: { guid, parent: properties.Parent, whenCreated, whenChanged } })),
  ];
  if (identity === undefined) return all.toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  const matches = wildCardMatcher(identity);
  const found = all.filter(({ name, custom: kept }) => matches(name) || kept?.guid === identity.toLowerCase());
  if (found.length === 0 && !hasWildCard(identity)) throw objectNotFound(context, identity);
  return found;
}

/** The name of the role at the top, above a parent. */
function rootOf(parent: string, custom: readonly Stored<'ManagementRole'>[]): string {
  const own = custom.find(({ name }) => name.toLowerCase() === parent.toLowerCase());
  if (own !== undefined) return rootOf(own.properties.Parent, custom);
  return builtInRoles.find(({ name }) => name.toLowerCase() === parent.toLowerCase())?.name ?? parent;
}

/** The one role of a name. */
export async function theRole(context: ExchangeContext, identity: string): Promise<Role> {
  const [role] = hasWildCard(identity) ? [] : await findRoles(context, identity);
  if (role === undefined) throw objectNotFound(context, identity);
  return role;
}

/** A role that somebody made: the built-in ones cannot be changed, as on Exchange. */
export async function theCustomRole(context: ExchangeContext, identity: string): Promise<Role & { custom: NonNullable<Role['custom']> }> {
  const role = await theRole(context, identity);
  if (role.custom !== undefined) return { ...role, custom: role.custom };
  throw new ManagementError('MANAGEMENT_INVALID_VALUE', `The management role "${role.name}" is a built-in role and can't be modified.`, { remedy: `Make a role under it and change that: New-ManagementRole -Name "…" -Parent "${role.name}".` });
}

/** Only Organization Management has delegating assignments. The text is Exchange's. */
export function requireDelegation({ caller }: ExchangeContext, role: string, assignment: string): void {
  if (caller.roleGroups.includes('Organization Management')) return;
  throw new ManagementError('MANAGEMENT_ACCESS_DENIED', `You don't have access to create, change, or remove the "${assignment}" management role assignment. You must be assigned a delegating role assignment to the management role or its parent in the hierarchy without a scope restriction.`, { facts: { caller: caller.name, role } });
}

/** As published: where the cmdlet comes from, its name, its parameters. */
export function entryText({ Name, Parameters }: RoleEntry): string {
  return [`(${snapIn}) ${Name}`, ...Parameters.map((name) => `-${name}`)].join(' ');
}

export const snapIn = 'Microsoft.Exchange.Management.PowerShell.E2010';

/** Roles whose type is not their name without blanks and hyphens, as published. */
const roleTypes: Readonly<Record<string, string>> = { 'E-Mail Address Policies': 'EmailAddressPolicies', 'Remote and Accepted Domains': 'RemoteAndAcceptedDomains' };

export function roleOutput({ name, description, entries, root, custom }: Role): OutputObject {
  return {
    RoleEntries: entries.map(entryText),
    RoleType: roleTypes[root] ?? root.replaceAll(/[\s-]/g, ''),
    ImplicitRecipientReadScope: 'Organization',
    ImplicitRecipientWriteScope: 'Organization',
    ImplicitConfigReadScope: 'OrganizationConfig',
    ImplicitConfigWriteScope: 'OrganizationConfig',
    IsRootRole: custom === undefined,
    IsEndUserRole: false,
    Description: description,
    Parent: custom?.parent ?? null,
    ...(custom === undefined ? { Name: name, Identity: name, IsValid: true, ObjectState: 'Unchanged' } : objectTail({ name, identity: name, ...custom })),
  };
}
