import { removeMember } from './directory-groups.ts';
import { defineTenantCmdlet } from './tenant-context.ts';

export const removeMsolGroupMember = defineTenantCmdlet({
  name: 'Remove-MsolGroupMember',
  synopsis: 'Takes a person out of a security group.',
  parameters: {
    GroupObjectId: { type: 'guid', mandatory: true, description: 'The group.' },
    GroupMemberObjectId: { type: 'guid', pipeline: true, aliases: ['ObjectId'], mandatory: true, description: 'The person.' },
    GroupMemberType: { type: ['User'], ignored: true, description: 'Only User: groups have people alone.' },
  },
  example: 'Remove-MsolGroupMember -GroupObjectId 3f1f1a3c-6a0e-4a51-8f5e-1a8a7b7a2f11 -GroupMemberType User -GroupMemberObjectId 8a7c50d3-fcbd-4727-a889-8ab232dfea01',
  async run(context, { GroupObjectId, GroupMemberObjectId }) {
    await removeMember(context, GroupObjectId, GroupMemberObjectId);
    return [];
  },
});
