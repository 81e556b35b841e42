import { identityToChange, removeConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet, organizationRoles } from '../exchange-context.ts';

export const removeManagementRoleAssignment = defineExchangeCmdlet({
  name: 'Remove-ManagementRoleAssignment',
  synopsis: 'Takes a role from an account.',
  parameters: { Identity: identityToChange },
  example: 'Remove-ManagementRoleAssignment "UserApplication-Exchange Online-ApplicationAccount" -Confirm:$false',
  roles: organizationRoles,
  run: (context, { Identity }) => removeConfiguration(context, 'ManagementRoleAssignment', Identity),
});
