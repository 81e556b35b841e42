import { ManagementError } from '../../management-error.ts';
import { addMember } from '../tenant/directory-groups.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { referencedId, referenceIn } from './referenced-id.ts';

export const newMgGroupMemberByRef = defineTenantCmdlet({
  name: 'New-MgGroupMemberByRef',
  synopsis: 'Adds a person to a security group.',
  parameters: {
    GroupId: { type: 'guid', mandatory: true, description: 'The group.' },
    OdataId: { type: 'string', description: 'https://graph.microsoft.com/v1.0/directoryObjects/ and the person’s id.' },
    BodyParameter: { type: 'hashtable', description: "@{'@odata.id'='https://…/directoryObjects/{id}'} in its place." },
    PassThru: { type: 'switch', description: 'Says True when it is done.' },
  },
  example: "New-MgGroupMemberByRef -GroupId 3f1f1a3c-6a0e-4a51-8f5e-1a8a7b7a2f11 -OdataId 'https://graph.microsoft.com/v1.0/directoryObjects/8a7c50d3-fcbd-4727-a889-8ab232dfea01'",
  async run(context, { GroupId, OdataId, BodyParameter, PassThru }) {
    if ((OdataId === undefined) === (BodyParameter === undefined)) throw new ManagementError('MANAGEMENT_PARAMETER_INVALID', 'Parameter set cannot be resolved using the specified named parameters.', { remedy: 'Give -OdataId or -BodyParameter.' });
    const reference = OdataId ?? referenceIn(BodyParameter ?? {});
    const done = await addMember(context, GroupId, referencedId(reference));
    return done === true && PassThru === true ? [{ Value: true }] : [];
  },
});
