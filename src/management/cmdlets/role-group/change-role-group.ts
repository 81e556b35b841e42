import type { Recipient, RoleGroup } from '../../../organization/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { membersText } from './role-group-object.ts';

/** Puts somebody into a role group or takes them out, on record with the members before and after. */
export async function changeRoleGroup(context: ExchangeContext, group: RoleGroup, member: Recipient, change: (groups: readonly RoleGroup[]) => readonly RoleGroup[]): Promise<readonly OutputObject[]> {
  const { directory } = context.organization;
  await context.change({
    target: group,
    before: { Members: membersText(await directory.roleGroupMembers(group)) },
    async apply() {
      await directory.setRoleGroups(member.guid, change(await directory.roleGroups(member.guid)));
      return directory.roleGroupMembers(group);
    },
    after: (members) => ({ Members: membersText(members) }),
  });
  return [];
}
