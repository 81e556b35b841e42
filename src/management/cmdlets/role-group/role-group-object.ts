import type { Recipient, Stored } from '../../../organization/index.ts';
import { builtInRoleGroups, hasWildCard, wildCardMatcher } from '../../../organization/index.ts';
import { roleGroupDescriptions } from '../../access/management-roles.ts';
import { builtInAssignments, keptAssignment } from '../../access/role-assignments.ts';
import { ManagementError } from '../../management-error.ts';
import { objectNotFound } from '../configuration-cmdlets.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import type { ExchangeContext } from '../exchange-context.ts';

export interface RoleGroup {
  name: string;
  /** Its name, where none was given. */
  displayName: string;
  description: string;
  /** Absent for a built-in one. */
  guid: string | undefined;
}

/** `-Identity` of a role group. */
export const roleGroupIdentity = { type: 'string', position: 0, pipeline: true, mandatory: true, description: 'Name of the role group.' } as const;
export const roleGroupMember = { type: 'string', mandatory: true, pipelineOf: ['Mailbox', 'MailUser', 'Recipient', 'RemoteMailbox', 'User'], description: 'Alias, user principal name, address or display name of the person. Also what the Get- cmdlets of people give, through the pipe.' } as const;

/** The role groups of a name or pattern, all without one. */
export async function findRoleGroups(context: ExchangeContext, identity: string | undefined): Promise<readonly RoleGroup[]> {
  const custom = await context.organization.configuration.list('RoleGroup');
  const all: RoleGroup[] = [
    ...builtInRoleGroups.map((name) => ({ name, displayName: name, description: roleGroupDescriptions[name] ?? '', guid: undefined })),
    ...custom.map(asRoleGroup),
  ];
  if (identity === undefined) return all.toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  const matches = wildCardMatcher(identity);
  const found = all.filter(({ name, guid }) => matches(name) || guid === identity.toLowerCase());
  if (found.length === 0 && !hasWildCard(identity)) throw objectNotFound(context, identity);
  return found;
}

/** A role group that somebody made. */
export function asRoleGroup({ name, guid, properties }: Stored<'RoleGroup'>): RoleGroup {
  return { name, displayName: properties.DisplayName ?? name, description: properties.Description, guid };
}

/** The one role group of a name. */
export async function theRoleGroup(context: ExchangeContext, identity: string): Promise<RoleGroup> {
  const [group] = await findRoleGroups(context, identity);
  if (group === undefined) throw objectNotFound(context, identity);
  return group;
}

/**
 * Role groups are the business of Organization Management alone: it manages every group, and only it may hand roles on,
 * as its delegating assignments say on Exchange.
 */
export function requireGroupManager({ caller }: ExchangeContext, group: string): void {
  if (caller.roleGroups.includes('Organization Management')) return;
  throw new ManagementError('MANAGEMENT_ACCESS_DENIED', "You don't have sufficient permissions. This operation can only be performed by a manager of the group.", { facts: { caller: caller.name, group }, remedy: 'Ask a member of Organization Management.' });
}

export async function roleGroupOutput(context: ExchangeContext, { name, displayName, description, guid }: RoleGroup): Promise<OutputObject> {
  const members = await context.organization.directory.roleGroupMembers(name);
  const kept = (await context.organization.configuration.list('ManagementRoleAssignment')).map(keptAssignment);
  const assignments = [...builtInAssignments, ...kept].filter(({ assigneeType, assigneeName }) => assigneeType === 'RoleGroup' && assigneeName.toLowerCase() === name.toLowerCase());
  return {
    ManagedBy: ['Organization Management'],
    RoleAssignments: assignments.map((assignment) => assignment.name),
    Roles: [...new Set(assignments.map(({ role }) => role))],
    DisplayName: displayName,
    Members: membersText(members),
    Description: description,
    RoleGroupType: 'Standard',
    Identity: name,
    IsValid: true,
    Name: name,
    ...(guid === undefined ? {} : { Guid: guid }),
    ObjectState: 'Unchanged',
  };
}

export function membersText(members: readonly Recipient[]): string[] {
  return members.map((member) => member.displayName);
}
