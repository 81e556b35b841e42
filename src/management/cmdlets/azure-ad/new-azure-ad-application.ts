import { randomUUID } from 'node:crypto';
import { valuesOf } from '../../binding/parameter-definition.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { azureAdApplicationOutput } from './azure-ad-output.ts';

export const newAzureAdApplication = defineTenantCmdlet({
  name: 'New-AzureADApplication',
  synopsis: 'Registers an application. Here its principal comes with it; New-AzureADServicePrincipal then shows that one.',
  parameters: {
    DisplayName: { type: 'string', mandatory: true, description: 'Name of the application.' },
    IdentifierUris: { type: 'string', many: true, description: 'Names that tokens may be asked for.' },
  },
  example: "New-AzureADApplication -DisplayName 'Intranet' -IdentifierUris 'https://intranet.contoso.test'",
  async run({ directory, tenantId, change }, { DisplayName, IdentifierUris }) {
    const made = await change(DisplayName, () => directory.createServicePrincipal(tenantId, { appId: randomUUID(), displayName: DisplayName, ...(IdentifierUris === undefined ? {} : { servicePrincipalNames: [...valuesOf(IdentifierUris)] }) }));
    return made === undefined ? [] : [azureAdApplicationOutput(made)];
  },
});
