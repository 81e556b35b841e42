import { valuesOf } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { builtInRoles } from '../../access/management-roles.ts';
import { entryText, roleOutput, theRole } from './role-object.ts';

export const newManagementRole = defineExchangeCmdlet({
  name: 'New-ManagementRole',
  synopsis: 'Makes a role under another one, with the same cmdlets or some of them; it can be given less afterwards.',
  parameters: {
    Name: { type: 'string', position: 0, mandatory: true, description: 'Name of the role.' },
    Parent: { type: 'string', mandatory: true, pipelineOf: ['ManagementRole'], description: 'The role whose cmdlets it may hold; also through the pipe.' },
    Description: { type: 'string', description: 'What it is for.' },
    EnabledCmdlets: { type: 'string', many: true, description: 'Only these cmdlets of the parent. Default: all.' },
  },
  example: 'New-ManagementRole -Name "Mailbox Names" -Parent "Mail Recipients" -EnabledCmdlets Get-Mailbox,Set-Mailbox',
  roles: ['Role Management'],
  async run(context, { Name, Parent, Description, EnabledCmdlets }) {
    const parent = await theRole(context, Parent);
    if (builtInRoles.some(({ name }) => name.toLowerCase() === Name.toLowerCase())) throw new ManagementError('MANAGEMENT_OBJECT_EXISTS', `The management role "${Name}" already exists.`);
    const wanted = EnabledCmdlets === undefined ? undefined : valuesOf(EnabledCmdlets).map((name) => name.toLowerCase());
    const stranger = wanted?.find((name) => !parent.entries.some((entry) => entry.Name.toLowerCase() === name));
    if (stranger !== undefined) throw new ManagementError('MANAGEMENT_INVALID_VALUE', `The cmdlet "${stranger}" isn't among the role entries of the management role "${parent.name}".`, { remedy: `Get-ManagementRoleEntry "${parent.name}\\*" lists them.` });
    const RoleEntries = parent.entries.filter((entry) => wanted === undefined || wanted.includes(entry.Name.toLowerCase()));
    const created = await context.change({
      target: Name,
      apply: () => context.organization.configuration.create('ManagementRole', Name, { Parent: parent.name, RoleEntries, ...(Description === undefined ? {} : { Description }) }),
      after: ({ name }) => ({ Name: name, Parent: parent.name, RoleEntries: RoleEntries.map(entryText) }),
    });
    return created === undefined ? [] : [roleOutput({ name: created.name, description: created.properties.Description, entries: RoleEntries, root: parent.root, custom: { ...created, parent: parent.name } })];
  },
});
