/**
 * The Hybrid Configuration Wizard without a screen: steps that compare what is with what should be, and the run that
 * applies them as cmdlets and verifies each by looking again. It configures free/busy through the relay, over OAuth with
 * intra-organization connectors, over delegated federation with organization relationships, or both, and leaves the
 * objects that moves and other tools look for. Connectors for mail are part of it where that is wanted. It shows nothing: callers print or draw what it reports.
 */
import type { SetupStep } from './plan.ts';
import { acceptedDomain } from './steps/accepted-domain.ts';
import { addressPolicies } from './steps/address-policies.ts';
import { agentEndpoint } from './steps/agent-endpoint.ts';
import { agentRemoval } from './steps/agent-removal.ts';
import { authCertificate } from './steps/auth-certificate.ts';
import { authServers } from './steps/auth-servers.ts';
import { cloudConnector } from './steps/cloud-connector.ts';
import { cloudRelationship } from './steps/cloud-relationship.ts';
import { configurationTransfer } from './steps/configuration-transfer.ts';
import { dedicatedApplication } from './steps/dedicated-application.ts';
import { delegationTokens } from './steps/delegation-tokens.ts';
import { federatedDomains } from './steps/federated-domains.ts';
import { federationTrust } from './steps/federation-trust.ts';
import { inboundConnector } from './steps/inbound-connector.ts';
import { hybridApplication } from './steps/hybrid-application.ts';
import { hybridConfiguration } from './steps/hybrid-configuration.ts';
import { migrationEndpoint } from './steps/migration-endpoint.ts';
import { mrsProxy } from './steps/mrs-proxy.ts';
import { onPremisesConnector } from './steps/on-premises-connector.ts';
import { onPremisesOrganization } from './steps/on-premises-organization.ts';
import { onPremisesRelationship } from './steps/on-premises-relationship.ts';
import { outboundConnector } from './steps/outbound-connector.ts';
import { partnerApplication } from './steps/partner-application.ts';
import { receiveConnectors } from './steps/receive-connectors.ts';
import { remoteDomains } from './steps/remote-domains.ts';
import { sendConnector } from './steps/send-connector.ts';
import { servicePrincipalNames } from './steps/service-principal-names.ts';
import { tenantCredential } from './steps/tenant-credential.ts';
import { virtualDirectories } from './steps/virtual-directories.ts';

export { assessCertificates } from './certificates/assess-certificates.ts';
export type { AssessedCertificate, Assessment, Thresholds } from './certificates/assess-certificates.ts';
export type { CertificateEntry, CertificateInventory, CertificateProblem, Counterpart, Severity, UnreachedSide } from './certificates/certificate-entry.ts';
export type { CertificateSources, LocalAgent, TlsEndpoint } from './certificates/certificate-sources.ts';
export { printRenewal, whenText } from './certificates/print-renewal.ts';
export { applyRenewal, planRenewal } from './certificates/renew-certificates.ts';
export type { AppliedRenewal, ApplyRenewalOptions } from './certificates/renew-certificates.ts';
export { renewalDefaults } from './certificates/renewal-plan.ts';
export type { RenewalOptions, RenewalPlan, RenewalStage, RenewalTopic } from './certificates/renewal-plan.ts';
export { takeInventory } from './certificates/take-inventory.ts';
export { checkPrerequisites } from './setup/prerequisites/check-prerequisites.ts';
export { foundSentence } from './setup/prerequisites/prerequisite.ts';
export type { PrerequisiteFacts, PrerequisiteOutcome, PrerequisiteResult } from './setup/prerequisites/prerequisite.ts';
export { runSetup } from './run-setup.ts';
export type { RunSetupOptions, StepReport } from './run-setup.ts';
export { verifyLookups } from './verify-lookups.ts';
export type { LookupProof, LookupProofResult } from './verify-lookups.ts';
export { WizardError } from './wizard-error.ts';
export type { WizardErrorCode } from './wizard-error.ts';
export { applySetup, describeDifference, refuseChangedState, runName, undoSetup, unfinishedRun } from './setup/apply-setup.ts';
export { setupChoicesSchema } from './setup/choices.ts';
export type { SetupChoices } from './setup/choices.ts';
export { decideSettings, isDedicatedUsual, sharedDomains, shownAgents, shownServers, topologyOf, transferOf } from './setup/decide-settings.ts';
export { warningsOf } from './setup/hcw-warning.ts';
export { createHcwLog, hcwLogIds } from './setup/hcw-log.ts';
export type { HcwLog } from './setup/hcw-log.ts';
export { takeLock } from './setup/lock.ts';
export { coveringName, mailCertificates } from './setup/mail-certificates.ts';
export type { TransferCandidate, TransferComparison, TransferDifference } from './setup/transfer/compare-transfer.ts';
export { planSetup } from './setup/plan-setup.ts';
export type { PlannedChange, PlannedStep, SetupPlan } from './setup/plan-setup.ts';
export { printCollectScript } from './setup/print-collect-script.ts';
export { readEvidence } from './setup/read-evidence.ts';
export { printPlan } from './setup/print-plan.ts';
export { snapshotSchema } from './setup/run-record.ts';
export type { RunAnswers } from './setup/run-record.ts';
export { createSetupReport, factsOf } from './report/setup-report.ts';
export type { SetupReport } from './report/setup-report.ts';
export type { RunFacts } from './report/run-facts.ts';
export { writeSetupReport } from './report/write-setup-report.ts';
export { uninstallSteps } from './uninstall/uninstall-steps.ts';
export { configurationText, fingerprintOf, sessionTitles, takeSnapshot, tryReading } from './setup/snapshot.ts';
export type { Snapshot } from './setup/snapshot.ts';
export { freeBusyTrusts, setupConfigurations, setupTopologies } from './plan.ts';
export type { AgentInstaller, AgentPhase, Credential, FreeBusyTrust, Sessions, SetupSettings, SetupStep, TextRecord } from './plan.ts';

/** The steps of set-up, in the order in which they run: trust first, the connectors and relationships that use it after it. */
export const setupSteps: readonly SetupStep[] = [
  hybridConfiguration,
  acceptedDomain,
  remoteDomains,
  addressPolicies,
  mrsProxy,
  hybridApplication,
  agentEndpoint,
  authCertificate,
  tenantCredential,
  servicePrincipalNames,
  authServers,
  dedicatedApplication,
  partnerApplication,
  virtualDirectories,
  onPremisesConnector,
  cloudConnector,
  federationTrust,
  federatedDomains,
  onPremisesRelationship,
  cloudRelationship,
  sendConnector,
  receiveConnectors,
  inboundConnector,
  outboundConnector,
  onPremisesOrganization,
  migrationEndpoint,
  configurationTransfer,
  delegationTokens,
  agentRemoval,
];
