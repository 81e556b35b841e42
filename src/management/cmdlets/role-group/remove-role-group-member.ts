import { ManagementError } from '../../management-error.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { accountTypes, namedRecipient } from '../recipients/recipient-cmdlets.ts';
import { changeRoleGroup } from './change-role-group.ts';
import { roleGroupIdentity, roleGroupMember, theRoleGroup } from './role-group-object.ts';

export const removeRoleGroupMember = defineExchangeCmdlet({
  name: 'Remove-RoleGroupMember',
  synopsis: 'Takes a person out of a role group. The last administrator of the organisation stays.',
  parameters: { Identity: roleGroupIdentity, Member: roleGroupMember },
  example: 'Remove-RoleGroupMember "Help Desk" -Member bert -Confirm:$false',
  roles: ['Role Management'],
  async run(context, { Identity, Member }) {
    const group = await theRoleGroup(context, Identity);
    const member = await namedRecipient(context, accountTypes, Member);
    const members = await context.organization.directory.roleGroupMembers(group.name);
    if (!members.some(({ guid }) => guid === member.guid)) throw new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', `The recipient "${member.displayName}" isn't a member of the group "${group.name}".`);
    if (group.name === 'Organization Management' && members.length === 1) {
      throw new ManagementError('MANAGEMENT_INVALID_VALUE', `"${member.displayName}" is the last member of "${group.name}", without whom nobody could administer the organisation.`, { remedy: 'Put somebody else into the group first.' });
    }
    return changeRoleGroup(context, group, member, (former) => former.filter((one) => one !== group.name));
  },
});
