import type { Clock } from '../../foundation/index.ts';
import { errorText, HybridgeError } from '../../foundation/index.ts';
import type { CmdletInvocation } from '../../management/index.ts';
import { WizardError } from '../wizard-error.ts';
import type { UnreachedSide } from './certificate-entry.ts';
import type { CertificateSources } from './certificate-sources.ts';
import { viewSources } from './certificate-sources.ts';
import { planAuthRenewal } from './plan-auth-renewal.ts';
import { planFederationRenewal } from './plan-federation-renewal.ts';
import { planTrustRefresh } from './plan-trust-refresh.ts';
import type { PlanRenewal, RenewalOptions, RenewalPlan, RenewalStage, RenewalTopic } from './renewal-plan.ts';
import { parametersNow } from './renewal-plan.ts';

const planners: Readonly<Record<RenewalTopic, PlanRenewal>> = { auth: planAuthRenewal, federation: planFederationRenewal, trust: planTrustRefresh };

/** What is still to be done for one kind of certificate. @throws WizardError `WIZARD_PREREQUISITE` when a side could not be asked */
export async function planRenewal(sources: CertificateSources, topic: RenewalTopic, options: RenewalOptions = {}): Promise<RenewalPlan> {
  const unreached: UnreachedSide[] = [];
  const plan = await planners[topic](viewSources(sources, unreached), options);
  if (plan !== undefined && unreached.length === 0) return plan;
  const [first] = unreached;
  throw new WizardError('WIZARD_PREREQUISITE', `A renewal cannot be planned: ${first === undefined ? 'the connections of organisation and tenant are needed' : `${first.side}: ${first.reason}`}`, {
    facts: { topic, unreached: unreached.map(({ side }) => side) },
    remedy: 'Name the connections (--config or --state), and see with hybridge certificates list who answers.',
  });
}

export interface ApplyRenewalOptions extends RenewalOptions {
  sources: CertificateSources;
  topic: RenewalTopic;
  clock: Clock;
  onStage?: (stage: RenewalStage) => void;
  /** Called after each cmdlet, and waited for: whoever wants to look in between looks here. */
  onInvocation?: (stage: RenewalStage, invocation: CmdletInvocation) => void | Promise<void>;
  signal?: AbortSignal;
}

export interface AppliedRenewal {
  stages: readonly RenewalStage[];
  /** What cannot be done yet. */
  remaining: RenewalPlan;
}

/** More than any renewal has. */
const mostStages = 12;

/**
 * Runs every stage whose time has come. What comes next is decided anew after each, by looking; so a run that was
 * interrupted, or that has to wait for two days, is gone on with by running it again. A stage that does not show in what
 * is seen afterwards ends the run.
 *
 * @throws WizardError `WIZARD_STEP_FAILED`, `WIZARD_STEP_DOES_NOT_SETTLE`, `WIZARD_STOPPED`, and as `planRenewal`
 */
export async function applyRenewal(options: ApplyRenewalOptions): Promise<AppliedRenewal> {
  const { sources, topic } = options;
  const stages: RenewalStage[] = [];
  let plan = await planRenewal(sources, topic, options);
  // A roll-over that was under way is brought to its end; being asked for by force does not begin another one after it.
  const begins = plan.stages.some(({ id }) => id === 'make' || id === 'announce');
  while (stages.length < mostStages) {
    const stage = plan.stages[0];
    if (stage === undefined || stage.waitsFor !== undefined || (stage.notBefore ?? 0) > options.clock.now()) return { stages, remaining: plan };
    if (stages.at(-1)?.id === stage.id) break;
    options.onStage?.(stage);
    await runStage(stage, plan, options);
    stages.push(stage);
    const isUnderWay = !begins || stages.some(({ id }) => id === 'announce');
    plan = await planRenewal(sources, topic, { ...options, force: options.force === true && !isUnderWay });
  }
  throw new WizardError('WIZARD_STEP_DOES_NOT_SETTLE', `"${stages.at(-1)?.title ?? ''}" was done, and nothing is seen of it.`, {
    facts: { topic, stages: stages.map(({ id }) => id) },
    remedy: 'Directories may still be replicating. Look again later with hybridge certificates list.',
  });
}

async function runStage(stage: RenewalStage, plan: RenewalPlan, options: ApplyRenewalOptions): Promise<void> {
  for (const invocation of stage.invocations) {
    if (options.signal?.aborted === true) throw new WizardError('WIZARD_STOPPED', `The renewal was stopped during "${stage.title}".`, { remedy: 'Run it again: it goes on where it stopped.' });
    const parameters = parametersNow(invocation);
    const session = options.sources.sessions[invocation.session];
    try {
      if (parameters === undefined || session === undefined) throw new WizardError('WIZARD_PREREQUISITE', `${invocation.cmdlet} cannot run: ${session === undefined ? 'there is no connection for it' : 'the certificate could not be exported'}.`);
      await session.invoke(invocation.cmdlet, parameters);
    } catch (error) {
      throw new WizardError('WIZARD_STEP_FAILED', `${plan.title}: "${stage.title}" failed at ${invocation.cmdlet}: ${errorText(error)}`, {
        facts: { stage: stage.id, cmdlet: invocation.cmdlet, code: error instanceof HybridgeError ? error.code : undefined },
        cause: error,
        ...(error instanceof HybridgeError && error.remedy !== undefined ? { remedy: error.remedy } : {}),
      });
    }
    await options.onInvocation?.(stage, invocation);
  }
}
