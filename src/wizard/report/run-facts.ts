import type { CmdletInvocation } from '../../management/index.ts';
import type { AgentPhase, SetupSettings, TextRecord } from '../plan.ts';
import type { StepReport } from '../run-setup.ts';
import type { PrerequisiteResult } from '../setup/prerequisites/prerequisite.ts';

/** What a run had, did and found, as it went. */
export interface RunFacts {
  settings: SetupSettings;
  isUninstall: boolean;
  /** Epoch milliseconds. */
  startedAt: number;
  finishedAt: number;
  /** What the review showed. */
  planned: readonly CmdletInvocation[];
  steps: readonly StepReport[];
  /** Those that ran before a step failed, which has no report of its own. */
  interrupted: readonly CmdletInvocation[];
  prerequisites: readonly PrerequisiteResult[];
  agentPhases: readonly AgentPhase[];
  proofs: readonly { title: string; ok: boolean; detail: string }[];
  /** TXT records that nobody is known to have published. */
  records: readonly TextRecord[];
  /** What ended the run before its end. */
  failure?: { message: string; remedy?: string };
  logFile: string;
}
