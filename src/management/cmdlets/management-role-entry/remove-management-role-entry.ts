import { objectNotFound } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { changeEntries, entryIdentity, theEntry } from './role-entry-object.ts';

export const removeManagementRoleEntry = defineExchangeCmdlet({
  name: 'Remove-ManagementRoleEntry',
  synopsis: 'Takes a cmdlet from a role that somebody made.',
  parameters: { Identity: entryIdentity },
  example: 'Remove-ManagementRoleEntry "Mailbox Names\\Set-Mailbox" -Confirm:$false',
  roles: ['Role Management'],
  async run(context, { Identity }) {
    const { role, cmdlet, entry } = await theEntry(context, Identity);
    if (entry === undefined) throw objectNotFound(context, `${role.name}\\${cmdlet}`);
    return changeEntries(context, role, entry.Name, role.entries.filter((one) => one !== entry));
  },
});
