import { valuesOf } from '../../binding/parameter-definition.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { entryOutput, findEntries } from './role-entry-object.ts';

export const getManagementRoleEntry = defineExchangeCmdlet({
  name: 'Get-ManagementRoleEntry',
  synopsis: 'Shows the cmdlets of roles, and which of their parameters the role gives.',
  parameters: {
    Identity: { type: 'string', position: 0, pipeline: true, mandatory: true, description: 'Role, backslash, cmdlet; * may stand in both.' },
    Parameters: { type: 'string', many: true, description: 'Only entries that give all these parameters.' },
  },
  outputs: ['PSSnapinName', 'Name', 'Role', 'Identity', 'Parameters', 'Type', 'IsValid', 'ObjectState'],
  example: 'Get-ManagementRoleEntry "Mail Recipients\\*"',
  roles: ['Role Management', 'View-Only Configuration'],
  async run(context, { Identity, Parameters }) {
    const wanted = Parameters === undefined ? [] : valuesOf(Parameters).map((name) => name.toLowerCase());
    const found = await findEntries(context, Identity);
    return found.filter(({ entry }) => wanted.every((name) => entry.Parameters.some((own) => own.toLowerCase() === name))).map(entryOutput);
  },
});
