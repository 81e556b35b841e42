import { identityToChange, oneConfiguration, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { sendConnectorOutput, sendConnectorParameters, sendConnectorProperties } from './send-connector-parameters.ts';

export const setSendConnector = defineExchangeCmdlet({
  name: 'Set-SendConnector',
  synopsis: 'Changes a way of mail to domains elsewhere.',
  parameters: {
    Identity: identityToChange,
    Name: { type: 'string', description: 'A new name.' },
    AddressSpaces: { type: 'string', many: true, description: 'Domains whose mail goes this way: contoso.com, *.contoso.com or *; "SMTP:contoso.com;5" with a cost from 1 to 100.' },
    ...sendConnectorParameters,
  },
  example: 'Set-SendConnector "Outbound to Office 365" -MaxMessageSize 50MB',
  side: 'OnPremises',
  roles: ['Send Connectors'],
  async run(context, { Identity, Name, ...given }) {
    const former = await oneConfiguration(context, 'SendConnector', Identity);
    return setConfiguration(context, 'SendConnector', former, sendConnectorProperties(given, former.properties), { newName: Name, output: sendConnectorOutput });
  },
});
