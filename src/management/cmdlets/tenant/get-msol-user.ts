import { defineTenantCmdlet } from './tenant-context.ts';
import { deletedUserOutput, namedDeletedUser } from './deleted-users.ts';
import { userOutput } from './user-output.ts';

export const getMsolUser = defineTenantCmdlet({
  name: 'Get-MsolUser',
  synopsis: 'Shows the people of the tenant.',
  parameters: {
    UserPrincipalName: { type: 'string', pipeline: true, description: 'One person.' },
    ObjectId: { type: 'guid', pipeline: true, description: 'One person.' },
    SearchString: { type: 'string', description: 'Beginning of the display name or sign-in name.' },
    MaxResults: { type: 'integer', description: 'How many at most; default 500.' },
    ReturnDeletedUsers: { type: 'switch', description: 'Who was deleted, and can still be restored: 30 days long.' },
    All: { type: 'switch', description: 'All of them.' },
  },
  example: 'Get-MsolUser -UserPrincipalName bert@contoso.test',
  async run(context, { UserPrincipalName, ObjectId, SearchString, MaxResults, ReturnDeletedUsers, All }) {
    const { directory, tenantId } = context;
    const named = ObjectId ?? UserPrincipalName;
    if (ReturnDeletedUsers === true) return named === undefined ? (await directory.listDeletedUsers(tenantId)).filter(startsWith(SearchString)).slice(0, All === true ? undefined : (MaxResults ?? 500)).map(deletedUserOutput) : [deletedUserOutput(await namedDeletedUser(context, named))];
    if (named !== undefined) return [userOutput(await directory.getUser(tenantId, named))];
    return (await directory.listUsers(tenantId))
      .filter(startsWith(SearchString))
      .slice(0, All === true ? undefined : (MaxResults ?? 500))
      .map(userOutput);
  },
});

function startsWith(text: string | undefined): (user: { displayName: string; userPrincipalName: string }) => boolean {
  const wanted = text?.toLowerCase() ?? '';
  return (user) => user.displayName.toLowerCase().startsWith(wanted) || user.userPrincipalName.toLowerCase().startsWith(wanted);
}
