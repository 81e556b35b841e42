import { ManagementError } from '../../management-error.ts';
import { addMember } from '../tenant/directory-groups.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { referencedId, referenceIn } from './referenced-id.ts';

export const newMgGroupMember = defineTenantCmdlet({
  name: 'New-MgGroupMember',
  synopsis: 'Adds a person to a security group.',
  parameters: {
    GroupId: { type: 'guid', mandatory: true, description: 'The group.' },
    DirectoryObjectId: { type: 'string', pipeline: true, aliases: ['Id'], description: 'The person’s id.' },
    BodyParameter: { type: 'hashtable', description: "@{'@odata.id'='https://graph.microsoft.com/v1.0/directoryObjects/{id}'} in its place." },
  },
  example: 'New-MgGroupMember -GroupId 3f1f1a3c-6a0e-4a51-8f5e-1a8a7b7a2f11 -DirectoryObjectId 8a7c50d3-fcbd-4727-a889-8ab232dfea01',
  async run(context, { GroupId, DirectoryObjectId, BodyParameter }) {
    if ((DirectoryObjectId === undefined) === (BodyParameter === undefined)) throw new ManagementError('MANAGEMENT_PARAMETER_INVALID', 'Parameter set cannot be resolved using the specified named parameters.', { remedy: 'Give -DirectoryObjectId or -BodyParameter.' });
    await addMember(context, GroupId, DirectoryObjectId ?? referencedId(referenceIn(BodyParameter ?? {})));
    return [];
  },
});
