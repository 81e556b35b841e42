import { changeServicePrincipal } from '../tenant/change-service-principal.ts';
import { replaceKeyCredentials } from '../tenant/replace-key-credentials.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { azureAdServicePrincipalOutput } from './azure-ad-output.ts';

export const newAzureAdServicePrincipal = defineTenantCmdlet({
  name: 'New-AzureADServicePrincipal',
  synopsis: 'Lets the tenant use an application. Here an application of the tenant has its principal from the beginning: it is shown.',
  parameters: {
    AppId: { type: 'guid', mandatory: true, description: 'Application id, from Get-AzureADApplication.' },
    AccountEnabled: { type: 'boolean', description: '$false: no tokens for it and by it.' },
    DisplayName: { type: 'string', description: 'A new name.' },
    ServicePrincipalNames: { type: 'string', many: true, description: 'Names that tokens may be asked for. The application id is always among them.' },
    KeyCredentials: { type: 'keyCredentials', description: "Certificates with which it proves itself: @{Type='AsymmetricX509Cert'; Usage='Verify'; Value=<base64>}." },
    ServicePrincipalType: { type: ['Application'], ignored: true, description: 'Only Application.' },
    Tags: { type: 'string', many: true, ignored: true, description: 'Accepted and without effect: they steer lists of the portal.' },
  },
  example: 'New-AzureADServicePrincipal -AppId a1135426-2740-4196-9c97-10ef5b3b5ea1',
  async run(context, { AppId, AccountEnabled, DisplayName, ServicePrincipalNames, KeyCredentials }) {
    await changeServicePrincipal(context, AppId, { names: ServicePrincipalNames, displayName: DisplayName, enabled: AccountEnabled });
    if (KeyCredentials !== undefined) await replaceKeyCredentials(context, AppId, KeyCredentials);
    return [azureAdServicePrincipalOutput(await context.directory.getServicePrincipal(context.tenantId, AppId))];
  },
});
