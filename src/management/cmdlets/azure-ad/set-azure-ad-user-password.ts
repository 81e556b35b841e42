import { setPassword } from '../tenant/set-password.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const setAzureAdUserPassword = defineTenantCmdlet({
  name: 'Set-AzureADUserPassword',
  synopsis: 'Gives a person a new password.',
  parameters: {
    ObjectId: { type: 'string', pipeline: true, mandatory: true, description: 'The person: user principal name or object id.' },
    Password: { type: 'secret', mandatory: true, description: 'The new password.' },
    ForceChangePasswordNextLogin: { type: 'boolean', description: '$true: the person must choose another, and the federation gateway says so until then.' },
    EnforceChangePasswordPolicy: { type: 'boolean', ignored: true, description: 'Accepted and without effect.' },
  },
  example: 'Set-AzureADUserPassword -ObjectId bert@contoso.test -Password $password',
  async run(context, { ObjectId, Password, ForceChangePasswordNextLogin }) {
    await setPassword(context, ObjectId, Password, ForceChangePasswordNextLogin ?? false);
    return [];
  },
});
