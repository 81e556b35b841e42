import { identityToChange, oneConfiguration, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { outboundConnectorParameters, outboundConnectorProperties } from './outbound-connector-parameters.ts';

export const setOutboundConnector = defineExchangeCmdlet({
  name: 'Set-OutboundConnector',
  synopsis: 'Changes a way of mail that goes out.',
  parameters: {
    Identity: identityToChange,
    Name: { type: 'string', description: 'A new name.' },
    ...outboundConnectorParameters,
  },
  example: 'Set-OutboundConnector "Outbound to Contoso" -RecipientDomains @{add="fabrikam.test"}',
  side: 'Cloud',
  roles: ['Remote and Accepted Domains'],
  async run(context, { Identity, Name, ...given }) {
    const former = await oneConfiguration(context, 'OutboundConnector', Identity);
    return setConfiguration(context, 'OutboundConnector', former, outboundConnectorProperties(given, former.properties), { newName: Name });
  },
});
