import { newConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { inboundConnectorParameters, inboundConnectorProperties } from './inbound-connector-parameters.ts';

export const newInboundConnector = defineExchangeCmdlet({
  name: 'New-InboundConnector',
  synopsis: 'Takes mail of some domains in a way of its own.',
  parameters: {
    Name: { type: 'string', mandatory: true, position: 0, description: 'Name of the connector, at most 64 characters.' },
    SenderDomains: { type: 'string', mandatory: true, many: true, description: 'Domains of the senders: contoso.com, *.contoso.com or *.' },
    ...inboundConnectorParameters,
  },
  example: 'New-InboundConnector -Name "Inbound from Contoso" -ConnectorType OnPremises -SenderDomains * -RequireTls $true -TlsSenderCertificateName mail.contoso.test -CloudServicesMailEnabled $true',
  side: 'Cloud',
  roles: ['Remote and Accepted Domains'],
  run: (context, { Name, ...given }) => newConfiguration(context, 'InboundConnector', Name, inboundConnectorProperties(given)),
});
