import type { Stored } from '../../../organization/index.ts';
import { getConfiguration, identityToGet, serverNouns } from '../configuration-cmdlets.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { configurationOutput } from '../object-output.ts';
import { formatMessageSize } from './message-size.ts';

export const getReceiveConnector = defineExchangeCmdlet({
  name: 'Get-ReceiveConnector',
  synopsis: 'Shows how servers take mail.',
  parameters: {
    Identity: identityToGet,
    Server: { type: 'string', pipelineOf: serverNouns, description: 'Only those of this server.' },
  },
  example: 'Get-ReceiveConnector | Format-List Name,Fqdn,TlsDomainCapabilities,MaxMessageSize',
  side: 'OnPremises',
  roles: ['Receive Connectors', 'View-Only Configuration'],
  async run(context, { Identity, Server }) {
    const found = await getConfiguration(context, 'ReceiveConnector', Identity, receiveConnectorOutput);
    return Server === undefined ? found : found.filter((connector) => String(connector['Server']).toLowerCase() === (Server.split('.')[0] ?? '').toLowerCase());
  },
});

/** A Receive connector as its cmdlets show it. */
export function receiveConnectorOutput(stored: Stored<'ReceiveConnector'>): OutputObject {
  const identity = `${stored.properties.Server}\\${stored.name}`;
  return { ...configurationOutput(stored), MaxMessageSize: formatMessageSize(stored.properties.MaxMessageSize), Identity: identity, Id: identity };
}
