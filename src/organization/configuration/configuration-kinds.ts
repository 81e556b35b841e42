import type { ConfigurationKind } from './configuration-kind.ts';
import { acceptedDomain } from './kinds/accepted-domain.ts';
import type { AcceptedDomain } from './kinds/accepted-domain.ts';
import { adPermission } from './kinds/ad-permission.ts';
import type { AdPermission } from './kinds/ad-permission.ts';
import { authConfig } from './kinds/auth-config.ts';
import type { AuthConfig } from './kinds/auth-config.ts';
import { authServer } from './kinds/auth-server.ts';
import type { AuthServer } from './kinds/auth-server.ts';
import { autodiscoverVirtualDirectory } from './kinds/autodiscover-virtual-directory.ts';
import type { AutodiscoverVirtualDirectory } from './kinds/autodiscover-virtual-directory.ts';
import { availabilityAddressSpace } from './kinds/availability-address-space.ts';
import type { AvailabilityAddressSpace } from './kinds/availability-address-space.ts';
import { availabilityConfig } from './kinds/availability-config.ts';
import type { AvailabilityConfig } from './kinds/availability-config.ts';
import { distributionGroup } from './kinds/distribution-group.ts';
import type { DistributionGroup } from './kinds/distribution-group.ts';
import { emailAddressPolicy } from './kinds/email-address-policy.ts';
import type { EmailAddressPolicy } from './kinds/email-address-policy.ts';
import { exchangeCertificate } from './kinds/exchange-certificate.ts';
import type { ExchangeCertificate } from './kinds/exchange-certificate.ts';
import { exchangeServer } from './kinds/exchange-server.ts';
import type { ExchangeServer } from './kinds/exchange-server.ts';
import { federatedOrganizationIdentifier } from './kinds/federated-organization-identifier.ts';
import type { FederatedOrganizationIdentifier } from './kinds/federated-organization-identifier.ts';
import { federationTrust } from './kinds/federation-trust.ts';
import type { FederationTrust } from './kinds/federation-trust.ts';
import { hybridConfiguration } from './kinds/hybrid-configuration.ts';
import type { HybridConfiguration } from './kinds/hybrid-configuration.ts';
import { inboundConnector } from './kinds/inbound-connector.ts';
import type { InboundConnector } from './kinds/inbound-connector.ts';
import { intraOrganizationConnector } from './kinds/intra-organization-connector.ts';
import type { IntraOrganizationConnector } from './kinds/intra-organization-connector.ts';
import { managementRole } from './kinds/management-role.ts';
import type { ManagementRole } from './kinds/management-role.ts';
import { managementRoleAssignment } from './kinds/management-role-assignment.ts';
import type { ManagementRoleAssignment } from './kinds/management-role-assignment.ts';
import { managementScope } from './kinds/management-scope.ts';
import type { ManagementScope } from './kinds/management-scope.ts';
import { mapiVirtualDirectory } from './kinds/mapi-virtual-directory.ts';
import type { MapiVirtualDirectory } from './kinds/mapi-virtual-directory.ts';
import { migrationEndpoint } from './kinds/migration-endpoint.ts';
import type { MigrationEndpoint } from './kinds/migration-endpoint.ts';
import { oabVirtualDirectory } from './kinds/oab-virtual-directory.ts';
import type { OabVirtualDirectory } from './kinds/oab-virtual-directory.ts';
import { onPremisesOrganization } from './kinds/on-premises-organization.ts';
import type { OnPremisesOrganization } from './kinds/on-premises-organization.ts';
import { organizationConfig } from './kinds/organization-config.ts';
import type { OrganizationConfig } from './kinds/organization-config.ts';
import { organizationRelationship } from './kinds/organization-relationship.ts';
import type { OrganizationRelationship } from './kinds/organization-relationship.ts';
import { outboundConnector } from './kinds/outbound-connector.ts';
import type { OutboundConnector } from './kinds/outbound-connector.ts';
import { partnerApplication } from './kinds/partner-application.ts';
import type { PartnerApplication } from './kinds/partner-application.ts';
import { receiveConnector } from './kinds/receive-connector.ts';
import type { ReceiveConnector } from './kinds/receive-connector.ts';
import { remoteDomain } from './kinds/remote-domain.ts';
import type { RemoteDomain } from './kinds/remote-domain.ts';
import { sendConnector } from './kinds/send-connector.ts';
import type { SendConnector } from './kinds/send-connector.ts';
import { roleGroup } from './kinds/role-group.ts';
import type { CustomRoleGroup } from './kinds/role-group.ts';
import { serverComponentState } from './kinds/server-component-state.ts';
import type { ServerComponentState } from './kinds/server-component-state.ts';
import { settingOverride } from './kinds/setting-override.ts';
import type { SettingOverride } from './kinds/setting-override.ts';
import { sharingPolicy } from './kinds/sharing-policy.ts';
import type { SharingPolicy } from './kinds/sharing-policy.ts';
import { webServicesVirtualDirectory } from './kinds/web-services-virtual-directory.ts';
import type { WebServicesVirtualDirectory } from './kinds/web-services-virtual-directory.ts';

/** Every kind of configuration object and its properties, under their published names. */
export interface ConfigurationProperties {
  AcceptedDomain: AcceptedDomain;
  AdPermission: AdPermission;
  AuthConfig: AuthConfig;
  AuthServer: AuthServer;
  AutodiscoverVirtualDirectory: AutodiscoverVirtualDirectory;
  AvailabilityAddressSpace: AvailabilityAddressSpace;
  AvailabilityConfig: AvailabilityConfig;
  DistributionGroup: DistributionGroup;
  EmailAddressPolicy: EmailAddressPolicy;
  ExchangeCertificate: ExchangeCertificate;
  ExchangeServer: ExchangeServer;
  FederatedOrganizationIdentifier: FederatedOrganizationIdentifier;
  FederationTrust: FederationTrust;
  HybridConfiguration: HybridConfiguration;
  InboundConnector: InboundConnector;
  IntraOrganizationConnector: IntraOrganizationConnector;
  ManagementRole: ManagementRole;
  ManagementRoleAssignment: ManagementRoleAssignment;
  ManagementScope: ManagementScope;
  MapiVirtualDirectory: MapiVirtualDirectory;
  MigrationEndpoint: MigrationEndpoint;
  OabVirtualDirectory: OabVirtualDirectory;
  OnPremisesOrganization: OnPremisesOrganization;
  OrganizationConfig: OrganizationConfig;
  OrganizationRelationship: OrganizationRelationship;
  OutboundConnector: OutboundConnector;
  PartnerApplication: PartnerApplication;
  ReceiveConnector: ReceiveConnector;
  RemoteDomain: RemoteDomain;
  SendConnector: SendConnector;
  RoleGroup: CustomRoleGroup;
  ServerComponentState: ServerComponentState;
  SettingOverride: SettingOverride;
  SharingPolicy: SharingPolicy;
  WebServicesVirtualDirectory: WebServicesVirtualDirectory;
}

export type ConfigurationKindName = keyof ConfigurationProperties;
export type SingletonKindName = 'AuthConfig' | 'FederatedOrganizationIdentifier' | 'OrganizationConfig';

export const configurationKinds: { readonly [Kind in ConfigurationKindName]: ConfigurationKind<ConfigurationProperties[Kind]> } = {
  AcceptedDomain: acceptedDomain,
  AdPermission: adPermission,
  AuthConfig: authConfig,
  AuthServer: authServer,
  AutodiscoverVirtualDirectory: autodiscoverVirtualDirectory,
  AvailabilityAddressSpace: availabilityAddressSpace,
  AvailabilityConfig: availabilityConfig,
  DistributionGroup: distributionGroup,
  EmailAddressPolicy: emailAddressPolicy,
  ExchangeCertificate: exchangeCertificate,
  ExchangeServer: exchangeServer,
  FederatedOrganizationIdentifier: federatedOrganizationIdentifier,
  FederationTrust: federationTrust,
  HybridConfiguration: hybridConfiguration,
  InboundConnector: inboundConnector,
  IntraOrganizationConnector: intraOrganizationConnector,
  ManagementRole: managementRole,
  ManagementRoleAssignment: managementRoleAssignment,
  ManagementScope: managementScope,
  MapiVirtualDirectory: mapiVirtualDirectory,
  MigrationEndpoint: migrationEndpoint,
  OabVirtualDirectory: oabVirtualDirectory,
  OnPremisesOrganization: onPremisesOrganization,
  OrganizationConfig: organizationConfig,
  OrganizationRelationship: organizationRelationship,
  OutboundConnector: outboundConnector,
  PartnerApplication: partnerApplication,
  ReceiveConnector: receiveConnector,
  RemoteDomain: remoteDomain,
  SendConnector: sendConnector,
  RoleGroup: roleGroup,
  ServerComponentState: serverComponentState,
  SettingOverride: settingOverride,
  SharingPolicy: sharingPolicy,
  WebServicesVirtualDirectory: webServicesVirtualDirectory,
};
