import { changeServicePrincipal } from '../tenant/change-service-principal.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const setAzureAdServicePrincipal = defineTenantCmdlet({
  name: 'Set-AzureADServicePrincipal',
  synopsis: 'Changes the names that tokens may be asked for, or whether the application may have any.',
  parameters: {
    ObjectId: { type: 'guid', position: 0, pipeline: true, mandatory: true, description: 'Object id of the service principal, or its application id.' },
    ServicePrincipalNames: { type: 'string', many: true, description: 'The whole list: names left out are taken away.' },
    AccountEnabled: { type: 'boolean', description: '$false: no tokens for it and by it.' },
  },
  example: '$x = Get-AzureADServicePrincipal -Filter "AppId eq \'00000002-0000-0ff1-ce00-000000000000\'"; Set-AzureADServicePrincipal -ObjectId $x.ObjectId -ServicePrincipalNames $x.ServicePrincipalNames',
  run: (context, { ObjectId, ServicePrincipalNames, AccountEnabled }) => changeServicePrincipal(context, ObjectId, ServicePrincipalNames, AccountEnabled),
});
