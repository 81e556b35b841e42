import { addMember } from '../tenant/directory-groups.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const addAzureAdGroupMember = defineTenantCmdlet({
  name: 'Add-AzureADGroupMember',
  synopsis: 'Adds a person to a security group.',
  parameters: {
    ObjectId: { type: 'guid', pipeline: true, mandatory: true, description: 'The group.' },
    RefObjectId: { type: 'guid', pipeline: true, mandatory: true, description: 'The person.' },
  },
  example: 'Add-AzureADGroupMember -ObjectId 3f1f1a3c-6a0e-4a51-8f5e-1a8a7b7a2f11 -RefObjectId 8a7c50d3-fcbd-4727-a889-8ab232dfea01',
  async run(context, { ObjectId, RefObjectId }) {
    await addMember(context, ObjectId, RefObjectId);
    return [];
  },
});
