import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const revokeMgUserSignInSession = defineTenantCmdlet({
  name: 'Revoke-MgUserSignInSession',
  synopsis: 'Ends every session and refresh token of a person (AADSTS50173 from then on).',
  parameters: { UserId: { type: 'string', pipeline: true, aliases: ['Id'], mandatory: true, description: 'The person: user principal name or id.' } },
  example: 'Revoke-MgUserSignInSession -UserId bert@contoso.test',
  async run({ directory, tenantId, change }, { UserId }) {
    await change(UserId, () => directory.revokeSignIns(tenantId, UserId));
    return [];
  },
});
