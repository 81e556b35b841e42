import type { ConfigurationKindName, Stored } from '../../organization/index.ts';
import type { OutputObject } from './define-cmdlet.ts';

/** What every directory object ends with, in published order. */
export function objectTail(object: { name: string; identity: string; guid: string; whenCreated: number; whenChanged: number }): OutputObject {
  const created = new Date(object.whenCreated).toISOString();
  const changed = new Date(object.whenChanged).toISOString();
  return {
    Name: object.name,
    Identity: object.identity,
    Guid: object.guid,
    WhenChanged: changed,
    WhenCreated: created,
    WhenChangedUTC: changed,
    WhenCreatedUTC: created,
    Id: object.identity,
    IsValid: true,
    ObjectState: 'Unchanged',
  };
}

/** Kinds that are not kept in the order in which Exchange shows them. */
const publishedOrder: Partial<Record<ConfigurationKindName, readonly string[]>> = {
  AuthServer: ['IssuerIdentifier', 'CertificateStrings'],
  FederationTrust: ['ApplicationIdentifier', 'ApplicationUri', 'OrgPrivCertificate', 'OrgNextPrivCertificate', 'OrgPrevPrivCertificate', 'TokenIssuerCertificate', 'TokenIssuerPrevCertificate', 'PolicyReferenceUri', 'TokenIssuerMetadataEpr', 'TokenIssuerType', 'TokenIssuerUri', 'TokenIssuerEpr'],
  FederatedOrganizationIdentifier: ['AccountNamespace', 'Domains', 'DefaultDomain', 'Enabled', 'DelegationTrustLink', 'Identity', 'IsValid'],
  OrganizationConfig: ['Name', 'Identity', 'Guid', 'EwsAllowList', 'EwsApplicationAccessPolicy', 'EwsBlockList', 'EwsEnabled', 'OAuth2ClientProfileEnabled', 'DisplayName', 'IsDehydrated', 'EwsAllowedAppIDs', 'IsValid'],
  SendConnector: ['DNSRoutingEnabled', 'TlsDomain', 'TlsAuthLevel', 'SmartHosts', 'Port', 'IgnoreSTARTTLS', 'CloudServicesMailEnabled', 'Fqdn', 'TlsCertificateName', 'RequireTLS', 'Enabled', 'AddressSpaces', 'Comment', 'MaxMessageSize'],
};

/** A configuration object as its Get- cmdlet shows it. */
export function configurationOutput(stored: Stored): OutputObject {
  const output: OutputObject = { ...stored.properties, ...objectTail({ ...stored, identity: stored.name }) };
  const first = (publishedOrder[stored.kind] ?? []).filter((name) => name in output);
  return first.length === 0 ? output : { ...Object.fromEntries(first.map((name) => [name, output[name]])), ...output };
}
