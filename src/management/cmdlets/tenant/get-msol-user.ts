import { defineTenantCmdlet } from './tenant-context.ts';
import { userOutput } from './user-output.ts';

export const getMsolUser = defineTenantCmdlet({
  name: 'Get-MsolUser',
  synopsis: 'Shows the people of the tenant.',
  parameters: {
    UserPrincipalName: { type: 'string', pipeline: true, description: 'One person.' },
    ObjectId: { type: 'guid', pipeline: true, description: 'One person.' },
    SearchString: { type: 'string', description: 'Beginning of the display name or sign-in name.' },
    MaxResults: { type: 'integer', description: 'How many at most; default 500.' },
    All: { type: 'switch', description: 'All of them.' },
  },
  example: 'Get-MsolUser -UserPrincipalName bert@contoso.test',
  async run({ directory, tenantId }, { UserPrincipalName, ObjectId, SearchString, MaxResults, All }) {
    const named = ObjectId ?? UserPrincipalName;
    if (named !== undefined) return [userOutput(await directory.getUser(tenantId, named))];
    const wanted = SearchString?.toLowerCase() ?? '';
    return (await directory.listUsers(tenantId))
      .filter((user) => user.displayName.toLowerCase().startsWith(wanted) || user.userPrincipalName.toLowerCase().startsWith(wanted))
      .slice(0, All === true ? undefined : (MaxResults ?? 500))
      .map(userOutput);
  },
});
