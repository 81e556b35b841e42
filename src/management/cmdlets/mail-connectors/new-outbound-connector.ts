import { newConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { outboundConnectorParameters, outboundConnectorProperties } from './outbound-connector-parameters.ts';

export const newOutboundConnector = defineExchangeCmdlet({
  name: 'New-OutboundConnector',
  synopsis: 'Makes a way for mail that goes out.',
  parameters: {
    Name: { type: 'string', mandatory: true, position: 0, description: 'Name of the connector, at most 64 characters.' },
    ...outboundConnectorParameters,
  },
  example: 'New-OutboundConnector -Name "Outbound to Contoso" -ConnectorType OnPremises -RecipientDomains contoso.test -SmartHosts mail.contoso.test -UseMXRecord $false -TlsSettings DomainValidation -TlsDomain mail.contoso.test -CloudServicesMailEnabled $true',
  side: 'Cloud',
  roles: ['Remote and Accepted Domains'],
  run: (context, { Name, ...given }) => newConfiguration(context, 'OutboundConnector', Name, outboundConnectorProperties(given)),
});
