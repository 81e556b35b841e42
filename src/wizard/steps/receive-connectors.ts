import { differences, listOf, textOf } from '../observed.ts';
import type { Observed } from '../observed.ts';
import type { SetupStep } from '../plan.ts';

/** The connectors by which servers take mail from the outside; Exchange 2013 and later name them so. */
export function isFrontend(connector: Observed): boolean {
  return /^Default Frontend /i.test(textOf(connector, 'Name'));
}

/** On premises: who shows Exchange Online's certificate is believed to be the other half. Other capabilities stay. */
export const receiveConnectors: SetupStep = {
  id: 'receive-connectors',
  title: 'Receive connectors',
  why: 'Mail of the cloud half is taken over TLS with the right certificate, and counts as internal.',
  isMail: true,
  needs: [{ session: 'OnPremises', cmdlet: 'Get-ReceiveConnector' }],
  async changes({ get, settings: { mail } }) {
    if (mail === undefined) return [];
    const capability = `${mail.cloudTlsDomain}:AcceptCloudServicesMail`;
    return (await get('OnPremises', 'Get-ReceiveConnector')).filter(isFrontend).flatMap((connector) => {
      const others = listOf(connector, 'TlsDomainCapabilities').filter((other) => !other.toLowerCase().startsWith(`${mail.cloudTlsDomain.toLowerCase()}:`));
      const different = differences(connector, { TlsDomainCapabilities: [...others, capability], TlsCertificateName: mail.certificateName });
      return Object.keys(different).length === 0 ? [] : [{ session: 'OnPremises', cmdlet: 'Set-ReceiveConnector', parameters: { Identity: textOf(connector, 'Identity'), ...different } } as const];
    });
  },
};
