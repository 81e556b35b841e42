import { ManagementError } from '../../management-error.ts';
import { checkRole, setAdministrator } from '../tenant/global-administrator.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { referencedId, referenceIn } from './referenced-id.ts';

export const newMgDirectoryRoleMemberByRef = defineTenantCmdlet({
  name: 'New-MgDirectoryRoleMemberByRef',
  synopsis: 'Makes a person an administrator of the tenant.',
  parameters: {
    DirectoryRoleId: { type: 'guid', mandatory: true, description: 'The role, from Get-MgDirectoryRole.' },
    OdataId: { type: 'string', description: 'https://graph.microsoft.com/v1.0/directoryObjects/ and the person’s id.' },
    BodyParameter: { type: 'hashtable', description: "@{'@odata.id'='https://…/directoryObjects/{id}'} in its place." },
    PassThru: { type: 'switch', description: 'Says True when it is done.' },
  },
  example: "New-MgDirectoryRoleMemberByRef -DirectoryRoleId 62e90394-69f5-4237-9190-012177145e10 -OdataId 'https://graph.microsoft.com/v1.0/directoryObjects/8a7c50d3-fcbd-4727-a889-8ab232dfea01'",
  async run(context, { DirectoryRoleId, OdataId, BodyParameter, PassThru }) {
    if ((OdataId === undefined) === (BodyParameter === undefined)) throw new ManagementError('MANAGEMENT_PARAMETER_INVALID', 'Parameter set cannot be resolved using the specified named parameters.', { remedy: 'Give -OdataId or -BodyParameter.' });
    const reference = OdataId ?? referenceIn(BodyParameter ?? {});
    checkRole(DirectoryRoleId);
    const done = await setAdministrator(context, referencedId(reference), true);
    return done === true && PassThru === true ? [{ Value: true }] : [];
  },
});
