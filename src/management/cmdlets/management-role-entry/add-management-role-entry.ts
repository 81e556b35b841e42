import { valuesOf } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { chosenParameters } from './chosen-parameters.ts';
import { changeEntries, entryIdentity, parentEntry, theEntry } from './role-entry-object.ts';

export const addManagementRoleEntry = defineExchangeCmdlet({
  name: 'Add-ManagementRoleEntry',
  synopsis: 'Gives a role that somebody made one more cmdlet of its parent.',
  parameters: { Identity: entryIdentity, Parameters: { type: 'string', many: true, description: 'Only these parameters. Default: all that the parent gives.' } },
  example: 'Add-ManagementRoleEntry "Mailbox Names\\Get-MailboxFolderPermission"',
  roles: ['Role Management'],
  async run(context, { Identity, Parameters }) {
    const { role, cmdlet, entry } = await theEntry(context, Identity);
    if (entry !== undefined) throw new ManagementError('MANAGEMENT_OBJECT_EXISTS', `The role entry "${entry.Name}" already exists on the management role "${role.name}".`);
    const available = await parentEntry(context, role, cmdlet);
    const added = { Name: available.Name, Parameters: Parameters === undefined ? available.Parameters : chosenParameters(available, valuesOf(Parameters)) };
    return changeEntries(context, role, added.Name, [...role.entries, added]);
  },
});
