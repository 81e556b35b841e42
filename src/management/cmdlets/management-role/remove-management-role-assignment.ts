import { identityToChange, removeConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { theKeptAssignment } from './find-assignments.ts';
import { requireDelegation } from './role-object.ts';

export const removeManagementRoleAssignment = defineExchangeCmdlet({
  name: 'Remove-ManagementRoleAssignment',
  synopsis: 'Takes a role from an account or a role group.',
  parameters: { Identity: identityToChange },
  example: 'Remove-ManagementRoleAssignment "UserApplication-Exchange Online-ApplicationAccount" -Confirm:$false',
  roles: ['Role Management'],
  async run(context, { Identity }) {
    const { name, guid, role } = await theKeptAssignment(context, Identity);
    requireDelegation(context, role, name);
    return removeConfiguration(context, 'ManagementRoleAssignment', guid);
  },
});
