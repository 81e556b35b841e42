import { defineExchangeCmdlet, viewerRoles } from '../exchange-context.ts';
import { findRoleGroups, roleGroupOutput } from './role-group-object.ts';

export const getRoleGroup = defineExchangeCmdlet({
  name: 'Get-RoleGroup',
  synopsis: 'Shows the role groups, by which it is decided who may run which cmdlets.',
  parameters: { Identity: { type: 'string', position: 0, pipeline: true, description: 'Name; * stands for anything.' } },
  outputs: ['Name', 'Members', 'RoleGroupType', 'Identity', 'IsValid', 'ObjectState'],
  example: 'Get-RoleGroup | Format-Table Name,Members',
  roles: viewerRoles,
  run: (context, { Identity }) => Promise.all(findRoleGroups(context, Identity).map((group) => roleGroupOutput(context, group))),
});
