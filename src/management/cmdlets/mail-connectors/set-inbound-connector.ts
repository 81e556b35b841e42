import { identityToChange, oneConfiguration, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { inboundConnectorParameters, inboundConnectorProperties } from './inbound-connector-parameters.ts';

export const setInboundConnector = defineExchangeCmdlet({
  name: 'Set-InboundConnector',
  synopsis: 'Changes how mail of some domains is taken.',
  parameters: {
    Identity: identityToChange,
    Name: { type: 'string', description: 'A new name.' },
    SenderDomains: { type: 'string', many: true, description: 'Domains of the senders: contoso.com, *.contoso.com or *.' },
    ...inboundConnectorParameters,
  },
  example: 'Set-InboundConnector "Inbound from Contoso" -TlsSenderCertificateName *.contoso.test',
  side: 'Cloud',
  roles: ['Remote and Accepted Domains'],
  async run(context, { Identity, Name, ...given }) {
    const former = await oneConfiguration(context, 'InboundConnector', Identity);
    return setConfiguration(context, 'InboundConnector', former, inboundConnectorProperties(given, former.properties), { newName: Name });
  },
});
