import { defineExchangeCmdlet } from '../exchange-context.ts';
import { configurationOutput } from '../object-output.ts';

export const getFederatedOrganizationIdentifier = defineExchangeCmdlet({
  name: 'Get-FederatedOrganizationIdentifier',
  synopsis: 'Shows under which namespace, and for which domains, the organisation is federated.',
  parameters: {
    Identity: { type: 'string', position: 0, ignored: true, description: 'Accepted and without effect: there is one.' },
    IncludeExtendedDomainInfo: { type: 'switch', ignored: true, description: 'Accepted and without effect: the gateway is not asked.' },
  },
  example: 'Get-FederatedOrganizationIdentifier | Format-List AccountNamespace,Domains,Enabled',
  roles: ['Federated Sharing', 'View-Only Configuration'],
  run: async ({ organization }) => [configurationOutput(await organization.configuration.singleton('FederatedOrganizationIdentifier'))],
});
