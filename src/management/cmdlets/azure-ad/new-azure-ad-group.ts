import { checkSecurityGroup } from '../tenant/check-security-group.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { azureAdGroupOutput } from './azure-ad-output.ts';

export const newAzureAdGroup = defineTenantCmdlet({
  name: 'New-AzureADGroup',
  synopsis: 'Makes a security group of the tenant.',
  parameters: {
    DisplayName: { type: 'string', mandatory: true, description: 'The name.' },
    MailEnabled: { type: 'boolean', mandatory: true, description: 'Only $false: groups that take mail are Exchange’s.' },
    MailNickName: { type: 'string', mandatory: true, description: 'Without effect: the group takes no mail.' },
    SecurityEnabled: { type: 'boolean', mandatory: true, description: 'Only $true.' },
  },
  example: "New-AzureADGroup -DisplayName 'Relay administrators' -MailEnabled $false -MailNickName NotSet -SecurityEnabled $true",
  async run({ directory, tenantId, change }, { DisplayName, MailEnabled, SecurityEnabled }) {
    checkSecurityGroup(MailEnabled, SecurityEnabled);
    const made = await change(DisplayName, () => directory.createGroup(tenantId, DisplayName));
    return made === undefined ? [] : [azureAdGroupOutput(made)];
  },
});
