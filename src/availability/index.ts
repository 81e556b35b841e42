/**
 * The availability service of one organisation: free/busy and meeting suggestions for local mailboxes as far as the
 * requester may see them, and for everybody else's through the organisation they have moved to. It reaches other
 * organisations over intra-organisation connectors with OAuth, over organisation relationships with delegation tokens, and
 * over availability address spaces with a name and password. An organisation's own calendars may be on a CalDAV server. Groups are answered with the merged stream of their members. It speaks neither NTLM nor
 * Kerberos to others, and follows Autodiscover no further than its connectors', relationships' and spaces' domains reach.
 */
export { caldavCalendars } from './caldav/caldav-calendars.ts';
export type { CalDavSettings } from './caldav/caldav-calendars.ts';
export { createAvailabilityEngine } from './availability-engine.ts';
export type { AvailabilityEngineOptions } from './availability-engine.ts';
export type { AvailabilityErrorCode } from './availability-error.ts';
export type { DelegationRequest, GetAuthorization, GetDelegation } from './cross-premises/remote-client.ts';
export type { SetDeadline } from './cross-premises/deadline.ts';
export type { AvailabilityFailureCode } from './published-failures.ts';
export type { RequestLimits } from './request-limits.ts';
