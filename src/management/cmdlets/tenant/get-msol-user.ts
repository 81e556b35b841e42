import { defineTenantCmdlet } from './tenant-context.ts';
import { deletedUserOutput, namedDeletedUser } from './deleted-users.ts';
import { userOutput } from './user-output.ts';

export const getMsolUser = defineTenantCmdlet({
  name: 'Get-MsolUser',
  synopsis: 'Shows the people of the tenant.',
  parameters: {
    UserPrincipalName: { type: 'string', pipeline: true, description: 'One person.' },
    ObjectId: { type: 'guid', pipeline: true, description: 'One person.' },
    DomainName: { type: 'domain', description: 'Only who has an address in this domain of the tenant.' },
    EnabledFilter: { type: ['All', 'EnabledOnly', 'DisabledOnly'], description: 'Only who may sign in, or only who may not.' },
    Synchronized: { type: 'switch', description: 'Only who directory synchronisation wrote.' },
    SearchString: { type: 'string', description: 'Beginning of the display name or sign-in name.' },
    MaxResults: { type: 'integer', description: 'How many at most; default 500.' },
    ReturnDeletedUsers: { type: 'switch', description: 'Who was deleted, and can still be restored: 30 days long.' },
    All: { type: 'switch', description: 'All of them.' },
  },
  example: 'Get-MsolUser -UserPrincipalName bert@contoso.test',
  async run(context, { UserPrincipalName, ObjectId, DomainName, EnabledFilter, Synchronized, SearchString, MaxResults, ReturnDeletedUsers, All }) {
    const { directory, tenantId } = context;
    const named = ObjectId ?? UserPrincipalName;
    if (ReturnDeletedUsers === true) return named === undefined ? (await directory.listDeletedUsers(tenantId)).filter(startsWith(SearchString)).filter(isInDomain(DomainName)).slice(0, All === true ? undefined : (MaxResults ?? 500)).map(deletedUserOutput) : [deletedUserOutput(await namedDeletedUser(context, named))];
    if (named !== undefined) return [userOutput(await directory.getUser(tenantId, named))];
    return (await directory.listUsers(tenantId))
      .filter(startsWith(SearchString))
      .filter(isInDomain(DomainName))
      .filter(({ enabled }) => EnabledFilter === undefined || EnabledFilter === 'All' || enabled === (EnabledFilter === 'EnabledOnly'))
      .filter(({ onPremisesLastSync }) => Synchronized !== true || onPremisesLastSync !== null)
      .slice(0, All === true ? undefined : (MaxResults ?? 500))
      .map(userOutput);
  },
});

function startsWith(text: string | undefined): (user: { displayName: string; userPrincipalName: string }) => boolean {
  const wanted = text?.toLowerCase() ?? '';
  return (user) => user.displayName.toLowerCase().startsWith(wanted) || user.userPrincipalName.toLowerCase().startsWith(wanted);
}

function isInDomain(domain: string | undefined): (user: { userPrincipalName: string; proxyAddresses: readonly string[] }) => boolean {
  const end = `@${domain?.toLowerCase() ?? ''}`;
  return (user) => domain === undefined || [user.userPrincipalName, ...user.proxyAddresses].some((address) => address.toLowerCase().endsWith(end));
}
