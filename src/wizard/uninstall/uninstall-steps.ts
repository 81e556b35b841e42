import type { CmdletInvocation } from '../../management/index.ts';
import { exchangeOnlineAppId, exchangeOnlinePrincipal, keyCredentialsOf } from '../exchange-online.ts';
import { hybridEndpointHost } from '../hybrid-endpoint.ts';
import { isTrue, listOf, textOf } from '../observed.ts';
import type { Observed } from '../observed.ts';
import type { NeededReading, SessionName, SetupSettings, SetupStep, StepView } from '../plan.ts';
import { isDedicatedOverride } from '../steps/dedicated-application.ts';
import { authCertificateValue } from '../steps/tenant-credential.ts';

const everywhere = ['Full', 'Minimal'] as const;
const gone = { Confirm: false } as const;

interface Removal {
  id: string;
  title: string;
  why: string;
  needs?: readonly NeededReading[];
  session: Exclude<SessionName, 'Relay'>;
  noun: string;
  isOurs: (object: Observed, settings: SetupSettings) => boolean;
}

/** A step that removes the objects of one kind that the wizard has made. */
function removal({ session, noun, isOurs, ...step }: Removal): SetupStep {
  return {
    ...step,
    configurations: everywhere,
    changes: async ({ get, settings }) => (await get(session, `Get-${noun}`)).filter((object) => isOurs(object, settings)).map((object): CmdletInvocation => ({ session, cmdlet: `Remove-${noun}`, parameters: { Identity: textOf(object, 'Name') || textOf(object, 'Identity'), ...gone } })),
  };
}

const named =
  (start: string) =>
  (object: Observed, { organizationGuid }: SetupSettings): boolean =>
    textOf(object, 'Name').toLowerCase() === `${start}${organizationGuid}`.toLowerCase();

/** Tokens of users come from it: taking it away would sign everybody out for good. */
const signsUsersIn = (servers: readonly Observed[]): boolean => servers.some((server) => isTrue(server, 'IsDefaultAuthorizationEndpoint'));

const hybridConfiguration: SetupStep = {
  id: 'remove-hybrid-configuration',
  title: 'Hybrid configuration object',
  why: 'Nothing is to look like a hybrid deployment any more.',
  configurations: everywhere,
  needs: [{ session: 'OnPremises', cmdlet: 'Get-HybridConfiguration' }],
  changes: async ({ get }) => ((await get('OnPremises', 'Get-HybridConfiguration')).length === 0 ? [] : [{ session: 'OnPremises', cmdlet: 'Remove-HybridConfiguration', parameters: gone }]),
};

const federation: SetupStep = {
  id: 'remove-federation',
  title: 'Federation trust',
  why: 'The gateway forgets the organisation, unless another relationship still needs it.',
  configurations: everywhere,
  async changes({ get }) {
    const trusts = await get('OnPremises', 'Get-FederationTrust');
    const isNeeded = (await get('OnPremises', 'Get-OrganizationRelationship')).some((relationship) => isTrue(relationship, 'Enabled'));
    if (trusts.length === 0 || isNeeded) return [];
    const [identifier] = await get('OnPremises', 'Get-FederatedOrganizationIdentifier');
    const first = textOf(identifier, 'AccountNamespace').replace(/^FYDIBOHF25SPDLT\./i, '').toLowerCase();
    // The namespace's own domain goes last: with it the organisation is no longer federated.
    const domains = listOf(identifier, 'Domains').toSorted((a, b) => Number(a.toLowerCase() === first) - Number(b.toLowerCase() === first));
    return [
      ...domains.map((DomainName): CmdletInvocation => ({ session: 'OnPremises', cmdlet: 'Remove-FederatedDomain', parameters: { DomainName, ...gone } })),
      ...trusts.map((trust): CmdletInvocation => ({ session: 'OnPremises', cmdlet: 'Remove-FederationTrust', parameters: { Identity: textOf(trust, 'Name'), ...gone } })),
    ];
  },
};

const receiveConnectors: SetupStep = {
  id: 'remove-receive-capability',
  title: 'Receive connectors',
  why: 'Who shows the certificate of the cloud is a stranger again.',
  configurations: everywhere,
  needs: [{ session: 'OnPremises', cmdlet: 'Get-SendConnector' }, { session: 'OnPremises', cmdlet: 'Get-ReceiveConnector' }],
  async changes({ get, settings }) {
    // The wizard's own Send connector says by which name the cloud was known; it goes after this.
    const tlsDomain = textOf((await get('OnPremises', 'Get-SendConnector')).find((connector) => named('Outbound to Office 365 - ')(connector, settings)), 'TlsDomain').toLowerCase();
    if (tlsDomain === '') return [];
    return (await get('OnPremises', 'Get-ReceiveConnector')).flatMap((connector) => {
      const capabilities = listOf(connector, 'TlsDomainCapabilities');
      const left = capabilities.filter((capability) => !capability.toLowerCase().startsWith(`${tlsDomain}:`));
      return left.length === capabilities.length ? [] : [{ session: 'OnPremises', cmdlet: 'Set-ReceiveConnector', parameters: { Identity: textOf(connector, 'Identity'), TlsDomainCapabilities: left } } as const];
    });
  },
};

const authServers: SetupStep = {
  id: 'remove-auth-servers',
  title: 'Authorization servers',
  why: "The tenant's issuers are believed no more; the one that signs people in (hybrid modern authentication) stays.",
  configurations: everywhere,
  async changes({ get, settings }) {
    const isOurs = (server: Observed): boolean => named('ACS - ')(server, settings) || named('EvoSts - ')(server, settings);
    const ours = (await get('OnPremises', 'Get-AuthServer')).filter((server) => isOurs(server) && !isTrue(server, 'IsDefaultAuthorizationEndpoint'));
    return ours.map((server) => ({ session: 'OnPremises', cmdlet: 'Remove-AuthServer', parameters: { Identity: textOf(server, 'Name'), ...gone } }));
  },
};

const tenantPrincipal: SetupStep = {
  id: 'remove-tenant-credential',
  title: 'Auth certificate and names in the tenant',
  why: 'Who has the key of the servers could act as Exchange Online as long as the tenant knows it.',
  configurations: everywhere,
  async changes(view) {
    const { get, settings } = view;
    const [principal] = await get('Tenant', 'Get-MgServicePrincipal', exchangeOnlinePrincipal);
    const value = await authCertificateValue(view).catch(() => '');
    const keys = keyCredentialsOf(principal);
    const kept = keys.filter(({ Key }) => Key !== value);
    // Users still get tokens for these names where they sign in by them.
    const hosts = signsUsersIn(await get('OnPremises', 'Get-AuthServer')) ? [] : [...settings.onPremisesHosts, ...(await relayHost(view))];
    const names = listOf(principal, 'ServicePrincipalNames');
    const ours = new Set(hosts.flatMap((host) => [`https://${host}`, `${exchangeOnlineAppId}/${host}`]).map((name) => name.toLowerCase()));
    const left = names.filter((name) => !ours.has(name.toLowerCase()));
    const changes = { ...(kept.length === keys.length ? {} : { KeyCredentials: kept }), ...(left.length === names.length ? {} : { ServicePrincipalNames: left }) };
    return Object.keys(changes).length === 0 ? [] : [{ session: 'Tenant', cmdlet: 'Update-MgServicePrincipal', parameters: { ServicePrincipalId: textOf(principal, 'Id'), ...changes } }];
  },
};

/** The endpoint's name goes whatever the topology is by now: Modern left it. */
async function relayHost(view: StepView): Promise<string[]> {
  return hybridEndpointHost(view).then((host) => [host], () => []);
}

const dedicatedApplication: SetupStep = {
  id: 'remove-dedicated-application',
  title: 'Dedicated hybrid application',
  why: 'Nobody is to call Exchange Online as it any more.',
  configurations: everywhere,
  needs: [{ session: 'Tenant', cmdlet: 'Get-MgApplication' }],
  async changes({ get, settings }) {
    const name = `ExchangeServerApp-${settings.organizationGuid}`;
    const applications = await get('Tenant', 'Get-MgApplication', { Filter: `displayName eq '${name}'`, Property: ['Id', 'AppId', 'DisplayName', 'KeyCredentials'] });
    return applications.map((application) => ({ session: 'Tenant', cmdlet: 'Remove-MgApplication', parameters: { ApplicationId: textOf(application, 'Id') } }));
  },
};

const agentEndpoint: SetupStep = {
  id: 'remove-hybrid-application',
  title: 'Hybrid Agent endpoint',
  why: 'Nothing comes in by the relay any more.',
  configurations: everywhere,
  needs: [{ session: 'Relay', cmdlet: 'Get-HybridApplication' }],
  changes: async ({ get, settings }) =>
    (await get('Relay', 'Get-HybridApplication')).filter((application) => textOf(application, 'appId').toLowerCase() === settings.hybridApplicationId.toLowerCase()).map((application) => ({ session: 'Relay', cmdlet: 'Remove-HybridApplication', parameters: { AppId: textOf(application, 'appId') } })),
};

/**
 * What takes a hybrid deployment away that this or another wizard has made, by the published names: first what others
 * find the way by, then the trust under it. Accepted domain, remote domains, address policies, MRS proxy and sign-in
 * methods stay, since people that have moved are still found by them.
 */
export const uninstallSteps: readonly SetupStep[] = [
  removal({ id: 'remove-migration-endpoint', title: 'Migration endpoint', why: 'No mailbox moves any more.', needs: [{ session: 'Cloud', cmdlet: 'Get-MigrationEndpoint' }], session: 'Cloud', noun: 'MigrationEndpoint', isOurs: (endpoint) => (textOf(endpoint, 'Name') || textOf(endpoint, 'Identity')).startsWith('Hybrid Migration Endpoint - ') }),
  removal({ id: 'remove-on-premises-organization', title: 'On-premises organisation, as the cloud knows it', why: 'The cloud is in hybrid with nobody.', needs: [{ session: 'Cloud', cmdlet: 'Get-OnPremisesOrganization' }], session: 'Cloud', noun: 'OnPremisesOrganization', isOurs: (organization, { organizationGuid }) => [textOf(organization, 'OrganizationGuid'), textOf(organization, 'Name')].some((text) => text.toLowerCase() === organizationGuid) }),
  removal({ id: 'remove-cloud-connector', title: 'Connector to the on-premises organisation', why: 'Free/busy no longer crosses by OAuth.', session: 'Cloud', noun: 'IntraOrganizationConnector', isOurs: named('HybridIOC - ') }),
  removal({ id: 'remove-on-premises-connector', title: 'Connector to the cloud', why: 'Free/busy no longer crosses by OAuth.', session: 'OnPremises', noun: 'IntraOrganizationConnector', isOurs: named('HybridIOC - ') }),
  removal({ id: 'remove-cloud-relationship', title: 'Organization relationship with the on-premises organisation', why: 'Free/busy no longer crosses by delegation.', session: 'Cloud', noun: 'OrganizationRelationship', isOurs: named('O365 to On-premises - ') }),
  removal({ id: 'remove-on-premises-relationship', title: 'Organization relationship with the cloud', why: 'Free/busy no longer crosses by delegation.', session: 'OnPremises', noun: 'OrganizationRelationship', isOurs: named('On-premises to O365 - ') }),
  removal({ id: 'remove-outbound-connector', title: 'Outbound connector of the cloud', why: 'Mail no longer goes to on-premises servers by it.', needs: [{ session: 'Cloud', cmdlet: 'Get-OutboundConnector' }], session: 'Cloud', noun: 'OutboundConnector', isOurs: named('Outbound to ') }),
  removal({ id: 'remove-inbound-connector', title: 'Inbound connector of the cloud', why: 'On-premises servers are strangers again.', needs: [{ session: 'Cloud', cmdlet: 'Get-InboundConnector' }], session: 'Cloud', noun: 'InboundConnector', isOurs: named('Inbound from ') }),
  receiveConnectors,
  removal({ id: 'remove-send-connector', title: 'Send connector to the cloud', why: 'Mail to the cloud goes as to everybody else.', needs: [{ session: 'OnPremises', cmdlet: 'Get-SendConnector' }], session: 'OnPremises', noun: 'SendConnector', isOurs: named('Outbound to Office 365 - ') }),
  federation,
  removal({ id: 'remove-override', title: 'Setting override', why: 'Servers no longer call as the dedicated application.', session: 'OnPremises', noun: 'SettingOverride', isOurs: isDedicatedOverride }),
  removal({ id: 'remove-partner-application', title: 'Partner application in the cloud', why: 'The dedicated application is let in no more.', needs: [{ session: 'Cloud', cmdlet: 'Get-PartnerApplication' }], session: 'Cloud', noun: 'PartnerApplication', isOurs: named('ExchangeServerApp-') }),
  dedicatedApplication,
  authServers,
  tenantPrincipal,
  agentEndpoint,
  hybridConfiguration,
];
