import { oauthOff } from './fb10-oauth-off.ts';
import { wssecurityOff } from './fb10-wssecurity-off.ts';
import { proxyAddress } from './fb11-proxy-address.ts';
import { calendarPermission } from './fb12-calendar-permission.ts';
import { relationshipLevel } from './fb12-relationship-level.ts';
import { requesterDomain } from './fb12-requester-domain.ts';
import { targetNotSynchronised } from './fb14-not-synchronised.ts';
import { gatewayRolled } from './fb15-gateway-rolled.ts';
import { noLinkedAccount } from './fb18-no-linked-account.ts';
import { noRoles } from './fb18-no-roles.ts';
import { userDisabled } from './fb18-user-disabled.ts';
import { credentialDrift } from './fb19-credential-drift.ts';
import { passwordChangeRequired } from './fb20-change-required.ts';
import { passwordExpired } from './fb20-expired.ts';
import { recordMissing } from './fb21-record-missing.ts';
import { immutableId } from './fb23-immutable-id.ts';
import { notUploaded } from './fb26-not-uploaded.ts';
import { wrongEndpoint } from './fb29-wrong-endpoint.ts';
import { notSynchronised } from './fb33-not-synchronised.ts';
import { autodiscoverEndpoint } from './fb5-endpoint.ts';
import { duplicateUpn } from './fb6-duplicate-upn.ts';
import { disabled } from './fb9-disabled.ts';
import { domainMissing } from './fb9-domain-missing.ts';
import { targetAddress } from './fb9-target-address.ts';
import { applicationUri } from './w2-application-uri.ts';
import { firewallDrops } from './fb4-firewall.ts';
import { nothingListens } from './fb4-nothing-listens.ts';
import { firewallResets } from './fb7-firewall.ts';
import { preauthentication } from './fb10-preauthentication.ts';
import { authorizationRemoved } from './fb10-authorization-removed.ts';
import { tmgPreauthentication } from './fb13-preauthentication.ts';
import { pathRule } from './fb13-path-rule.ts';
import { devicePage } from './fb27-device-page.ts';
import { ewsCrash } from './fb27-ews-crash.ts';
import { deviceRedirect } from './fb31-device-redirect.ts';
import { tls12Off } from './fb32-tls12-off.ts';
import { ciphers } from './fb32-ciphers.ts';
import { certificateExpired } from './fb32-certificate-expired.ts';
import { certificateName } from './fb32-certificate-name.ts';
import { untrustedRoot } from './fb32-untrusted-root.ts';
import { agentDown } from './m35-agent-down.ts';
import { targetDown } from './m35-target-down.ts';
import { poolStopped } from './m35-pool-stopped.ts';
import { componentInactive } from './m35-component-inactive.ts';
import { ewsPoolStopped } from './fb1-pool-stopped.ts';
import { defectOf2016 } from './fb1-known-defect.ts';
import { defectOf2013 } from './fb2-known-defect.ts';
import { slowPath } from './fb22-slow-path.ts';
import { outboundBlocked } from './fb22-outbound-blocked.ts';
import { gatewayBlocked } from './fb28-outbound-blocked.ts';
import { gatewayDown } from './fb28-gateway-down.ts';
import { sslOffload } from './fb34-ssl-offload.ts';
import { renamingDevice } from './fb34-renaming-device.ts';
import { dnsRecord } from './fb29-dns-record.ts';
import { clock } from './fb3-clock.ts';
import { wssecurityStuck } from './fb3-wssecurity-stuck.ts';
import { wssecurityResets } from './fb7-wssecurity-stuck.ts';
import { handlerMapping } from './fb5-handler-mapping.ts';
import { redirectingEpr } from './fb31-target-sharing-epr.ts';
import { otherConnector } from './fb5-domain.ts';
import { busyCalendar } from './fb24-busy-calendar.ts';
import { workingHours } from './fb24b-hours.ts';
import { federationCertificateMissing } from './fb15-certificate-missing.ts';
import { authCertificateDeleted } from './fb17-certificate-deleted.ts';
import { authCertificateExpired } from './fb26-certificate-expired.ts';
import { wrongCurrent } from './fb26-wrong-current.ts';
import { otherThumbprint } from './fb17-thumbprint.ts';
import { serviceName } from './fb26-service-name.ts';
import { duplicateProxy } from './fb6-duplicate-proxy.ts';
import { namesDiffer } from './fb33-names-differ.ts';
import { minimalHybrid } from './fb9-minimal-hybrid.ts';
import { autodiscoverElsewhere } from './fb11-autodiscover-elsewhere.ts';
import { formerSide } from './fb16-target-address.ts';
import { directoryDrift } from './fb23-directory-drift.ts';
import { metadataUrl } from './fb25-metadata-url.ts';
import { otherNamespace } from './fb3-application-uri.ts';
import { notesFirewall } from './fb8-firewall.ts';
import { notesTls } from './fb8-tls-version.ts';
import { noContact } from './fb14-no-contact.ts';
import { overrideMissing } from './n1-override-missing.ts';
import { applicationId } from './n1-application-id.ts';
import { consent } from './n1-consent.ts';
import { allowList } from './n1-ews-allow-list.ts';
import { noDefault } from './h2-no-default.ts';
import { ewsOauthOff } from './h2-oauth-off.ts';
import { profileOff } from './h3-profile-off.ts';
import { spnMissing } from './h4-spn-missing.ts';
import { hostRewrite } from './h5-host-rewrite.ts';
import { clientSslOffload } from './h6-ssl-offload.ts';
import { upnDiffers } from './h7-upn-differs.ts';
import { mrsProxyOff } from './a1-mrsproxy-off.ts';
import { serializationRight } from './a1-serialization-right.ts';
import { requestFiltering } from './a1-request-filtering.ts';
import { switchedOff } from './h1-switched-off.ts';
import { oldClient } from './h1-old-client.ts';
import { passwordChanged } from './h8-password-changed.ts';
import { sessionsRevoked } from './h8-sessions-revoked.ts';
import { urlMissing } from './fb30-url-missing.ts';
import { loadBalancer } from './fb30-load-balancer.ts';
import { wizardConnection } from './w1-connection.ts';
import { premisesOff } from './p1-on-premises.ts';
import { cloudOff } from './p1-cloud.ts';
import { tokenServiceOff } from './p1-token-service.ts';
import { relayOff } from './p1-relay.ts';
import { premisesClock } from './p2-on-premises.ts';
import { tokenServiceClock } from './p2-token-service.ts';
import { cloudClock } from './p2-cloud.ts';
import { wrongDefault } from './h2-wrong-default.ts';
import { switchNotNoticed } from './h3-cached.ts';
import { notMatched } from './h7-not-matched.ts';
import { staleKeys } from './fb25-stale-keys.ts';
import { federationCertificateExpired } from './fb15-certificate-expired.ts';
import { notFederated } from './w2-not-federated.ts';
import { agentClock } from './p2-agent.ts';
import { relayClock } from './p2-relay.ts';
import { authEndsSoon } from './p3-auth.ts';
import { federationEndsSoon } from './p3-federation.ts';
import { tlsEndsSoon } from './p3-tls.ts';
import { agentDisk } from './p4-agent-disk.ts';
import { agentRelease } from './p4-agent-release.ts';
import type { Fault } from './fault.ts';

/** Every cause that the lab can bring about. */
export const faults: readonly Fault[] = [
  autodiscoverEndpoint,
  duplicateUpn,
  disabled,
  domainMissing,
  targetAddress,
  oauthOff,
  wssecurityOff,
  proxyAddress,
  calendarPermission,
  relationshipLevel,
  requesterDomain,
  targetNotSynchronised,
  gatewayRolled,
  noLinkedAccount,
  noRoles,
  userDisabled,
  credentialDrift,
  passwordChangeRequired,
  passwordExpired,
  recordMissing,
  immutableId,
  notUploaded,
  wrongEndpoint,
  notSynchronised,
  applicationUri,
  firewallDrops,
  nothingListens,
  firewallResets,
  preauthentication,
  authorizationRemoved,
  tmgPreauthentication,
  pathRule,
  devicePage,
  ewsCrash,
  deviceRedirect,
  tls12Off,
  ciphers,
  certificateExpired,
  certificateName,
  untrustedRoot,
  agentDown,
  targetDown,
  poolStopped,
  componentInactive,
  ewsPoolStopped,
  defectOf2016,
  defectOf2013,
  slowPath,
  outboundBlocked,
  gatewayBlocked,
  gatewayDown,
  sslOffload,
  renamingDevice,
  dnsRecord,
  clock,
  wssecurityStuck,
  wssecurityResets,
  handlerMapping,
  redirectingEpr,
  otherConnector,
  busyCalendar,
  workingHours,
  federationCertificateMissing,
  authCertificateDeleted,
  authCertificateExpired,
  wrongCurrent,
  otherThumbprint,
  serviceName,
  duplicateProxy,
  namesDiffer,
  minimalHybrid,
  autodiscoverElsewhere,
  formerSide,
  directoryDrift,
  metadataUrl,
  otherNamespace,
  notesFirewall,
  notesTls,
  noContact,
  overrideMissing,
  applicationId,
  consent,
  allowList,
  noDefault,
  ewsOauthOff,
  profileOff,
  spnMissing,
  hostRewrite,
  clientSslOffload,
  upnDiffers,
  mrsProxyOff,
  serializationRight,
  requestFiltering,
  switchedOff,
  oldClient,
  passwordChanged,
  sessionsRevoked,
  urlMissing,
  loadBalancer,
  wizardConnection,
  premisesOff,
  cloudOff,
  tokenServiceOff,
  relayOff,
  premisesClock,
  tokenServiceClock,
  cloudClock,
  wrongDefault,
  switchNotNoticed,
  notMatched,
  staleKeys,
  federationCertificateExpired,
  notFederated,
  agentClock,
  relayClock,
  authEndsSoon,
  federationEndsSoon,
  tlsEndsSoon,
  agentDisk,
  agentRelease,
];
