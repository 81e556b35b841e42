/**
 * The lab: two organisations with generated people, the token service, the relay and an agent, all on loopback with real
 * sockets and TLS, set up by the wizard; and a client that asks as its people would. It plays no party itself: it starts
 * the same ones that run anywhere else. Faults break it by real states, each cause of a
 * failure by itself: configuration, and conditions of its world (clocks, DNS, firewalls, devices in the way, parties that
 * are off, the version of a server), which its owner changes by a door of the lab's own.
 */
export { startLab } from './start-lab.ts';
export type { LabEvent, RunningLab, StartLabOptions } from './start-lab.ts';
export { findAccount, readLabInfo } from './lab-info.ts';
export type { LabAccount, LabInfo } from './lab-info.ts';
export { readLabClient } from './outlook/office-registry.ts';
export { signInAsOutlook } from './outlook/sign-in-as-outlook.ts';
export { createLabClient } from './lab-client.ts';
export type { LabClient, LabLookup } from './lab-client.ts';
export { lookupProofs } from './lookup-proofs.ts';
export { publishLabText } from './published-texts.ts';
export { labOrganizationFiles } from './lab-organization-files.ts';
export { labDial } from './lab-dial.ts';
export type { LabError } from './lab-error.ts';
export type { LabErrorCode } from './lab-error.ts';
export type { CalendarImport } from './import-calendars.ts';
export { faults } from './faults/faults.ts';
export { causesWithoutFault } from './faults/causes-without-fault.ts';
export { runOAuthPortion, wizardSessions } from './symptoms/run-oauth-portion.ts';
export { showSymptom } from './symptoms/show-symptom.ts';
export type { Fault, FaultPlan, FaultSessions, FaultStep, Symptom } from './faults/fault.ts';
export { findFault, isPossible, openLabBreaker } from './faults/break-lab.ts';
export type { LabBreaker } from './faults/break-lab.ts';
export type { InjectedFault } from './faults/fault-records.ts';
export { describeCondition } from './conditions/describe-condition.ts';
export type { Condition, ConditionInput } from './conditions/condition.ts';
