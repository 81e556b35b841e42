import { randomUUID } from 'node:crypto';
import { valuesOf } from '../../binding/parameter-definition.ts';
import { defineTenantCmdlet, servicePrincipalOutput } from './tenant-context.ts';

export const newMsolServicePrincipal = defineTenantCmdlet({
  name: 'New-MsolServicePrincipal',
  synopsis: 'Lets the tenant use an application. Its certificates come with New-MsolServicePrincipalCredential.',
  parameters: {
    DisplayName: { type: 'string', mandatory: true, description: 'Name of the application.' },
    AppPrincipalId: { type: 'guid', description: 'Application id; one is made up where none is given.' },
    ServicePrincipalNames: { type: 'string', many: true, description: 'Names that tokens may be asked for. The application id is always among them.' },
    AccountEnabled: { type: 'boolean', description: '$false: no tokens for it and by it.' },
  },
  example: "New-MsolServicePrincipal -DisplayName 'Intranet' -ServicePrincipalNames 'https://intranet.contoso.test'",
  async run({ directory, tenantId, change }, { DisplayName, AppPrincipalId, ServicePrincipalNames, AccountEnabled }) {
    const made = await change(DisplayName, () =>
      directory.createServicePrincipal(tenantId, {
        appId: AppPrincipalId ?? randomUUID(),
        displayName: DisplayName,
        ...(ServicePrincipalNames === undefined ? {} : { servicePrincipalNames: [...valuesOf(ServicePrincipalNames)] }),
        ...(AccountEnabled === undefined ? {} : { enabled: AccountEnabled }),
      }),
    );
    return made === undefined ? [] : [servicePrincipalOutput(made)];
  },
});
