import type { Cause, Failure } from './failure.ts';
import { agentForbidden } from './failures/a1-agent-forbidden.ts';
import { internalServerError } from './failures/fb1-internal-server-error.ts';
import { unauthorized } from './failures/fb10-unauthorized.ts';
import { invalidUser } from './failures/fb11-invalid-user.ts';
import { noFreeBusyAccess } from './failures/fb12-no-free-busy-access.ts';
import { forbiddenUrl } from './failures/fb13-forbidden-url.ts';
import { unableToResolve } from './failures/fb14-unable-to-resolve.ts';
import { processingTokens } from './failures/fb15-processing-tokens.ts';
import { crossOrganization } from './failures/fb16-cross-organization.ts';
import { missingSigningCertificate } from './failures/fb17-missing-signing-certificate.ts';
import { linkedAccount } from './failures/fb18-linked-account.ts';
import { passwordsDoNotMatch } from './failures/fb19-passwords-do-not-match.ts';
import { explicitLocalMailbox } from './failures/fb2-explicit-local-mailbox.ts';
import { passwordHasToBeChanged } from './failures/fb20-password-has-to-be-changed.ts';
import { provisionNeeded } from './failures/fb21-provision-needed.ts';
import { timedOut } from './failures/fb22-timed-out.ts';
import { memberNameInvalid } from './failures/fb23-member-name-invalid.ts';
import { tooManyEntries } from './failures/fb24-too-many-entries.ts';
import { workHours } from './failures/fb24b-work-hours.ts';
import { invalidSignature } from './failures/fb25-invalid-signature.ts';
import { keyNotFound } from './failures/fb26-key-not-found.ts';
import { notWellFormed } from './failures/fb27-not-well-formed.ts';
import { gatewayUnreachable } from './failures/fb28-gateway-unreachable.ts';
import { nameNotResolved } from './failures/fb29-name-not-resolved.ts';
import { verifyingSecurity } from './failures/fb3-verifying-security.ts';
import { asUrl } from './failures/fb30-asurl.ts';
import { objectMoved } from './failures/fb31-object-moved.ts';
import { tlsChannel } from './failures/fb32-tls-channel.ts';
import { userDoesNotExist } from './failures/fb33-user-does-not-exist.ts';
import { audienceHost } from './failures/fb34-audience-host.ts';
import { unableToConnect } from './failures/fb4-unable-to-connect.ts';
import { autodiscoverNotFound } from './failures/fb5-autodiscover-not-found.ts';
import { ambiguousUser } from './failures/fb6-ambiguous-user.ts';
import { closedOnReceive } from './failures/fb7-closed-on-receive.ts';
import { closedOnSend } from './failures/fb8-closed-on-send.ts';
import { configurationNotFound } from './failures/fb9-configuration-not-found.ts';
import { noBearer } from './failures/h1-no-bearer.ts';
import { authorizationUri } from './failures/h2-authorization-uri.ts';
import { flighting } from './failures/h3-flighting.ts';
import { missingSpn } from './failures/h4-missing-spn.ts';
import { renamedHost } from './failures/h5-renamed-host.ts';
import { sslOffload } from './failures/h6-ssl-offload.ts';
import { unknownUser } from './failures/h7-unknown-user.ts';
import { revokedGrant } from './failures/h8-revoked-grant.ts';
import { serviceUnavailable } from './failures/m35-service-unavailable.ts';
import { dedicatedApplication } from './failures/n1-dedicated-application.ts';
import { partySilent } from './failures/p1-party-silent.ts';
import { clocksDiffer } from './failures/p2-clocks-differ.ts';
import { certificateEnds } from './failures/p3-certificate-ends.ts';
import { agentReports } from './failures/p4-agent-reports.ts';
import { hcw8064 } from './failures/w1-hcw8064.ts';
import { applicationMissing } from './failures/w2-application-missing.ts';

/** Every failure that the doctor knows, in the catalogue's order. */
export const catalogue: readonly Failure[] = [
  internalServerError,
  explicitLocalMailbox,
  verifyingSecurity,
  unableToConnect,
  autodiscoverNotFound,
  ambiguousUser,
  closedOnReceive,
  closedOnSend,
  configurationNotFound,
  unauthorized,
  invalidUser,
  noFreeBusyAccess,
  forbiddenUrl,
  unableToResolve,
  processingTokens,
  crossOrganization,
  missingSigningCertificate,
  linkedAccount,
  passwordsDoNotMatch,
  passwordHasToBeChanged,
  provisionNeeded,
  timedOut,
  memberNameInvalid,
  tooManyEntries,
  workHours,
  invalidSignature,
  keyNotFound,
  notWellFormed,
  gatewayUnreachable,
  nameNotResolved,
  asUrl,
  objectMoved,
  tlsChannel,
  userDoesNotExist,
  audienceHost,
  serviceUnavailable,
  noBearer,
  authorizationUri,
  flighting,
  missingSpn,
  renamedHost,
  sslOffload,
  unknownUser,
  revokedGrant,
  hcw8064,
  applicationMissing,
  agentForbidden,
  dedicatedApplication,
  partySilent,
  clocksDiffer,
  certificateEnds,
  agentReports,
];

/** The failure of an id, in whatever case it was typed. */
export function findFailure(id: string): Failure | undefined {
  return catalogue.find((failure) => failure.id.toLowerCase() === id.toLowerCase());
}

/** The cause of an id, with the failure that it belongs to. */
export function findCause(id: string): { failure: Failure; cause: Cause } | undefined {
  for (const failure of catalogue) {
    const cause = failure.causes.find((candidate) => candidate.id === id.toLowerCase());
    if (cause !== undefined) return { failure, cause };
  }
  return undefined;
}
