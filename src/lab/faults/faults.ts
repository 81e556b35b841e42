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
];
