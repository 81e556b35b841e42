import { applyMultiValued } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import { identityToChange, oneConfiguration, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { receiveConnectorOutput } from './get-receive-connector.ts';
import { parseMessageSize } from './message-size.ts';

export const setReceiveConnector = defineExchangeCmdlet({
  name: 'Set-ReceiveConnector',
  synopsis: 'Changes how a server takes mail.',
  parameters: {
    Identity: identityToChange,
    Banner: { type: 'string', nullable: true, description: 'The greeting after the name; begins with 220. Counts from the next start.' },
    Enabled: { type: 'boolean', description: '$false: no mail is taken.' },
    Fqdn: { type: 'domain', nullable: true, description: 'What the server calls itself. Default: its own name. Counts from the next start.' },
    MaxHopCount: { type: 'integer', description: 'Received fields with which a message is taken for one that goes round in circles, 1 to 500. Default 60.' },
    MaxInboundConnection: { type: 'integer', description: 'Connections at once. Default 5000.' },
    MaxInboundConnectionPerSource: { type: 'integer', description: 'Connections at once from one address. Default 20.' },
    MaxMessageSize: { type: 'string', description: 'The largest message, 64KB to 2GB. Default 36MB.' },
    MaxRecipientsPerMessage: { type: 'integer', description: 'Recipients of one message. Default 200.' },
    PermissionGroups: { type: ['AnonymousUsers', 'None'], description: 'None: only who shows a certificate of TlsDomainCapabilities may send.' },
    RequireTLS: { type: 'boolean', description: '$true: without TLS nothing is taken. Default $false.' },
    TlsCertificateName: { type: 'string', nullable: true, description: '"<I>issuer<S>subject" of the certificate that the server shows, from among its Exchange certificates. Default: that of the SMTP listener.' },
    TlsDomainCapabilities: { type: 'string', many: true, description: 'mail.cloud.test:AcceptCloudServicesMail: whoever shows a certificate of that name is the cloud half of this hybrid.' },
  },
  example: 'Set-ReceiveConnector "EX1\\Default Frontend EX1" -TlsDomainCapabilities "mail.cloud.test:AcceptCloudServicesMail"',
  side: 'OnPremises',
  roles: ['Receive Connectors'],
  async run(context, { Identity, MaxMessageSize, TlsDomainCapabilities, ...changes }) {
    const former = await oneConfiguration(context, 'ReceiveConnector', Identity);
    const size = MaxMessageSize === undefined ? undefined : parseMessageSize('MaxMessageSize', MaxMessageSize);
    if (size === null) throw new ManagementError('MANAGEMENT_PARAMETER_INVALID', 'MaxMessageSize of a Receive connector cannot be Unlimited.', { remedy: 'Give a size up to 2GB.' });
    return setConfiguration(
      context,
      'ReceiveConnector',
      former,
      {
        ...changes,
        ...(size === undefined ? {} : { MaxMessageSize: size }),
        ...(TlsDomainCapabilities === undefined ? {} : { TlsDomainCapabilities: applyMultiValued(former.properties.TlsDomainCapabilities, TlsDomainCapabilities) }),
      },
      { output: receiveConnectorOutput },
    );
  },
});
