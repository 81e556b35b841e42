/**
 * One organisation running: wires directory, availability, EWS, Autodiscover and the admin API to listeners, signs
 * callers in, logs and counts. It decides nothing about calendars, tokens or cmdlets; those rooms do.
 */
export { initializeOrganization } from './initialize-organization.ts';
export type { InitialOrganization } from './initialize-organization.ts';
export { startPremises } from './start-premises.ts';
export type { PremisesListener, PremisesOptions, RunningPremises } from './start-premises.ts';
export type { PremisesError } from './premises-error.ts';
export type { PremisesErrorCode } from './premises-error.ts';
