import { membersOf, namedGroup } from '../tenant/directory-groups.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { azureAdUserOutput } from './azure-ad-output.ts';

export const getAzureAdGroupMember = defineTenantCmdlet({
  name: 'Get-AzureADGroupMember',
  synopsis: 'Shows who is in a security group.',
  parameters: {
    ObjectId: { type: 'guid', pipeline: true, mandatory: true, description: 'The group.' },
    Top: { type: 'integer', description: 'How many at most; default 100.' },
    All: { type: 'boolean', description: '$true: all of them.' },
  },
  example: 'Get-AzureADGroup -SearchString Relay | Get-AzureADGroupMember',
  async run(context, { ObjectId, Top, All }) {
    const members = await membersOf(context, await namedGroup(context, ObjectId));
    return members.slice(0, All === true ? undefined : (Top ?? 100)).map(azureAdUserOutput);
  },
});
