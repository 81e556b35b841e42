import type { Clock } from '../foundation/index.ts';
import { errorCode, errorText, HybridgeError, systemClock } from '../foundation/index.ts';
import type { CmdletInvocation } from '../management/index.ts';
import { withCredential } from './on-premises-credential.ts';
import { isWanted } from './plan.ts';
import type { AgentPhase, Credential, AgentInstaller, Sessions, SetupSettings, SetupStep, StepView, TextRecord } from './plan.ts';
import { WizardError } from './wizard-error.ts';

export interface StepReport {
  step: SetupStep;
  /** What was run, or with `dryRun` what would be run next. */
  invocations: readonly CmdletInvocation[];
  outcome: 'already as it should be' | 'applied and verified' | 'would change' | 'failed' | 'left out' | 'not there';
  /** Why it failed, where the run went on without it. */
  error?: WizardError;
  /** The cmdlet that the organisation does not know, where the step is not there for it. */
  absent?: string;
  durationMs: number;
}

export interface RunSetupOptions {
  sessions: Sessions;
  settings: SetupSettings;
  steps: readonly SetupStep[];
  /** Only observe and say what would be run. Default false. */
  dryRun?: boolean;
  /**
   * Goes on without the OAuth portion when a step of it fails and delegated federation is configured as well: its further
   * steps are left out, so that no connector points at what does not work. Goes on, too, where a step fails that has a
   * published warning of its own. Default false.
   */
  mayWarn?: boolean;
  /** The account that is handed to a migration endpoint. */
  credential?: Credential;
  /** Publishes TXT records in the DNS of the hybrid domains. Without it an administrator is asked to. */
  publishText?: (record: TextRecord) => Promise<void>;
  /** The agent of this machine. Absent: none can be installed or removed from here. */
  localAgent?: Pick<AgentInstaller, 'install' | 'remove'>;
  /** Called as a phase of its installation or removal ends. */
  onAgentPhase?: (phase: AgentPhase) => void;
  /** Called before each cmdlet, and waited for; what it throws stops the run. */
  beforeInvocation?: (step: SetupStep, invocation: CmdletInvocation) => void | Promise<void>;
  /** Called as each cmdlet has run. */
  onInvocation?: (step: SetupStep, invocation: CmdletInvocation) => void;
  /** Called as a step begins. */
  onBegin?: (step: SetupStep) => void;
  onStep?: (report: StepReport) => void;
  signal?: AbortSignal;
  clock?: Clock;
}

/** Rounds after which a step that still wants changes is taken to be in conflict with somebody else. */
const maximumRounds = 6;

/**
 * Brings both sides to the hybrid configuration, step by step. A step is verified by looking again: it holds when
 * observing it anew finds nothing to change. Stopping in the middle leaves finished steps in place, and the next run
 * goes on from there.
 *
 * @throws WizardError `WIZARD_STEP_FAILED` (a cmdlet was refused), `WIZARD_UNREACHABLE`, `WIZARD_ROLE`, `WIZARD_STEP_DOES_NOT_SETTLE`, `WIZARD_STOPPED`
 */
export async function runSetup(options: RunSetupOptions): Promise<readonly StepReport[]> {
  const clock = options.clock ?? systemClock;
  const view = stepView(options, clock);
  const reports: StepReport[] = [];
  let isOAuthLeft = false;
  for (const step of options.steps) {
    if (!isWanted(step, options.settings)) continue;
    const started = clock.now();
    options.onBegin?.(step);
    const isOAuth = step.isOAuth === true && options.settings.freeBusy === 'both';
    const mayFail = options.mayWarn === true && (isOAuth || step.mayFailAs !== undefined);
    const report: Omit<StepReport, 'durationMs'> = isOAuthLeft && isOAuth ? ({ step, invocations: [], outcome: 'left out' }) : await (mayFail ? tryStep(step, view, options) : runStep(step, view, options));
    isOAuthLeft ||= isOAuth && report.outcome === 'failed';
    const timed = { ...report, durationMs: clock.now() - started };
    reports.push(timed);
    options.onStep?.(timed);
  }
  return reports;
}

/** A step whose failure does not end the run. Being stopped does, and so does a record that cannot be kept. */
async function tryStep(step: SetupStep, view: StepView, options: RunSetupOptions): Promise<Omit<StepReport, 'durationMs'>> {
  const applied: CmdletInvocation[] = [];
  try {
    return await runStep(step, view, { ...options, onInvocation: (...ran) => (applied.push(ran[1]), options.onInvocation?.(...ran)) });
  } catch (error) {
    if (!(error instanceof WizardError) || error.code === 'WIZARD_STOPPED' || error.code === 'WIZARD_RECORDS') throw error;
    return { step, invocations: applied, outcome: 'failed', error };
  }
}

async function runStep(step: SetupStep, view: StepView, options: RunSetupOptions): Promise<Omit<StepReport, 'durationMs'>> {
  const absent = await firstUnknown(step, view);
  if (absent !== undefined) return { step, invocations: [], outcome: 'not there', absent };
  const applied: CmdletInvocation[] = [];
  for (let round = 0; round < maximumRounds; round++) {
    const wanted = await attempt(step, () => step.changes(view));
    if (wanted.length === 0) {
      return { step, invocations: applied, outcome: applied.length === 0 ? 'already as it should be' : 'applied and verified' };
    }
    if (options.dryRun === true) return { step, invocations: wanted, outcome: 'would change' };
    const refused = new Map<string, WizardError>();
    for (const invocation of wanted) {
      if (refused.has(objectOf(invocation))) continue;
      if (options.signal?.aborted === true) {
        throw new WizardError('WIZARD_STOPPED', `Set-up was stopped during "${step.title}".`, { remedy: 'Run it again: it goes on where it stopped.' });
      }
      await options.beforeInvocation?.(step, invocation);
      try {
        await attempt(step, () => options.sessions[invocation.session].invoke(invocation.cmdlet, withCredential(invocation.parameters, options.credential)), invocation);
      } catch (error) {
        // One object that cannot be copied keeps no other back.
        if (step.isTransfer !== true || !(error instanceof WizardError) || error.code !== 'WIZARD_STEP_FAILED') throw error;
        refused.set(objectOf(invocation), error);
        continue;
      }
      applied.push(invocation);
      options.onInvocation?.(step, invocation);
    }
    if (refused.size > 0) throw notCopied(step, refused);
  }
  throw new WizardError('WIZARD_STEP_DOES_NOT_SETTLE', `"${step.title}" still finds something to change after ${maximumRounds} rounds.`, {
    facts: { step: step.id, applied: applied.map((invocation) => invocation.cmdlet) },
    remedy: 'Look whether something else changes the same objects, then run set-up again.',
  });
}

/** `RemoteDomain “Fabrikam”`: what a cmdlet is about. */
function objectOf({ cmdlet, parameters }: CmdletInvocation): string {
  const name = parameters['Identity'] ?? parameters['Name'];
  return `${cmdlet.slice(cmdlet.indexOf('-') + 1)}${typeof name === 'string' ? ` “${name}”` : ''}`;
}

function notCopied(step: SetupStep, refused: ReadonlyMap<string, WizardError>): WizardError {
  const remedies = [...refused].map(([object, error]) => `${object}: ${error.remedy ?? 'correct it, or make it by hand.'}`);
  return new WizardError('WIZARD_STEP_FAILED', [...refused].map(([object, error]) => `${object}: ${errorText(error.cause ?? error)}`).join(' '), { facts: { step: step.id, objects: [...refused.keys()] }, cause: [...refused.values()][0], remedy: remedies.join(' ') });
}

/** The first of the cmdlets that a step needs which its organisation does not have. */
async function firstUnknown(step: SetupStep, view: StepView): Promise<string | undefined> {
  for (const { session, cmdlet } of step.needs ?? []) {
    try {
      await view.get(session, cmdlet);
    } catch (error) {
      const code = errorCode(error);
      if (code === 'MANAGEMENT_CMDLET_NOT_FOUND' || code === 'WIZARD_NOT_COLLECTED') return cmdlet;
      throw error;
    }
  }
  return undefined;
}

async function attempt<T>(step: SetupStep, run: () => Promise<T>, invocation?: CmdletInvocation): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof WizardError) throw error;
    const facts = { step: step.id, cmdlet: invocation?.cmdlet, code: error instanceof HybridgeError ? error.code : undefined };
    if (errorCode(error) === 'MANAGEMENT_UNREACHABLE') {
      throw new WizardError('WIZARD_UNREACHABLE', `"${step.title}" was interrupted${invocation === undefined ? '' : ` at ${invocation.cmdlet}`}: ${errorText(error)}`, { facts, cause: error, retryable: true, remedy: 'See that the side is reached again, then run set-up again: it goes on where it stopped.' });
    }
    // A cmdlet that changes something, on a side whose other cmdlets have answered, is missing for want of a role.
    if (invocation !== undefined && ['MANAGEMENT_CMDLET_NOT_FOUND', 'MANAGEMENT_ACCESS_DENIED'].includes(errorCode(error) ?? '')) {
      throw new WizardError('WIZARD_ROLE', `"${step.title}" failed: the account may not run ${invocation.cmdlet}. ${errorText(error)}`, { facts, cause: error, remedy: 'Use a member of the role group Organization Management on premises, a Global Administrator in the tenant, and run set-up again: it goes on where it stopped.' });
    }
    throw new WizardError('WIZARD_STEP_FAILED', `${step.publishedCode === undefined ? '' : `${step.publishedCode} - `}"${step.title}" failed${invocation === undefined ? '' : ` at ${invocation.cmdlet}`}: ${errorText(error)}`, {
      facts,
      cause: error,
      ...(error instanceof HybridgeError && error.remedy !== undefined ? { remedy: error.remedy } : {}),
    });
  }
}

function stepView(options: RunSetupOptions, clock: Clock): StepView {
  return {
    settings: options.settings,
    now: () => clock.now(),
    get: (session, cmdlet, parameters = {}) => options.sessions[session].invoke(cmdlet, parameters),
    publish: (records) => publish(options, records),
    async installAgent() {
      if (options.dryRun === true) return;
      if (options.localAgent === undefined) throw new WizardError('WIZARD_PREREQUISITE', 'No Hybrid Agent can be installed from here.', { remedy: 'Name the relay in the file given with --config, or install the agent by hand: docs/agent.md.' });
      await options.localAgent.install((phase) => options.onAgentPhase?.(phase));
    },
    async removeAgent() {
      if (options.dryRun !== true) await options.localAgent?.remove((phase) => options.onAgentPhase?.(phase));
    },
  };
}

async function publish({ publishText, dryRun }: RunSetupOptions, records: readonly TextRecord[]): Promise<void> {
  if (dryRun === true) return;
  if (publishText === undefined) {
    throw new WizardError('WIZARD_PREREQUISITE', 'The federation gateway will look for a proof that the domains are yours.', {
      facts: { records },
      remedy: `Publish in the public DNS, then run set-up again: ${records.map(({ name, text }) => `${name} TXT IN ${text}`).join('; ')}`,
    });
  }
  for (const record of records) await publishText(record);
}
