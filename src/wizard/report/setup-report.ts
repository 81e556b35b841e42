import type { CmdletInvocation } from '../../management/index.ts';
import type { AgentPhase, SessionName, SetupSettings } from '../plan.ts';
import type { StepReport } from '../run-setup.ts';
import type { HcwWarning } from '../setup/hcw-warning.ts';
import { warningsOf } from '../setup/hcw-warning.ts';
import { remainingByHand } from './remaining-by-hand.ts';
import type { ManualTask } from './remaining-by-hand.ts';
import type { RunFacts } from './run-facts.ts';

/** The last page: what was done, by which cmdlets on which side, and what remains. */
export interface SetupReport {
  status: 'done' | 'unchanged' | 'warnings' | 'failed';
  verdict: string;
  /** Whether there is something for `--undo`. */
  isUndoable: boolean;
  startedAt: number;
  finishedAt: number;
  facts: readonly (readonly [name: string, value: string])[];
  /** Those that did something or failed. */
  steps: readonly StepReport[];
  /** Titles of steps that found nothing to change. */
  kept: readonly string[];
  interrupted: readonly CmdletInvocation[];
  /** Cmdlets of the plan that the run did without: what they make was there when their turn came. */
  notNeeded: readonly string[];
  bySide: Readonly<Partial<Record<SessionName, readonly CmdletInvocation[]>>>;
  agentPhases: readonly AgentPhase[];
  proofs: RunFacts['proofs'];
  warnings: readonly HcwWarning[];
  byHand: readonly ManualTask[];
  logFile: string;
}

export function createSetupReport(facts: RunFacts): SetupReport {
  const { settings, steps, failure, isUninstall } = facts;
  const invocations = [...steps.flatMap((step) => step.invocations), ...facts.interrupted];
  const bySide: Partial<Record<SessionName, CmdletInvocation[]>> = {};
  for (const invocation of invocations) (bySide[invocation.session] ??= []).push(invocation);
  const warnings = warningsOf(steps);
  const hasAgentChange = facts.agentPhases.some(({ detail }) => !/already/.test(detail));
  const status = failure !== undefined ? 'failed' : warnings.length > 0 ? 'warnings' : invocations.length === 0 && !hasAgentChange ? 'unchanged' : 'done';
  return {
    status,
    isUndoable: !isUninstall && (invocations.length > 0 || hasAgentChange),
    verdict: failure !== undefined ? failure.message : verdictOf(status, isUninstall, settings),
    startedAt: facts.startedAt,
    finishedAt: facts.finishedAt,
    facts: factsOf(settings, isUninstall),
    steps: steps.filter(({ outcome, step }) => outcome !== 'already as it should be' || step.verifies === true).filter(({ outcome }) => outcome !== 'not there'),
    kept: steps.filter(({ outcome, step }) => outcome === 'already as it should be' && step.verifies !== true).map(({ step }) => step.title),
    interrupted: facts.interrupted,
    notNeeded: status === 'done' ? notRun(facts.planned, invocations) : [],
    bySide,
    agentPhases: facts.agentPhases,
    proofs: facts.proofs,
    warnings,
    byHand: remainingByHand(facts),
    logFile: facts.logFile,
  };
}

function notRun(planned: readonly CmdletInvocation[], ran: readonly CmdletInvocation[]): readonly string[] {
  const left = ran.map(({ session, cmdlet }) => `${session} ${cmdlet}`);
  return planned.flatMap(({ session, cmdlet }) => {
    const at = left.indexOf(`${session} ${cmdlet}`);
    if (at !== -1) left.splice(at, 1);
    return at === -1 ? [cmdlet] : [];
  });
}

function verdictOf(status: SetupReport['status'], isUninstall: boolean, { hybridDomains }: SetupSettings): string {
  if (isUninstall) return 'Hybrid is taken away.';
  const domains = hybridDomains.join(', ');
  if (status === 'warnings') return `The hybrid deployment of ${domains} is set up, but for what is named below.`;
  return status === 'unchanged' ? `The hybrid deployment of ${domains} was as it should be.` : `The hybrid deployment of ${domains} is set up, and every step is verified.`;
}

const trusts = { oauth: 'OAuth', dauth: 'delegated federation (DAuth)', both: 'OAuth, with delegated federation beside it' } as const;

/** What was decided. */
export function factsOf(settings: SetupSettings, isUninstall = false): readonly (readonly [string, string])[] {
  if (isUninstall) return [['Tenant', settings.tenantId]];
  const isFull = settings.configuration === 'Full';
  return [
    ['Configuration', `${settings.configuration}, ${settings.topology} topology`],
    ...(isFull ? [['Free/busy', `${trusts[settings.freeBusy]}${settings.freeBusy !== 'dauth' && settings.dedicatedApplication ? ', dedicated hybrid application' : ''}`] as const] : []),
    ...(settings.transfer.length === 0 ? [] : [['Transfer', settings.transfer.join(', ')] as const]),
    ...(settings.mail === undefined ? [] : [['Mail', `to ${settings.mail.host}, certificate ${settings.mail.certificateDomain}${settings.mail.isCentralized ? ', centralised transport' : ''}`] as const]),
    ['Domains', settings.hybridDomains.join(', ')],
    ['Routing domain', settings.coexistenceDomain],
    ['Tenant', settings.tenantId],
  ];
}
