import { randomUUID } from 'node:crypto';
import { firstTextOf, isTrue, textOf } from '../observed.ts';
import type { Observed } from '../observed.ts';
import type { FreeBusyTrust, SessionName, SetupSettings, SetupTopology } from '../plan.ts';
import { WizardError } from '../wizard-error.ts';
import { isDedicatedOverride } from '../steps/dedicated-application.ts';
import type { SetupChoices } from './choices.ts';
import { tooEarlyForDedicated } from './exchange-build.ts';
import { mailSettings } from './mail-certificates.ts';
import type { TransferComparison } from './transfer/compare-transfer.ts';
import { compareTransfer } from './transfer/compare-transfer.ts';
import type { Snapshot } from './snapshot.ts';

/** What a cmdlet showed on a side; empty where it was not asked. */
export function seenIn(snapshot: Snapshot, session: SessionName, cmdlet: string): readonly Observed[] {
  return snapshot.sides[session]?.seen[cmdlet] ?? [];
}

/** Accepted domains that both organisations have, without the tenant's own. */
export function sharedDomains(snapshot: Snapshot): readonly string[] {
  const cloud = new Set(domainsOf(snapshot, 'Cloud').map((domain) => domain.toLowerCase()));
  return domainsOf(snapshot, 'OnPremises').filter((domain) => cloud.has(domain.toLowerCase()) && !isTenantDomain(domain));
}

function domainsOf(snapshot: Snapshot, session: SessionName): readonly string[] {
  return seenIn(snapshot, session, 'Get-AcceptedDomain').map((domain) => textOf(domain, 'DomainName')).filter((domain) => domain !== '' && !domain.startsWith('*'));
}

function isTenantDomain(domain: string): boolean {
  return /\.onmicrosoft\./i.test(domain);
}

/** Which topology the cloud's objects show; undefined before there are any that work. */
export function topologyOf(snapshot: Snapshot): SetupTopology | undefined {
  const objects = [...seenIn(snapshot, 'Cloud', 'Get-IntraOrganizationConnector'), ...seenIn(snapshot, 'Cloud', 'Get-OrganizationRelationship')].filter((object) => hybridName.test(textOf(object, 'Name')));
  if (objects.length === 0) return undefined;
  const published = new Set(seenIn(snapshot, 'Relay', 'Get-HybridApplication').map((application) => URL.parse(textOf(application, 'externalUrl'))?.hostname));
  const targets = objects.map((object) => URL.parse(textOf(object, 'TargetSharingEpr'))?.hostname).filter((host) => host !== undefined);
  return targets.some((host) => published.has(host) || /\.msappproxy\.net$/i.test(host)) ? 'Modern' : 'Classic';
}

/** Which trust is switched on; undefined before there is any. */
export function trustOf(snapshot: Snapshot): FreeBusyTrust | undefined {
  const isOn = (cmdlet: string): boolean => seenIn(snapshot, 'Cloud', cmdlet).some((object) => hybridName.test(textOf(object, 'Name')) && isTrue(object, 'Enabled'));
  const [oauth, dauth] = [isOn('Get-IntraOrganizationConnector'), isOn('Get-OrganizationRelationship')];
  if (oauth && dauth) return 'both';
  return oauth ? 'oauth' : dauth ? 'dauth' : undefined;
}

/** What is switched on stays; a trust that is there without it stays as it is, too. */
export function isDedicatedUsual(snapshot: Snapshot): boolean {
  if (seenIn(snapshot, 'OnPremises', 'Get-SettingOverride').some(isDedicatedOverride)) return true;
  const trust = trustOf(snapshot);
  return (trust === undefined || trust === 'dauth') && tooEarlyForDedicated(snapshot).length === 0;
}

/** The names that the Hybrid Configuration Wizard gives, and the organisation's GUID in them. */
const hybridName = /^(?:HybridIOC|On-premises to O365|O365 to On-premises|ACS|EvoSts) - (?<guid>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/i;

/** An earlier run has written the GUID into its names, and they are found by it again; else it is the organisation's own. */
function organizationGuidOf(snapshot: Snapshot): string {
  for (const cmdlet of ['Get-IntraOrganizationConnector', 'Get-AuthServer', 'Get-OrganizationRelationship']) {
    for (const object of seenIn(snapshot, 'OnPremises', cmdlet)) {
      const guid = hybridName.exec(textOf(object, 'Name'))?.groups?.['guid'];
      if (guid !== undefined) return guid.toLowerCase();
    }
  }
  return textOf(seenIn(snapshot, 'OnPremises', 'Get-OrganizationConfig')[0], 'Guid').toLowerCase();
}

/** Microsoft's worldwide cloud (dossier, section 1). */
const worldwide = { cloudDiscovery: 'https://autodiscover-s.outlook.com/autodiscover/autodiscover.svc', cloudEws: 'https://outlook.office365.com/EWS/Exchange.asmx', gatewayMetadata: 'https://nexus.microsoftonline-p.com/FederationMetadata/2006-12/FederationMetadata.xml' } as const;

/**
 * What set-up will be after: the administrator's choices, and for the rest what was found.
 *
 * @throws WizardError `WIZARD_DOMAIN`, `WIZARD_TENANT`, `WIZARD_GATHER`, `WIZARD_CHOICE` where something cannot be found out or does not fit
 */
export function decideSettings(snapshot: Snapshot, choices: SetupChoices, hasMigrationAccount: boolean): SetupSettings {
  const tenant = seenIn(snapshot, 'Tenant', 'Get-MgOrganization')[0];
  const tenantId = textOf(tenant, 'Id') || textOf(seenIn(snapshot, 'Cloud', 'Get-OrganizationConfig')[0], 'ExternalDirectoryOrganizationId');
  if (tenantId === '') throw new WizardError('WIZARD_TENANT', 'The tenant’s id is not known.', { remedy: 'Name the connection with the tenant’s directory, or give evidence of it: Get-MgOrganization.' });
  const organizationGuid = organizationGuidOf(snapshot);
  if (organizationGuid === '') throw new WizardError('WIZARD_GATHER', 'Get-OrganizationConfig shows no Guid of the on-premises organisation.', { remedy: 'Collect the evidence again with hybridge collect.' });
  const coexistenceDomain = routingDomain(snapshot, choices);
  const hybridDomains = chosenDomains(snapshot, choices);
  const topology = choices.topology ?? topologyOf(snapshot) ?? (snapshot.sides.Relay === undefined ? 'Classic' : 'Modern');
  if (topology === 'Modern' && snapshot.sides.Relay === undefined) throw new WizardError('WIZARD_CHOICE', 'The Modern topology needs a connection with a relay.', { remedy: 'Name the relay in the file given with --config, or choose --topology Classic.' });
  const { endpoints } = choices;
  const server = chosenServer(snapshot, choices);
  const initialDomain = initialDomainOf(tenant) || (domainsOf(snapshot, 'Cloud').find((domain) => /^[^.]+\.onmicrosoft\./i.test(domain)) ?? '');
  return {
    configuration: choices.configuration,
    topology,
    freeBusy: choices.freeBusy ?? trustOf(snapshot) ?? 'oauth',
    tenantId,
    organizationGuid,
    hybridDomains,
    coexistenceDomain,
    initialDomain,
    migrationHost: migrationHostOf(snapshot),
    hasMigrationAccount,
    transfer: chosenTransfer(snapshot, choices),
    dedicatedApplication: choices.dedicatedApplication ?? isDedicatedUsual(snapshot),
    cloudDiscoveryEndpoint: endpoints.cloudDiscovery ?? worldwide.cloudDiscovery,
    cloudEwsEndpoint: endpoints.cloudEws ?? (endpoints.cloudDiscovery === undefined ? worldwide.cloudEws : undefined),
    onPremisesDiscoveryEndpoint: endpoints.onPremisesDiscovery ?? `https://autodiscover.${hybridDomains[0] ?? ''}/autodiscover/autodiscover.svc`,
    onPremisesHosts: hostsOf(snapshot, hybridDomains),
    cloudHosts: [],
    acsMetadataUrl: endpoints.acsMetadata ?? `https://accounts.accesscontrol.windows.net/${tenantId}/metadata/json/1`,
    evoStsMetadataUrl: endpoints.evoStsMetadata ?? `https://login.windows.net/${initialDomain || tenantId}/federationmetadata/2007-06/federationmetadata.xml`,
    gatewayMetadataUrl: endpoints.gatewayMetadata ?? worldwide.gatewayMetadata,
    hybridApplicationId: applicationOf(snapshot),
    hybridTargetUri: `https://${server}`,
    mail: choices.configuration === 'Full' ? mailSettings(snapshot, choices) : undefined,
    installsAgent: topology === 'Modern' && choices.agent === true,
  };
}

/** The tenant's routing domain: mail to it and lookups of it end in the cloud. */
function routingDomain(snapshot: Snapshot, { coexistenceDomain: wanted }: SetupChoices): string {
  const known = domainsOf(snapshot, 'Cloud');
  const found = known.find((domain) => (wanted === undefined ? /\.mail\.onmicrosoft\./i.test(domain) : domain.toLowerCase() === wanted.toLowerCase()));
  if (found !== undefined) return found;
  if (wanted === undefined) throw new WizardError('WIZARD_DOMAIN', 'The tenant has no accepted domain of the form <tenant>.mail.onmicrosoft.com.', { remedy: 'It comes with directory synchronisation of a hybrid deployment (“Exchange hybrid deployment” in Entra Connect). Or name it with --coexistence-domain.' });
  throw new WizardError('WIZARD_DOMAIN', `The routing domain ${wanted} is not an accepted domain of the tenant.`, { remedy: `Choose among: ${known.join(', ') || 'none was seen'}.` });
}

function chosenDomains(snapshot: Snapshot, { domains }: SetupChoices): readonly string[] {
  const shared = sharedDomains(snapshot);
  if (domains === undefined) {
    if (shared.length > 0) return shared;
    throw new WizardError('WIZARD_DOMAIN', 'No accepted domain of the on-premises organisation is an accepted domain of the tenant.', {
      facts: { onPremises: domainsOf(snapshot, 'OnPremises'), cloud: domainsOf(snapshot, 'Cloud') },
      remedy: 'Add and verify the SMTP domain in the tenant first. A domain that is verified in another tenant must be removed there.',
    });
  }
  const known = new Map(shared.map((domain) => [domain.toLowerCase(), domain]));
  return domains.map((domain) => {
    const found = known.get(domain.toLowerCase());
    if (found !== undefined) return found;
    const isLocal = domainsOf(snapshot, 'OnPremises').some((other) => other.toLowerCase() === domain.toLowerCase());
    throw new WizardError('WIZARD_DOMAIN', isLocal ? `The domain ${domain} is not an accepted domain of the tenant.` : `The domain ${domain} is not an accepted domain of the on-premises organisation (HCW8004).`, {
      remedy: isLocal ? 'Verify it in this tenant. If another tenant owns it, it must be removed there first.' : `Add it on premises with New-AcceptedDomain, or choose among: ${shared.join(', ')}.`,
    });
  });
}

function chosenServer(snapshot: Snapshot, choices: SetupChoices): string {
  const servers = seenIn(snapshot, 'OnPremises', 'Get-ExchangeServer').map((server) => ({ name: textOf(server, 'Name'), fqdn: textOf(server, 'Fqdn') }));
  const { server: wanted } = choices;
  if (wanted === undefined) return servers[0]?.fqdn ?? '';
  const found = servers.find(({ name, fqdn }) => [name.toLowerCase(), fqdn.toLowerCase()].includes(wanted.toLowerCase()));
  if (found !== undefined) return found.fqdn;
  throw new WizardError('WIZARD_CHOICE', `There is no Exchange server ${wanted}.`, { remedy: `Choose among: ${servers.map(({ fqdn }) => fqdn).join(', ')}.` });
}

/** Every name under which clients know the servers: tokens are asked for by it. */
function hostsOf(snapshot: Snapshot, domains: readonly string[]): readonly string[] {
  const directories = ['Get-WebServicesVirtualDirectory', 'Get-MapiVirtualDirectory', 'Get-OabVirtualDirectory', 'Get-AutodiscoverVirtualDirectory'].flatMap((cmdlet) => seenIn(snapshot, 'OnPremises', cmdlet));
  const urls = directories.flatMap((directory) => [textOf(directory, 'ExternalUrl'), textOf(directory, 'InternalUrl')]);
  return [...new Set([...urls.flatMap((url) => URL.parse(url)?.hostname ?? []), ...domains.map((domain) => `autodiscover.${domain}`)])];
}

/** What Organization Configuration Transfer could copy. */
export function transferOf(snapshot: Snapshot): TransferComparison {
  return compareTransfer((side, noun) => snapshot.sides[side]?.seen[`Get-${noun}`]);
}

function chosenTransfer(snapshot: Snapshot, { transfer }: SetupChoices): readonly string[] {
  if (transfer === 'none') return [];
  const { candidates } = transferOf(snapshot);
  if (transfer === 'new' || transfer === 'all') return candidates.filter(({ state }) => state === 'new' || (transfer === 'all' && state === 'conflict')).map(({ key }) => key);
  const unknown = transfer.find((wanted) => !candidates.some(({ key }) => key.toLowerCase() === wanted.toLowerCase()));
  if (unknown === undefined) return transfer;
  throw new WizardError('WIZARD_CHOICE', `There is nothing on premises that could be copied as ${unknown}.`, { remedy: `Choose among: ${candidates.map(({ key }) => key).join(', ') || 'nothing'}.` });
}

function initialDomainOf(tenant: Observed | undefined): string {
  const domains = tenant?.['VerifiedDomains'];
  return Array.isArray(domains) ? textOf(domains.find((domain: Observed) => isTrue(domain, 'IsInitial')), 'Name') : '';
}

/** Where a cloud that comes from outside finds the MRS proxy. */
function migrationHostOf(snapshot: Snapshot): string {
  const urls = seenIn(snapshot, 'OnPremises', 'Get-WebServicesVirtualDirectory').map((directory) => URL.parse(textOf(directory, 'ExternalUrl'))?.hostname);
  return urls.find((host) => host !== undefined) ?? '';
}

/** The endpoint that the cloud uses already, else the tenant's only one, else a new one. */
function applicationOf(snapshot: Snapshot): string {
  const applications = seenIn(snapshot, 'Relay', 'Get-HybridApplication');
  const used = new Set([...seenIn(snapshot, 'Cloud', 'Get-IntraOrganizationConnector'), ...seenIn(snapshot, 'Cloud', 'Get-OrganizationRelationship')].map((object) => URL.parse(textOf(object, 'TargetSharingEpr'))?.hostname));
  const found = applications.find((application) => used.has(URL.parse(textOf(application, 'externalUrl'))?.hostname)) ?? applications[0];
  const id = textOf(found, 'appId');
  return id === '' ? randomUUID() : id;
}

/** Servers and agents, as pages show them. */
export function shownServers(snapshot: Snapshot): readonly { fqdn: string; version: string }[] {
  return seenIn(snapshot, 'OnPremises', 'Get-ExchangeServer').map((server) => ({ fqdn: firstTextOf(server, 'Fqdn', 'Name'), version: textOf(server, 'AdminDisplayVersion') }));
}

export function shownAgents(snapshot: Snapshot): readonly { id: string; machineName: string; status: string; version: string; links: string }[] {
  return seenIn(snapshot, 'Relay', 'Get-HybridAgent').map((agent) => ({ id: textOf(agent, 'id'), machineName: textOf(agent, 'machineName'), status: textOf(agent, 'status'), version: textOf(agent, 'version'), links: typeof agent['links'] === 'number' ? String(agent['links']) : '' }));
}
