import { ManagementError } from '../../management-error.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { requireGroupManager, roleGroupIdentity, roleGroupOutput, theRoleGroup } from './role-group-object.ts';

export const removeRoleGroup = defineExchangeCmdlet({
  name: 'Remove-RoleGroup',
  synopsis: 'Removes a role group and what it was assigned. The built-in ones stay.',
  parameters: { Identity: roleGroupIdentity },
  example: 'Remove-RoleGroup "Branch Recipients" -Confirm:$false',
  roles: ['Role Management'],
  async run(context, { Identity }) {
    const group = await theRoleGroup(context, Identity);
    requireGroupManager(context, group.name);
    const { guid } = group;
    if (guid === undefined) throw new ManagementError('MANAGEMENT_INVALID_VALUE', `The role group "${group.name}" is built in and can't be removed.`);
    const { configuration, directory } = context.organization;
    await context.change({
      target: group.name,
      before: await roleGroupOutput(context, group),
      async apply() {
        for (const member of await directory.roleGroupMembers(group.name)) await directory.setRoleGroups(member.guid, (await directory.roleGroups(member.guid)).filter((name) => name !== group.name));
        for (const { guid: assignment, properties } of await configuration.list('ManagementRoleAssignment')) {
          if (properties.RoleAssigneeType === 'RoleGroup' && properties.RoleAssigneeName === group.name) await configuration.remove('ManagementRoleAssignment', assignment);
        }
        await configuration.remove('RoleGroup', guid);
      },
    });
    return [];
  },
});
