import type { Stored } from '../../../organization/index.ts';
import { builtInRoleGroups } from '../../../organization/index.ts';
import { valuesOf } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { requireDelegation, theRole } from '../management-role/role-object.ts';
import { requestedScope, scopeParameters } from '../management-role/write-scope.ts';
import { accountTypes, namedRecipient } from '../recipients/recipient-cmdlets.ts';
import { asRoleGroup, requireGroupManager, roleGroupOutput } from './role-group-object.ts';

export const newRoleGroup = defineExchangeCmdlet({
  name: 'New-RoleGroup',
  synopsis: 'Makes a role group, with roles and members.',
  parameters: {
    Name: { type: 'string', position: 0, mandatory: true, description: 'Name of the role group.' },
    Roles: { type: 'string', many: true, description: 'Management roles that its members get.' },
    Members: { type: 'string', many: true, description: 'Who is in it.' },
    DisplayName: { type: 'string', description: 'The name that people see. Default: the name.' },
    Description: { type: 'string', description: 'What it is for.' },
    CustomRecipientWriteScope: scopeParameters.CustomRecipientWriteScope,
  },
  example: 'New-RoleGroup -Name "Branch Recipients" -Roles "Mail Recipients" -Members bert',
  roles: ['Role Management'],
  async run(context, { Name, Roles, Members, DisplayName, Description, CustomRecipientWriteScope }) {
    requireGroupManager(context, Name);
    if (builtInRoleGroups.some((name) => name.toLowerCase() === Name.toLowerCase())) throw new ManagementError('MANAGEMENT_OBJECT_EXISTS', `The role group "${Name}" already exists.`);
    const { configuration, directory } = context.organization;
    const roles = await Promise.all((Roles === undefined ? [] : valuesOf(Roles)).map((role) => theRole(context, role)));
    for (const { name } of roles) requireDelegation(context, name, `${name}-${Name}`);
    const members = await Promise.all((Members === undefined ? [] : valuesOf(Members)).map((member) => namedRecipient(context, accountTypes, member)));
    const scope = await requestedScope(context, { CustomRecipientWriteScope });
    const created = await context.change({
      target: Name,
      async apply() {
        const group = await configuration.create('RoleGroup', Name, { ...(DisplayName === undefined ? {} : { DisplayName }), ...(Description === undefined ? {} : { Description }) });
        for (const role of roles) await configuration.create('ManagementRoleAssignment', `${role.name}-${group.name}`, { Role: role.name, RoleAssignee: group.name, RoleAssigneeName: group.name, RoleAssigneeType: 'RoleGroup', ...scope });
        for (const { guid } of members) await directory.setRoleGroups(guid, [...(await directory.roleGroups(guid)), group.name]);
        return group;
      },
      after: ({ name }: Stored<'RoleGroup'>) => ({ Name: name, Roles: roles.map((role) => role.name), Members: members.map(({ displayName }) => displayName), ...scope }),
    });
    return created === undefined ? [] : [await roleGroupOutput(context, asRoleGroup(created))];
  },
});
