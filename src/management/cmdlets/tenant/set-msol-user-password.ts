import { ManagementError } from '../../management-error.ts';
import { changePasswordProfile, setPassword } from './set-password.ts';
import { defineTenantCmdlet } from './tenant-context.ts';

export const setMsolUserPassword = defineTenantCmdlet({
  name: 'Set-MsolUserPassword',
  synopsis: 'Gives a person a new password, and shows one that it made up.',
  parameters: {
    UserPrincipalName: { type: 'string', pipeline: true, description: 'The person.' },
    ObjectId: { type: 'guid', pipeline: true, description: 'The person.' },
    NewPassword: { type: 'secret', description: 'Default: a random one, which is shown.' },
    ForceChangePassword: { type: 'boolean', description: 'Default $true: the person must choose another, and the federation gateway says so until then.' },
    ForceChangePasswordOnly: { type: 'boolean', description: '$true: the password stays, and the person must choose another.' },
  },
  example: 'Set-MsolUserPassword -UserPrincipalName bert@contoso.test -ForceChangePassword $false',
  async run(context, { UserPrincipalName, ObjectId, NewPassword, ForceChangePassword, ForceChangePasswordOnly }) {
    const named = ObjectId ?? UserPrincipalName;
    if (named === undefined) throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', 'Cannot process command because of one or more missing mandatory parameters: UserPrincipalName.');
    if (ForceChangePasswordOnly === true && NewPassword === undefined) {
      await changePasswordProfile(context, named, { mustChange: ForceChangePassword ?? true });
      return [];
    }
    const generated = await setPassword(context, named, NewPassword, ForceChangePassword ?? true);
    return generated === undefined ? [] : [{ Value: generated }];
  },
});
