import { removeMember } from '../tenant/directory-groups.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const removeMgGroupMemberDirectoryObjectByRef = defineTenantCmdlet({
  name: 'Remove-MgGroupMemberDirectoryObjectByRef',
  synopsis: 'Takes a person out of a security group.',
  parameters: {
    GroupId: { type: 'guid', mandatory: true, description: 'The group.' },
    DirectoryObjectId: { type: 'string', pipeline: true, aliases: ['Id'], mandatory: true, description: 'The person’s id.' },
    PassThru: { type: 'switch', description: 'Says True when it is done.' },
  },
  example: 'Remove-MgGroupMemberDirectoryObjectByRef -GroupId 3f1f1a3c-6a0e-4a51-8f5e-1a8a7b7a2f11 -DirectoryObjectId 8a7c50d3-fcbd-4727-a889-8ab232dfea01',
  async run(context, { GroupId, DirectoryObjectId, PassThru }) {
    const done = await removeMember(context, GroupId, DirectoryObjectId);
    return done === true && PassThru === true ? [{ Value: true }] : [];
  },
});
