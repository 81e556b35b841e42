import { membersOf, namedGroup } from '../tenant/directory-groups.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { graphListParameters, graphSearchParameters } from './graph-list.ts';
import { memberList } from './graph-output.ts';

export const getMgGroupMember = defineTenantCmdlet({
  name: 'Get-MgGroupMember',
  synopsis: 'Shows who is in a security group. Name and sign-in name stand in AdditionalProperties, as in the published module.',
  parameters: {
    GroupId: { type: 'guid', pipeline: true, aliases: ['Id'], mandatory: true, description: 'The group.' },
    ...graphListParameters,
    ...graphSearchParameters,
  },
  outputs: ['Id', 'DeletedDateTime', 'AdditionalProperties'],
  example: "(Get-MgGroupMember -GroupId 3f1f1a3c-6a0e-4a51-8f5e-1a8a7b7a2f11 -All).AdditionalProperties.userPrincipalName",
  run: async (context, { GroupId, ...list }) => memberList(context, await membersOf(context, await namedGroup(context, GroupId)), list),
});
