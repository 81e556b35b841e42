import { resolve } from 'node:path';
import { HybridgeError, errorText, systemClock } from '../../../foundation/index.ts';
import { formatInvocation } from '../../../management/index.ts';
import type { CmdletInvocation } from '../../../management/index.ts';
import { exitCodes } from '../../../service/index.ts';
import { applySetup, createSetupReport, hcwLogIds, setupSteps, unfinishedRun, uninstallSteps, verifyLookups, warningsOf, WizardError, writeSetupReport } from '../../../wizard/index.ts';
import type { AgentPhase, PrerequisiteResult, RunAnswers, RunFacts, SetupSettings, Snapshot, StepReport, TextRecord } from '../../../wizard/index.ts';
import { truncate, wrap } from '../../display-width.ts';
import { askForRecord } from './pages.ts';
import { writeOut } from './plan-file.ts';
import { renderReport } from './render-report.ts';
import type { Run } from './run.ts';
import { allSessions } from './run.ts';
import { shortPath } from './screen.ts';
import { unregisterAgents } from './uninstall.ts';

export interface Decided {
  settings: SetupSettings;
  snapshot: Snapshot;
  answers: RunAnswers;
  prerequisites: readonly PrerequisiteResult[];
  /** What the review showed. */
  planned: readonly CmdletInvocation[];
}

/** The last two pages: the update, with what happens as it happens, and the report. */
export async function apply(run: Run, { settings, snapshot, answers, prerequisites, planned }: Decided): Promise<number> {
  const { place, screen, log, signal } = run;
  const { print, paint } = screen;
  const isUninstall = answers.isUninstall;
  const sessions = allSessions(run.sessions);
  const workflow = isUninstall ? 'Uninstall' : 'Hybrid';
  log.enter({ Workflow: workflow, Phase: 'Configure' });
  if (planned.length > 0 || settings.installsAgent || unfinishedRun(place.recordsFolder) !== undefined) print(`\n${paint('bold', 'Updating')}`);
  const startedAt = systemClock.now();
  const records: TextRecord[] = [];
  const steps: StepReport[] = [];
  const proofs: { title: string; ok: boolean; detail: string }[] = [];
  const agentPhases: AgentPhase[] = [];
  let sinceStep: CmdletInvocation[] = [];
  const onAgentPhase = (phase: AgentPhase): void => {
    agentPhases.push(phase);
    showAgentPhase(run, phase);
  };
  const finish = (failure?: RunFacts['failure']): void => {
    const report = createSetupReport({ settings, isUninstall, startedAt, finishedAt: systemClock.now(), planned, steps, interrupted: sinceStep, prerequisites, agentPhases, proofs, records, logFile: log.file, ...(failure === undefined ? {} : { failure }) });
    if (run.options.report !== undefined) writeOut(resolve(run.options.report), writeSetupReport(report));
    if (failure === undefined) print(renderReport(report, screen.terminal));
    if (run.options.report !== undefined) print(`Report: ${shortPath(resolve(run.options.report))}`);
  };
  try {
    await applySetup({
      sessions,
      settings,
      steps: isUninstall ? uninstallSteps : setupSteps,
      isUninstall,
      snapshot,
      answers,
      recordsFolder: place.recordsFolder,
      clock: systemClock,
      signal,
      onAgentPhase,
      ...(place.localAgent === undefined ? {} : { localAgent: place.localAgent }),
      ...(place.logins.OnPremises === undefined ? {} : { credential: place.logins.OnPremises }),
      ...publisher(run, records),
      onBegin: ({ id }) => log.enter({ Workflow: workflow, Task: taskName(id), Phase: 'Configure' }),
      onInvocation(_, invocation) {
        sinceStep.push(invocation);
        print(paint('dim', truncate(`    ${invocation.session.padEnd(10)} ${formatInvocation(invocation)}`, screen.terminal.width)));
      },
      onStep(report) {
        steps.push(report);
        sinceStep = [];
        showStep(run, report);
      },
    });
    log.enter({ Workflow: workflow, Phase: 'ValidateConfiguration' });
    if (isUninstall) await unregisterAgents(run, snapshot, onAgentPhase);
    else if (settings.configuration === 'Full') await prove(run, proofs);
  } catch (given) {
    const error = withRecords(given, records);
    finish({ message: errorText(error), ...(error instanceof HybridgeError && error.remedy !== undefined ? { remedy: error.remedy } : {}) });
    throw error;
  }
  const warnings = warningsOf(steps);
  for (const { code, text, cause } of warnings) log.write(hcwLogIds.general, `${code} - ${text} (${cause})`, { level: 'WARNING' });
  log.write(hcwLogIds.general, `Finished: ${steps.reduce((sum, { invocations }) => sum + invocations.length, 0)} cmdlets in ${systemClock.now() - startedAt} ms`);
  finish();
  return warnings.length > 0 ? exitCodes.negative : exitCodes.ok;
}

/** `mrs-proxy` is the task MrsProxy. */
function taskName(id: string): string {
  return id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function showStep({ screen: { print, paint, terminal }, log }: Run, { step, outcome, error }: StepReport): void {
  log.write(hcwLogIds.general, `${step.title}: ${outcome}${error === undefined ? '' : ` (${error.message})`}`, { level: outcome === 'failed' ? '*ERROR*' : '' });
  const show = (mark: string, said: string): void => print(`  ${mark} ${wrap(`${step.title}: ${said}`, terminal.width - 4).join('\n    ')}`);
  if (outcome === 'failed' || outcome === 'left out') return show(paint('yellow', '!'), outcome);
  if (outcome === 'not there' || (outcome === 'already as it should be' && step.verifies !== true)) return;
  // Taking an agent away shows its phases, where there is one.
  if (step.id !== 'agent-removal') show(paint('green', '✓'), step.verifies === true ? 'verified' : outcome);
}

/** As the original shows them while it installs: one line as each ends. */
export function showAgentPhase({ screen, log }: Pick<Run, 'screen' | 'log'>, { phase, outcome, detail, code, remedy }: AgentPhase): void {
  const { print, paint, terminal } = screen;
  const isFailed = outcome === 'failed';
  const [first = '', ...rest] = wrap(`${code === undefined ? '' : `${code}: `}${detail}`, terminal.width - 17);
  print([`    ${paint(isFailed ? 'red' : outcome === 'done' ? 'green' : 'yellow', isFailed ? '✗' : outcome === 'done' ? '✓' : '–')} ${phase.padEnd(10)} ${first}`, ...rest.map((line) => `                 ${line}`), ...(remedy === undefined ? [] : wrap(`→ ${remedy}`, terminal.width - 17).map((line) => `                 ${line}`))].join('\n'));
  log.write(hcwLogIds.agentValidation, `HybridConnector Phase=${phase} Result=${outcome} ${code === undefined ? '' : `${code}: `}${detail}`, { level: isFailed ? '*ERROR*' : '', keys: { Page: 'HybridConnectorInstall' } });
}

/** Who publishes TXT records: the place itself, or a person who is asked. Where there is neither, they may be there already; the gateway says if not. */
function publisher({ place, person, screen }: Run, published: TextRecord[]): { publishText: (record: TextRecord) => Promise<void> } {
  if (place.publishText !== undefined) return { publishText: place.publishText };
  return { publishText: async (record) => (person === undefined ? void published.push(record) : askForRecord({ ...screen, person }, record)) };
}

/** The gateway's refusal of a domain, with the record that would prove it. */
function withRecords(error: unknown, records: readonly TextRecord[]): unknown {
  if (!(error instanceof WizardError) || error.facts['step'] !== 'federated-domains' || records.length === 0) return error;
  return new WizardError('WIZARD_PREREQUISITE', error.message, { facts: error.facts, cause: error, remedy: `Publish in the public DNS, then run set-up again: ${records.map(({ name, text }) => `${name} TXT IN ${text}`).join('; ')}` });
}

async function prove({ place, screen, log }: Run, proofs: { title: string; ok: boolean; detail: string }[]): Promise<void> {
  const { print, paint, terminal } = screen;
  if (place.proofs.length > 0) print(`\n${paint('bold', 'Looking up for real')}`);
  await verifyLookups(place.proofs, (title, result) => {
    proofs.push({ title, ...result });
    log.write(hcwLogIds.general, `Lookup ${title}: ${result.detail}`, { level: result.ok ? '' : '*ERROR*' });
    const [first = '', ...rest] = wrap(`${title}: ${result.detail}`, terminal.width - 4);
    print([`  ${result.ok ? paint('green', '✓') : paint('red', '✗')} ${first}`, ...rest.map((line) => `    ${line}`)].join('\n'));
  });
}
