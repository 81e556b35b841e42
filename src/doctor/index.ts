/**
 * What goes wrong in a hybrid deployment, and what to do: the knowledge of every failure of the catalogue (texts, what
 * happens underneath, causes with proof, repair and risk), recognition of pasted errors, reading of evidence (logs, traces,
 * exports), masking of secrets, live probes, and reports. It changes nothing by itself, and does not draw on a terminal.
 */
export { catalogue, findCause, findFailure } from './knowledge/catalogue.ts';
export { placeNames } from './knowledge/place-names.ts';
export type { Authentication, Cause, CommandStep, Direction, Failure, ManualStep, Place, Reference, Step } from './knowledge/failure.ts';
export { codeTables, ownCodes } from './knowledge/own-codes/own-codes.ts';
export { recognizeFailures } from './recognition/recognize-failures.ts';
export { recognizeText } from './recognition/recognize-own-codes.ts';
export type { Recognition } from './recognition/recognize-failures.ts';
export { examineTokens } from './tokens/examine-tokens.ts';
export type { ExaminedToken } from './tokens/examine-tokens.ts';
export { diagnoseFreeBusy } from './live/diagnose-free-busy.ts';
export { provenCause, worksAlready } from './live/run-probes.ts';
export type { Diagnosis, ProbeReport, ProvenCause } from './live/run-probes.ts';
export type { FreeBusyCase } from './live/free-busy-case.ts';
export type { Finding, LookupOutcome, ProbeOutcome } from './live/probe.ts';
export { diagnosePath } from './live/path/diagnose-path.ts';
export type { PathTopic } from './live/path/diagnose-path.ts';
export type { PathCase } from './live/path/path-case.ts';
export { readClientRegistry, takesModernAuthentication } from './live/path/read-client-registry.ts';
export type { ClientRegistry } from './live/path/read-client-registry.ts';
export { isAttempt, reportOfDiagnosis, reportOfLookup, reportProbe } from './report/report-of-diagnosis.ts';
export { examineEvidence } from './evidence/examine-evidence.ts';
export type { ExamineOptions } from './evidence/examine-evidence.ts';
export type { LocalClock } from './evidence/rules/local-offsets.ts';
export type { EvidenceFinding, EvidenceReport } from './evidence/conclude-evidence.ts';
export type { EvidenceFile, EvidenceKind, EvidenceLine, EvidenceSide, TimelineEntry } from './evidence/evidence-types.ts';
export { redactEvidence } from './masking/redact-evidence.ts';
export type { RedactOptions, RedactReport } from './masking/redact-evidence.ts';
export type { DoctorReport, ReportFinding, ReportProbe } from './report/doctor-report.ts';
export { reportOfEvidence } from './report/report-of-evidence.ts';
export { reportOfText } from './report/report-of-text.ts';
export { offsetText } from './evidence/text/offset-text.ts';
export { reportStyle } from './report/report-style.ts';
export { escape as escapeHtml, writeHtmlReport } from './report/write-html-report.ts';
