import { addMember } from './directory-groups.ts';
import { defineTenantCmdlet } from './tenant-context.ts';

export const addMsolGroupMember = defineTenantCmdlet({
  name: 'Add-MsolGroupMember',
  synopsis: 'Adds a person to a security group.',
  parameters: {
    GroupObjectId: { type: 'guid', mandatory: true, description: 'The group.' },
    GroupMemberObjectId: { type: 'guid', pipeline: true, aliases: ['ObjectId'], mandatory: true, description: 'The person.' },
    GroupMemberType: { type: ['User'], ignored: true, description: 'Only User: groups have people alone.' },
  },
  example: 'Add-MsolGroupMember -GroupObjectId 3f1f1a3c-6a0e-4a51-8f5e-1a8a7b7a2f11 -GroupMemberType User -GroupMemberObjectId 8a7c50d3-fcbd-4727-a889-8ab232dfea01',
  async run(context, { GroupObjectId, GroupMemberObjectId }) {
    await addMember(context, GroupObjectId, GroupMemberObjectId);
    return [];
  },
});
