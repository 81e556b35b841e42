import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet, viewerRoles } from '../exchange-context.ts';
import { roleAssignmentOutput } from './role-assignment-output.ts';

export const getManagementRoleAssignment = defineExchangeCmdlet({
  name: 'Get-ManagementRoleAssignment',
  synopsis: 'Shows which roles the accounts of partner applications have.',
  parameters: {
    Identity: identityToGet,
    Role: { type: 'string', description: 'Only assignments of this role.' },
    RoleAssignee: { type: 'string', description: 'Only assignments to this account.' },
    Enabled: { type: 'boolean', description: 'Only those that are switched on, or off.' },
  },
  example: 'Get-ManagementRoleAssignment -RoleAssignee "Exchange Online-ApplicationAccount" | Format-Table Name,Role -AutoSize',
  roles: viewerRoles,
  async run(context, { Identity, Role, RoleAssignee, Enabled }) {
    const same = (value: unknown, wanted: string | undefined): boolean => wanted === undefined || String(value).toLowerCase() === lastPart(wanted).toLowerCase();
    const found = await getConfiguration(context, 'ManagementRoleAssignment', Identity, roleAssignmentOutput);
    return found.filter((assignment) => same(assignment['Role'], Role) && same(assignment['RoleAssigneeName'], RoleAssignee) && (Enabled === undefined || assignment['Enabled'] === Enabled));
  },
});

/** The account's own name: an account may be named with the folder it lies in. */
function lastPart(identity: string): string {
  return identity.slice(identity.lastIndexOf('/') + 1);
}
