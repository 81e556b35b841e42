import type { Recipient, RoleGroup } from '../../../organization/index.ts';
import { hasWildCard, roleGroupNames, wildCardMatcher } from '../../../organization/index.ts';
import { objectNotFound } from '../configuration-cmdlets.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import type { ExchangeContext } from '../exchange-context.ts';

/** `-Identity` of a role group. */
export const roleGroupIdentity = { type: 'string', position: 0, pipeline: true, mandatory: true, description: 'Name of the role group.' } as const;
export const roleGroupMember = { type: 'string', mandatory: true, position: 1, description: 'Alias, user principal name, address or display name of the person.' } as const;

/** The role groups of a name or pattern, all without one. */
export function findRoleGroups(context: ExchangeContext, identity: string | undefined): readonly RoleGroup[] {
  if (identity === undefined) return roleGroupNames;
  const found = roleGroupNames.filter(wildCardMatcher(identity));
  if (found.length === 0 && !hasWildCard(identity)) throw objectNotFound(context, identity);
  return found;
}

/** The one role group of a name. */
export function theRoleGroup(context: ExchangeContext, identity: string): RoleGroup {
  const [group] = findRoleGroups(context, identity);
  if (group === undefined) throw objectNotFound(context, identity);
  return group;
}

export async function roleGroupOutput(context: ExchangeContext, group: RoleGroup): Promise<OutputObject> {
  const members = await context.organization.directory.roleGroupMembers(group);
  return { Name: group, Members: membersText(members), RoleGroupType: 'Standard', Identity: group, IsValid: true, ObjectState: 'Unchanged' };
}

export function membersText(members: readonly Recipient[]): string[] {
  return members.map((member) => member.displayName);
}
