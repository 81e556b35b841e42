import type { OutputObject } from '../define-cmdlet.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

/**
 * A summary for filling in connectors, derived from other objects: each side fills its own half and leaves the other
 * empty. On premises the endpoints follow from the external EWS address; in the cloud from the accepted domains. The
 * published list names the properties; how the service fills the cloud's half is *unverified*.
 */
export const getIntraOrganizationConfiguration = defineExchangeCmdlet({
  name: 'Get-IntraOrganizationConfiguration',
  synopsis: 'Sums up what connectors of the other side need to know.',
  parameters: { OrganizationGuid: { type: 'guid', position: 0, pipeline: true, side: 'Cloud', description: 'Accepted and without effect: there is one on-premises organisation.' } },
  example: '(Get-IntraOrganizationConfiguration).OnPremiseTargetAddresses',
  roles: ['Federated Sharing', 'View-Only Configuration'],
  run: async (context) => [context.side === 'OnPremises' ? await onPremises(context) : await cloud(context)],
});

const empty = {
  OnPremiseDiscoveryEndpoint: null,
  OnPremiseWebServiceEndpoint: null,
  DeploymentIsCompleteIOCReady: null,
  HasNonIOCReadyExchangeCASServerVersions: null,
  HasNonIOCReadyExchangeMailboxServerVersions: null,
  OnlineDiscoveryEndpoint: null,
  OnlineTargetAddress: null,
  OnPremiseTargetAddresses: [],
} as const;
const tail = { Identity: '', IsValid: true, ObjectState: 'New' };

async function onPremises({ organization, warn }: ExchangeContext): Promise<OutputObject> {
  const directories = await organization.configuration.list('WebServicesVirtualDirectory');
  const external = [...new Set(directories.flatMap((directory) => directory.properties.ExternalUrl ?? []))];
  if (external.length > 1) warn('Multiple valid Exchange Web Services external URLs were found. Choose one for OnPremiseWebServiceEndpoint.');
  const [only] = external.length === 1 ? external : [];
  return {
    ...empty,
    OnPremiseDiscoveryEndpoint: only === undefined ? null : `${new URL(only).origin}/autodiscover/autodiscover.svc`,
    OnPremiseWebServiceEndpoint: only ?? null,
    DeploymentIsCompleteIOCReady: true,
    HasNonIOCReadyExchangeCASServerVersions: false,
    HasNonIOCReadyExchangeMailboxServerVersions: false,
    ...tail,
  };
}

/** The routing domain is the tenant's own `<tenant>.mail.onmicrosoft.…`; the others are shared with on premises. */
async function cloud({ organization }: ExchangeContext): Promise<OutputObject> {
  const domains = (await organization.configuration.list('AcceptedDomain')).map((domain) => domain.properties.DomainName);
  const routing = domains.find((domain) => /\.mail\.onmicrosoft\./i.test(domain));
  const [web] = (await organization.configuration.list('WebServicesVirtualDirectory')).flatMap((directory) => directory.properties.ExternalUrl ?? []);
  return {
    ...empty,
    OnlineDiscoveryEndpoint: web === undefined ? null : `${new URL(web).origin}/autodiscover/autodiscover.svc`,
    OnlineTargetAddress: routing ?? null,
    OnPremiseTargetAddresses: domains.filter((domain) => !/\.onmicrosoft\./i.test(domain)),
    ...tail,
  };
}
