import { newConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet, organizationRoles } from '../exchange-context.ts';
import { roleAssignmentOutput } from './role-assignment-output.ts';

export const newManagementRoleAssignment = defineExchangeCmdlet({
  name: 'New-ManagementRoleAssignment',
  synopsis: 'Gives a role to the account of a partner application.',
  parameters: {
    Name: { type: 'string', description: 'Name of the object. Default: role and account, joined with a hyphen.' },
    Role: { type: 'string', mandatory: true, description: 'The role, for example UserApplication.' },
    User: { type: 'string', mandatory: true, description: 'The account: what LinkedAccount of the partner application names.' },
  },
  example: 'New-ManagementRoleAssignment -Role UserApplication -User "Exchange Online-ApplicationAccount"',
  roles: organizationRoles,
  async run(context, { Name, Role, User }) {
    const name = User.slice(User.lastIndexOf('/') + 1);
    return newConfiguration(context, 'ManagementRoleAssignment', Name ?? `${Role}-${name}`, { Role, RoleAssignee: User, RoleAssigneeName: name, RoleAssigneeType: 'User' }, roleAssignmentOutput);
  },
});
