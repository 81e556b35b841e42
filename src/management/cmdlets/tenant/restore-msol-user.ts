import { givenUser, namedDeletedUser } from './deleted-users.ts';
import { defineTenantCmdlet } from './tenant-context.ts';
import { userOutput } from './user-output.ts';

export const restoreMsolUser = defineTenantCmdlet({
  name: 'Restore-MsolUser',
  synopsis: 'Brings back a person who was deleted less than 30 days ago, with password, groups and second factor.',
  parameters: {
    UserPrincipalName: { type: 'string', pipeline: true, description: 'The former sign-in name.' },
    ObjectId: { type: 'guid', pipeline: true, description: 'The person.' },
    NewUserPrincipalName: { type: 'smtpAddress', description: 'In place of the former sign-in name, where somebody else has it by now.' },
    AutoReconcileProxyConflicts: { type: 'switch', description: 'Leave away the addresses that somebody else has by now.' },
  },
  example: 'Restore-MsolUser -UserPrincipalName bert@contoso.test',
  async run(context, { UserPrincipalName, ObjectId, NewUserPrincipalName, AutoReconcileProxyConflicts }) {
    const user = await namedDeletedUser(context, givenUser({ UserPrincipalName, ObjectId }));
    const restored = await context.change(user.userPrincipalName, () =>
      context.directory.restoreUser(context.tenantId, user.objectId, {
        ...(NewUserPrincipalName === undefined ? {} : { userPrincipalName: NewUserPrincipalName }),
        ...(AutoReconcileProxyConflicts === true ? { autoReconcileProxyConflict: true } : {}),
      }),
    );
    return restored === undefined ? [] : [userOutput(restored)];
  },
});
