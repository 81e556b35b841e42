import { differences, given, isTrue, textOf } from '../observed.ts';
import type { SetupStep, StepView } from '../plan.ts';

/**
 * In the cloud: which organisation it is in hybrid with, and by which relationship; published procedures find the
 * agent's endpoint by it. The real cmdlet demands both mail connectors: where the wizard makes none, those that somebody
 * has made for the on-premises organisation are named; without any, its line of a script has to be completed.
 */
export const onPremisesOrganization: SetupStep = {
  id: 'on-premises-organization',
  title: 'On-premises organisation, as the cloud knows it',
  why: 'It tells Exchange Online which organisation it is in hybrid with; published procedures find the endpoint by it.',
  needs: [{ session: 'Cloud', cmdlet: 'Get-OnPremisesOrganization' }],
  async changes({ get, settings }) {
    const { organizationGuid, hybridDomains, mail } = settings;
    const existing = await get('Cloud', 'Get-OnPremisesOrganization');
    const found = existing.find((organization) => textOf(organization, 'OrganizationGuid').toLowerCase() === organizationGuid) ?? existing.find((organization) => textOf(organization, 'Name') === organizationGuid);
    const relationship = `O365 to On-premises - ${organizationGuid}`;
    const isRelated = (await get('Cloud', 'Get-OrganizationRelationship')).some((other) => textOf(other, 'Name') === relationship);
    const wanted = {
      HybridDomains: [...hybridDomains],
      OrganizationRelationship: isRelated ? relationship : null,
      ...(mail === undefined ? {} : { InboundConnector: `Inbound from ${organizationGuid}`, OutboundConnector: `Outbound to ${organizationGuid}` }),
    };
    if (found === undefined) {
      const connectors = mail === undefined ? { InboundConnector: await connectorThere(get, 'Get-InboundConnector'), OutboundConnector: await connectorThere(get, 'Get-OutboundConnector') } : {};
      return [{ session: 'Cloud', cmdlet: 'New-OnPremisesOrganization', parameters: { Name: organizationGuid, OrganizationGuid: organizationGuid, ...given({ ...wanted, ...connectors }) } }];
    }
    const different = differences(found, wanted);
    return Object.keys(different).length === 0 ? [] : [{ session: 'Cloud', cmdlet: 'Set-OnPremisesOrganization', parameters: { Identity: textOf(found, 'Name'), ...different } }];
  },
};

/** The name of an enabled connector with the on-premises organisation; null where there is none. */
async function connectorThere(get: StepView['get'], cmdlet: 'Get-InboundConnector' | 'Get-OutboundConnector'): Promise<string | null> {
  const connectors = await get('Cloud', cmdlet).catch(() => []);
  return textOf(connectors.find((connector) => textOf(connector, 'ConnectorType') === 'OnPremises' && isTrue(connector, 'Enabled')), 'Name') || null;
}
