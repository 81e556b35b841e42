/**
 * The availability service of one organisation: free/busy and meeting suggestions for local mailboxes as far as the
 * requester may see them, and for everybody else's through the organisation they have moved to. It reaches other
 * organisations over intra-organisation connectors with OAuth and over organisation relationships with delegation tokens;
 * availability address spaces are recognised and answered with an error that says so. It expands no distribution lists,
 * and follows Autodiscover no further than its connectors' and relationships' domains reach.
 */
export { createAvailabilityEngine } from './availability-engine.ts';
export type { AvailabilityEngineOptions } from './availability-engine.ts';
export type { AvailabilityErrorCode } from './availability-error.ts';
export type { DelegationRequest, GetAuthorization, GetDelegation } from './cross-premises/remote-client.ts';
export type { SetDeadline } from './cross-premises/deadline.ts';
export type { AvailabilityFailureCode } from './published-failures.ts';
export type { RequestLimits } from './request-limits.ts';
