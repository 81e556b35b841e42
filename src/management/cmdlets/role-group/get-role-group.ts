import { limitResults, resultSize } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { findRoleGroups, roleGroupOutput } from './role-group-object.ts';

export const getRoleGroup = defineExchangeCmdlet({
  name: 'Get-RoleGroup',
  synopsis: 'Shows the role groups, by which it is decided who may run which cmdlets.',
  parameters: { Identity: { type: 'string', position: 0, pipeline: true, description: 'Name; * stands for anything.' }, ResultSize: resultSize },
  outputs: ['ManagedBy', 'RoleAssignments', 'Roles', 'DisplayName', 'Members', 'Description', 'RoleGroupType', 'Identity', 'IsValid', 'Name', 'Guid', 'ObjectState'],
  example: 'Get-RoleGroup | Format-Table Name,Members',
  roles: ['Role Management', 'View-Only Configuration'],
  run: async (context, { Identity, ResultSize }) => limitResults(context, await Promise.all((await findRoleGroups(context, Identity)).map((group) => roleGroupOutput(context, group))), ResultSize),
});
