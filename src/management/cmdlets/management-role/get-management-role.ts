import { valuesOf } from '../../binding/parameter-definition.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import type { Role } from './role-object.ts';
import { findRoles, roleOutput, theRole } from './role-object.ts';

export const getManagementRole = defineExchangeCmdlet({
  name: 'Get-ManagementRole',
  synopsis: 'Shows the management roles and the cmdlets that they hold.',
  parameters: {
    Identity: { type: 'string', position: 0, pipeline: true, description: 'Name; * stands for anything.' },
    Cmdlet: { type: 'string', description: 'Only roles that hold this cmdlet.' },
    CmdletParameters: { type: 'string', many: true, description: 'Only roles that hold all these parameters of a cmdlet.' },
    GetChildren: { type: 'switch', description: 'The roles directly under the one named.' },
    Recurse: { type: 'switch', description: 'The role named and all roles under it.' },
    RoleType: { type: 'string', description: 'Only roles of this type, for example MailRecipients.' },
  },
  outputs: ['RoleEntries', 'RoleType', 'ImplicitRecipientReadScope', 'ImplicitRecipientWriteScope', 'ImplicitConfigReadScope', 'ImplicitConfigWriteScope', 'IsRootRole', 'IsEndUserRole', 'Description', 'Parent', 'Name', 'Identity', 'IsValid', 'ObjectState'],
  example: 'Get-ManagementRole -Cmdlet Set-Mailbox | Format-Table Name,RoleType',
  roles: ['Role Management', 'View-Only Configuration'],
  async run(context, { Identity, Cmdlet, CmdletParameters, GetChildren, Recurse, RoleType }) {
    const wanted = CmdletParameters === undefined ? [] : valuesOf(CmdletParameters).map((name) => name.toLowerCase());
    const holds = ({ entries }: Role): boolean =>
      (Cmdlet === undefined && wanted.length === 0) ||
      entries.some(({ Name, Parameters }) => (Cmdlet === undefined || Name.toLowerCase() === Cmdlet.toLowerCase()) && wanted.every((name) => Parameters.some((own) => own.toLowerCase() === name)));
    const chosen = Identity !== undefined && (GetChildren === true || Recurse === true) ? await family(await findRoles(context, undefined), await theRole(context, Identity), Recurse === true) : await findRoles(context, Identity);
    return chosen.filter(holds).map(roleOutput).filter((row) => RoleType === undefined || String(row['RoleType']).toLowerCase() === RoleType.toLowerCase());
  },
});

async function family(all: readonly Role[], role: Role, whole: boolean): Promise<Role[]> {
  const children = all.filter(({ custom }) => custom?.parent.toLowerCase() === role.name.toLowerCase());
  if (!whole) return children;
  return [role, ...(await Promise.all(children.map((child) => family(all, child, true)))).flat()];
}
