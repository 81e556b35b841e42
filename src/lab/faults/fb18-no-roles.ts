import { toOnPremises } from './fault.ts';
import type { Fault } from './fault.ts';

const account = 'Exchange Online-ApplicationAccount';

export const noRoles: Fault = {
  id: 'fb18-no-roles',
  symptom: toOnPremises,
  trust: 'OAuth',
  async plan({ OnPremises }) {
    const assignments = await OnPremises.invoke('Get-ManagementRoleAssignment', { RoleAssignee: account });
    return {
      inject: assignments.map(({ Name }) => ({ session: 'OnPremises', cmdlet: 'Remove-ManagementRoleAssignment', parameters: { Identity: Name, Confirm: false } })),
      undo: assignments.map(({ Role }) => ({ session: 'OnPremises', cmdlet: 'New-ManagementRoleAssignment', parameters: { Role, User: account } })),
    };
  },
};
