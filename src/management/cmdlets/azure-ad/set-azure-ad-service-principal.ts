import { changeServicePrincipal } from '../tenant/change-service-principal.ts';
import { replaceKeyCredentials } from '../tenant/replace-key-credentials.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const setAzureAdServicePrincipal = defineTenantCmdlet({
  name: 'Set-AzureADServicePrincipal',
  synopsis: 'Changes the names that tokens may be asked for, or whether the application may have any.',
  parameters: {
    ObjectId: { type: 'guid', pipeline: true, mandatory: true, description: 'Object id of the service principal, or its application id.' },
    ServicePrincipalNames: { type: 'string', many: true, description: 'The whole list: names left out are taken away.' },
    DisplayName: { type: 'string', description: 'A new name.' },
    KeyCredentials: { type: 'keyCredentials', description: "The whole list of certificates: @{Type='AsymmetricX509Cert'; Usage='Verify'; Value=<base64>}; one that is there may be named by KeyId. Those left out are taken away." },
    ServicePrincipalType: { type: ['Application'], ignored: true, description: 'Only Application.' },
    Tags: { type: 'string', many: true, ignored: true, description: 'Accepted and without effect: they steer lists of the portal.' },
    AccountEnabled: { type: 'boolean', description: '$false: no tokens for it and by it.' },
  },
  example: '$x = Get-AzureADServicePrincipal -Filter "AppId eq \'00000002-0000-0ff1-ce00-000000000000\'"; Set-AzureADServicePrincipal -ObjectId $x.ObjectId -ServicePrincipalNames $x.ServicePrincipalNames',
  async run(context, { ObjectId, ServicePrincipalNames, DisplayName, KeyCredentials, AccountEnabled }) {
    if (KeyCredentials !== undefined) await replaceKeyCredentials(context, ObjectId, KeyCredentials);
    return changeServicePrincipal(context, ObjectId, { names: ServicePrincipalNames, displayName: DisplayName, enabled: AccountEnabled });
  },
});
