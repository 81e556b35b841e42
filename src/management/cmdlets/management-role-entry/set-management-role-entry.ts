import { valuesOf } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import { objectNotFound } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { chosenParameters } from './chosen-parameters.ts';
import { changeEntries, entryIdentity, parentEntry, theEntry } from './role-entry-object.ts';

export const setManagementRoleEntry = defineExchangeCmdlet({
  name: 'Set-ManagementRoleEntry',
  synopsis: 'Says which parameters of a cmdlet a role gives that somebody made.',
  parameters: {
    Identity: entryIdentity,
    Parameters: { type: 'string', many: true, description: 'The parameters.' },
    AddParameter: { type: 'switch', description: 'Adds them to those that are given.' },
    RemoveParameter: { type: 'switch', description: 'Takes them away.' },
  },
  example: 'Set-ManagementRoleEntry "Mailbox Names\\Set-Mailbox" -Parameters EmailAddresses -RemoveParameter',
  roles: ['Role Management'],
  async run(context, { Identity, Parameters, AddParameter, RemoveParameter }) {
    if (AddParameter === true && RemoveParameter === true) throw new ManagementError('MANAGEMENT_PARAMETER_INVALID', "You can't use the AddParameter and RemoveParameter parameters together.");
    const { role, cmdlet, entry } = await theEntry(context, Identity);
    if (entry === undefined) throw objectNotFound(context, `${role.name}\\${cmdlet}`);
    const names = Parameters === undefined ? [] : valuesOf(Parameters);
    const removed = RemoveParameter === true ? chosenParameters(entry, names) : [];
    const given = RemoveParameter === true ? [] : chosenParameters(await parentEntry(context, role, cmdlet), names);
    const former = AddParameter === true || RemoveParameter === true ? entry.Parameters : [];
    const left = [...new Set([...former, ...given])].filter((name) => !removed.includes(name)).toSorted((a, b) => a.localeCompare(b, 'en'));
    return changeEntries(context, role, entry.Name, [...role.entries.filter((one) => one !== entry), { Name: entry.Name, Parameters: left }]);
  },
});
