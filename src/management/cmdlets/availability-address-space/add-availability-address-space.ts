import { newConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet, organizationRoles } from '../exchange-context.ts';

export const addAvailabilityAddressSpace = defineExchangeCmdlet({
  name: 'Add-AvailabilityAddressSpace',
  synopsis: 'Says how the free/busy of a domain is found where neither connector nor relationship knows it. Credentials are not taken.',
  parameters: {
    ForestName: { type: 'domain', mandatory: true, description: 'The SMTP domain.' },
    AccessMethod: { type: ['PerUserFB', 'OrgWideFB', 'OrgWideFBToken', 'OrgWideFBBasic', 'PublicFolder', 'InternalProxy'], mandatory: true, description: 'How the other side is asked.' },
    ProxyUrl: { type: 'url', description: 'The server that is asked under InternalProxy.' },
    UseServiceAccount: { type: 'boolean', description: 'Asks as the organisation itself.' },
    TargetAutodiscoverEpr: { type: 'url', description: 'Autodiscover endpoint of the other side.' },
    TargetServiceEpr: { type: 'url', side: 'Cloud', description: 'EWS endpoint of the other side, for OrgWideFBToken.' },
    TargetTenantId: { type: 'string', side: 'Cloud', description: 'Tenant of the other side, for OrgWideFBToken.' },
  },
  example: 'Add-AvailabilityAddressSpace -ForestName notes.contoso.test -AccessMethod InternalProxy -UseServiceAccount $true -ProxyUrl https://mail.contoso.test/ews/exchange.asmx',
  roles: organizationRoles,
  run: (context, parameters) => newConfiguration(context, 'AvailabilityAddressSpace', parameters.ForestName, parameters),
});
