import { changeServicePrincipal } from '../tenant/change-service-principal.ts';
import { replaceKeyCredentials } from '../tenant/replace-key-credentials.ts';
import { defineGraphWriter } from './define-graph-writer.ts';

export const updateMgServicePrincipal = defineGraphWriter({
  name: 'Update-MgServicePrincipal',
  synopsis: 'Changes the names that tokens may be asked for, the certificates with which the application proves itself, or whether it may have any tokens.',
  parameters: {
    ServicePrincipalId: { type: 'guid', pipeline: true, aliases: ['Id'], mandatory: true, description: 'Id of the service principal, or its application id.' },
    ServicePrincipalNames: { type: 'string', many: true, description: 'The whole list: names left out are taken away.' },
    KeyCredentials: { type: 'keyCredentials', description: "The whole list of certificates: @{Type='AsymmetricX509Cert'; Usage='Verify'; Key=<bytes>}; one that is there may be named by KeyId. Those left out are taken away." },
    DisplayName: { type: 'string', description: 'A new name.' },
    AccountEnabled: { type: 'switch', description: '-AccountEnabled:$false: no tokens for it and by it.' },
  },
  example: '$x = Get-MgServicePrincipal -Filter "appId eq \'00000002-0000-0ff1-ce00-000000000000\'"; Update-MgServicePrincipal -ServicePrincipalId $x.Id -ServicePrincipalNames $x.ServicePrincipalNames',
  async run(context, { ServicePrincipalId, ServicePrincipalNames, KeyCredentials, DisplayName, AccountEnabled }) {
    if (KeyCredentials !== undefined) await replaceKeyCredentials(context, ServicePrincipalId, KeyCredentials);
    return changeServicePrincipal(context, ServicePrincipalId, { names: ServicePrincipalNames, displayName: DisplayName, enabled: AccountEnabled });
  },
});
