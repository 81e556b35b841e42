import type { Recipient } from '../../../organization/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import type { RoleGroup } from './role-group-object.ts';
import { membersText, requireGroupManager } from './role-group-object.ts';

/** Puts somebody into a role group or takes them out, on record with the members before and after. */
export async function changeRoleGroup(context: ExchangeContext, group: RoleGroup, member: Recipient, change: (groups: readonly string[]) => readonly string[]): Promise<readonly OutputObject[]> {
  const { directory } = context.organization;
  requireGroupManager(context, group.name);
  await context.change({
    target: group.name,
    before: { Members: membersText(await directory.roleGroupMembers(group.name)) },
    async apply() {
      await directory.setRoleGroups(member.guid, change(await directory.roleGroups(member.guid)));
      return directory.roleGroupMembers(group.name);
    },
    after: (members) => ({ Members: membersText(members) }),
  });
  return [];
}
