import { changeServicePrincipal } from './change-service-principal.ts';
import { defineTenantCmdlet, namedServicePrincipal } from './tenant-context.ts';

export const setMsolServicePrincipal = defineTenantCmdlet({
  name: 'Set-MsolServicePrincipal',
  synopsis: 'Changes the names that tokens may be asked for, or whether the application may have any.',
  parameters: {
    AppPrincipalId: { type: 'guid', pipeline: true, description: 'Application id.' },
    ObjectId: { type: 'guid', pipeline: true, description: 'Object id of the service principal.' },
    ServicePrincipalNames: { type: 'string', many: true, description: 'The whole list: names left out are taken away.' },
    DisplayName: { type: 'string', description: 'A new name.' },
    AccountEnabled: { type: 'boolean', description: '$false: no tokens for it and by it.' },
  },
  example: '$x = Get-MsolServicePrincipal -AppPrincipalId 00000002-0000-0ff1-ce00-000000000000; $x.ServicePrincipalNames.Add("https://mail.contoso.test/"); Set-MsolServicePrincipal -AppPrincipalId 00000002-0000-0ff1-ce00-000000000000 -ServicePrincipalNames $x.ServicePrincipalNames',
  async run(context, { ServicePrincipalNames, DisplayName, AccountEnabled, ...named }) {
    const { objectId } = await namedServicePrincipal(context, named);
    return changeServicePrincipal(context, objectId, { names: ServicePrincipalNames, displayName: DisplayName, enabled: AccountEnabled });
  },
});
