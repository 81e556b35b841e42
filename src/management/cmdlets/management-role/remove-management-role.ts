import { ManagementError } from '../../management-error.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { findRoles, roleIdentity, roleOutput, theCustomRole } from './role-object.ts';

export const removeManagementRole = defineExchangeCmdlet({
  name: 'Remove-ManagementRole',
  synopsis: 'Removes a role that somebody made, once it has no assignments and no roles under it.',
  parameters: { Identity: roleIdentity },
  example: 'Remove-ManagementRole "Mailbox Names" -Confirm:$false',
  roles: ['Role Management'],
  async run(context, { Identity }) {
    const role = await theCustomRole(context, Identity);
    const { configuration } = context.organization;
    const same = (name: string): boolean => name.toLowerCase() === role.name.toLowerCase();
    const assigned = (await configuration.list('ManagementRoleAssignment')).filter(({ properties }) => same(properties.Role));
    const children = (await findRoles(context, undefined)).filter(({ custom }) => custom !== undefined && same(custom.parent));
    if (assigned.length > 0 || children.length > 0) {
      throw new ManagementError('MANAGEMENT_INVALID_VALUE', `The management role "${role.name}" can't be removed because it has role assignments or child roles.`, { facts: { assignments: assigned.map(({ name }) => name), children: children.map(({ name }) => name) }, remedy: 'Remove these first: Get-ManagementRoleAssignment -Role, Get-ManagementRole -GetChildren.' });
    }
    await context.change({ target: role.name, before: roleOutput(role), apply: () => configuration.remove('ManagementRole', role.custom.guid) });
    return [];
  },
});
