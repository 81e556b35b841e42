import { limitResults, resultSize } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { recipientOutput } from '../recipients/recipient-output.ts';
import { roleGroupIdentity, theRoleGroup } from './role-group-object.ts';

export const getRoleGroupMember = defineExchangeCmdlet({
  name: 'Get-RoleGroupMember',
  synopsis: 'Shows who is in a role group.',
  parameters: { Identity: roleGroupIdentity, ResultSize: resultSize },
  example: 'Get-RoleGroupMember "Organization Management"',
  roles: ['Role Management', 'View-Only Configuration'],
  run: async (context, { Identity, ResultSize }) => limitResults(context, await context.organization.directory.roleGroupMembers((await theRoleGroup(context, Identity)).name), ResultSize).map(recipientOutput),
});
