import { newConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { sendConnectorOutput, sendConnectorParameters, sendConnectorProperties } from './send-connector-parameters.ts';

const usage = { type: 'switch', ignored: true, description: 'What the connector is for. Accepted and without effect: AddressSpaces say it.' } as const;

export const newSendConnector = defineExchangeCmdlet({
  name: 'New-SendConnector',
  synopsis: 'Makes a way for mail to domains elsewhere.',
  parameters: {
    Name: { type: 'string', mandatory: true, position: 0, description: 'Name of the connector, at most 64 characters.' },
    AddressSpaces: { type: 'string', mandatory: true, many: true, description: 'Domains whose mail goes this way: contoso.com, *.contoso.com or *; "SMTP:contoso.com;5" with a cost from 1 to 100.' },
    ...sendConnectorParameters,
    Custom: usage,
    Internal: usage,
    Internet: usage,
    Partner: usage,
    Usage: { type: ['Custom', 'Internal', 'Internet', 'Partner'], ignored: true, description: usage.description },
  },
  example: 'New-SendConnector -Name "Outbound to Office 365" -AddressSpaces "smtp:contoso.mail.onmicrosoft.com;1" -SmartHosts contoso-test.mail.cloud.test -DNSRoutingEnabled $false -RequireTLS $true -TlsAuthLevel DomainValidation -TlsDomain mail.cloud.test -CloudServicesMailEnabled $true',
  side: 'OnPremises',
  roles: ['Send Connectors'],
  run: (context, { Name, ...given }) => newConfiguration(context, 'SendConnector', Name, sendConnectorProperties(given), sendConnectorOutput),
});
