/**
 * What goes wrong in a hybrid deployment, and what to do: the knowledge of every failure of the catalogue (texts, what
 * happens underneath, causes with proof, repair and risk), and recognition of pasted errors. It changes nothing by itself.
 */
export { catalogue, findCause, findFailure } from './knowledge/catalogue.ts';
export type { Authentication, Cause, CommandStep, Direction, Failure, ManualStep, Place, Reference, Step } from './knowledge/failure.ts';
export { recognizeFailures } from './recognition/recognize-failures.ts';
export type { Recognition } from './recognition/recognize-failures.ts';
export { diagnoseFreeBusy } from './live/diagnose-free-busy.ts';
export type { FreeBusyDiagnosis, ProbeReport, ProvenCause } from './live/diagnose-free-busy.ts';
export type { Finding, FreeBusyCase, LookupOutcome, ProbeOutcome } from './live/free-busy-case.ts';
