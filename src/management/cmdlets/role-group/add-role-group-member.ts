import { ManagementError } from '../../management-error.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { accountTypes, namedRecipient } from '../recipients/recipient-cmdlets.ts';
import { changeRoleGroup } from './change-role-group.ts';
import { roleGroupIdentity, roleGroupMember, theRoleGroup } from './role-group-object.ts';

export const addRoleGroupMember = defineExchangeCmdlet({
  name: 'Add-RoleGroupMember',
  synopsis: 'Puts a person into a role group, whose cmdlets they may run from then on.',
  parameters: { Identity: roleGroupIdentity, Member: roleGroupMember },
  example: 'Add-RoleGroupMember "Help Desk" -Member bert',
  roles: ['Role Management'],
  async run(context, { Identity, Member }) {
    const group = await theRoleGroup(context, Identity);
    const member = await namedRecipient(context, accountTypes, Member);
    const groups = await context.organization.directory.roleGroups(member.guid);
    if (groups.includes(group.name)) throw new ManagementError('MANAGEMENT_OBJECT_EXISTS', `The recipient "${member.displayName}" is already a member of the group "${group.name}".`);
    return changeRoleGroup(context, group, member, (former) => [...former, group.name]);
  },
});
