import type { Clock } from '../../foundation/index.ts';
import type { CmdletInvocation } from '../../management/index.ts';
import type { AgentPhase, Credential, AgentInstaller, Sessions, SetupSettings, SetupStep, TextRecord } from '../plan.ts';
import { runSetup } from '../run-setup.ts';
import type { StepReport } from '../run-setup.ts';
import { WizardError } from '../wizard-error.ts';
import type { UndoConflict } from './plan-undo.ts';
import { planUndo } from './plan-undo.ts';
import { readRunRecords, startRunRecord } from './run-record.ts';
import type { RunAnswers, RunRecord } from './run-record.ts';
import type { Difference, Snapshot } from './snapshot.ts';
import { compareSnapshots, fingerprintOf, takeSnapshot } from './snapshot.ts';

export interface ApplySetupOptions {
  sessions: Sessions;
  settings: SetupSettings;
  steps: readonly SetupStep[];
  /** The configuration as it was gathered. */
  snapshot: Snapshot;
  /** Folder of the records of runs. */
  recordsFolder: string;
  clock: Clock;
  /** Kept in the record, so that an interrupted run is gone on with without them. */
  answers?: RunAnswers;
  /** The agent of this machine, where one can be installed and removed from here. */
  localAgent?: AgentInstaller;
  onAgentPhase?: (phase: AgentPhase) => void;
  /** It takes hybrid away: what it does is not for undo, nor is what was done before it. */
  isUninstall?: boolean;
  credential?: Credential;
  publishText?: (record: TextRecord) => Promise<void>;
  onBegin?: (step: SetupStep) => void;
  onStep?: (report: StepReport) => void;
  onInvocation?: (step: SetupStep, invocation: CmdletInvocation) => void;
  signal?: AbortSignal;
}

/** A run that came to no end and is not undone: the next one goes on with its record, so that undo reaches back to its beginning. */
export function unfinishedRun(recordsFolder: string): RunRecord | undefined {
  const last = readRunRecords(recordsFolder).at(-1);
  return last === undefined || last.isFinished || last.isUndone || !hasChanged(last) ? undefined : last;
}

function hasChanged({ invocations, agentChange }: RunRecord): boolean {
  return invocations.length > 0 || agentChange !== undefined;
}

/**
 * Runs the steps that belong to what is wanted. Each cmdlet is written down before it runs; each step is verified by
 * looking again.
 *
 * @throws WizardError as `runSetup`
 */
export async function applySetup(options: ApplySetupOptions): Promise<readonly StepReport[]> {
  const { clock } = options;
  let record = unfinishedRun(options.recordsFolder);
  // A run that changes nothing leaves no record.
  const begun = (): RunRecord => (record ??= startRunRecord(options.recordsFolder, runName(clock.now()), options.snapshot, options.answers));
  const { localAgent } = options;
  const reports = await runSetup({
    sessions: options.sessions,
    settings: options.settings,
    steps: options.steps,
    clock,
    mayWarn: true,
    ...(options.credential === undefined ? {} : { credential: options.credential }),
    beforeInvocation: ({ id }, invocation) => begun().willRun(id, invocation, clock.now()),
    onInvocation: (step, invocation) => {
      record?.hasRun(clock.now());
      options.onInvocation?.(step, invocation);
    },
    ...(localAgent === undefined
      ? {}
      : {
          localAgent: {
            async install(onPhase) {
              if (localAgent.id() === undefined) begun().changesAgent('installed', clock.now());
              await localAgent.install(onPhase);
            },
            async remove(onPhase) {
              if (localAgent.id() === undefined) return;
              begun().changesAgent('removed', clock.now());
              await localAgent.remove(onPhase);
            },
          },
        }),
    ...(options.onAgentPhase === undefined ? {} : { onAgentPhase: options.onAgentPhase }),
    ...(options.publishText === undefined ? {} : { publishText: options.publishText }),
    ...(options.onBegin === undefined ? {} : { onBegin: options.onBegin }),
    ...(options.onStep === undefined ? {} : { onStep: options.onStep }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  record?.end(clock.now());
  if (options.isUninstall === true) for (const each of readRunRecords(options.recordsFolder)) if (!each.isUndone) each.undone(clock.now());
  return reports;
}

/** `yyyyMMdd_HHmmss`, UTC: as the Hybrid Configuration Wizard names its files. */
export function runName(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '_');
}

/** @throws WizardError `WIZARD_STATE_CHANGED` with every difference, where what was reviewed is no longer what is there */
export function refuseChangedState(reviewed: Snapshot, now: Snapshot): void {
  if (fingerprintOf(reviewed) === fingerprintOf(now)) return;
  const differences = compareSnapshots(reviewed, now);
  const shown = differences.slice(0, 20).map(describeDifference);
  throw new WizardError('WIZARD_STATE_CHANGED', `The configuration has changed since the plan was made (${reviewed.takenAt}):\n${shown.join('\n')}${differences.length > shown.length ? `\n… and ${differences.length - shown.length} more` : ''}`, {
    facts: { differences: differences.length },
    remedy: 'Make a new plan and review it.',
  });
}

export function describeDifference({ session, cmdlet, object, property, before, now }: Difference): string {
  const what = `${session} ${cmdlet.replace(/^Get-/, '')} ${object}`.trim();
  return property === '' ? `  ${what}: was ${String(before)}, is ${String(now)}` : `  ${what} ${property}: was ${JSON.stringify(before)}, is ${JSON.stringify(now)}`;
}

export interface UndoSetupOptions {
  sessions: Sessions;
  recordsFolder: string;
  /** Overwrites what somebody has changed since. Default false. */
  force?: boolean;
  clock: Clock;
  localAgent?: AgentInstaller;
  onAgentPhase?: (phase: AgentPhase) => void;
  onInvocation?: (invocation: CmdletInvocation) => void;
  signal?: AbortSignal;
}

export interface UndoneRun {
  name: string;
  invocations: readonly CmdletInvocation[];
  conflicts: readonly UndoConflict[];
  /** An agent that the run had installed on another machine, or that cannot be reached from here, stays. */
  agentLeft: boolean;
  /** What is still different from before the run. */
  remaining: readonly Difference[];
}

/** The run that undo would take back: the last one that is not undone. @throws WizardError `WIZARD_NOTHING_TO_UNDO` */
export function runToUndo(recordsFolder: string): RunRecord {
  const record = readRunRecords(recordsFolder).findLast((run) => !run.isUndone && hasChanged(run));
  if (record !== undefined) return record;
  throw new WizardError('WIZARD_NOTHING_TO_UNDO', 'No run of this wizard is left to be undone.', { facts: { recordsFolder }, remedy: 'Only what this wizard has done from this folder can be undone; name another with --records.' });
}

/** Takes the last run back, and looks whether all is as it was. Run again after an interruption, it does the rest. */
export async function undoSetup(options: UndoSetupOptions): Promise<UndoneRun> {
  const { sessions, clock } = options;
  const record = runToUndo(options.recordsFolder);
  const now = (): number => clock.now();
  const plan = planUndo(record.before, await takeSnapshot(sessions, { now }), record.invocations, options.force === true);
  for (const invocation of plan.invocations) {
    if (options.signal?.aborted === true) throw new WizardError('WIZARD_STOPPED', 'The undoing was stopped.', { remedy: 'Run it again: it does the rest.' });
    await sessions[invocation.session].invoke(invocation.cmdlet, invocation.parameters);
    options.onInvocation?.(invocation);
  }
  // What the agent answers for is put back before it goes, and after it has come back.
  if (record.agentChange === 'installed') await options.localAgent?.remove((phase) => options.onAgentPhase?.(phase));
  if (record.agentChange === 'removed') await options.localAgent?.install((phase) => options.onAgentPhase?.(phase));
  const remaining = compareSnapshots(record.before, await takeSnapshot(sessions, { now }));
  if (plan.conflicts.length === 0) record.undone(clock.now());
  return { name: record.name, invocations: plan.invocations, conflicts: plan.conflicts, agentLeft: record.agentChange === 'installed' && options.localAgent === undefined, remaining };
}
