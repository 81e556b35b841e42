import { hostname } from 'node:os';
import { join } from 'node:path';
import { errorCode, errorText, HybridgeError, systemClock } from '../../../foundation/index.ts';
import { describeError, exitCodes } from '../../../service/index.ts';
import { configurationText, createHcwLog, decideSettings, factsOf, foundSentence, hcwLogIds, planSetup, refuseChangedState, runName, setupChoicesSchema, setupSteps, takeLock, tryReading, unfinishedRun, uninstallSteps, WizardError } from '../../../wizard/index.ts';
import type { PrerequisiteResult, RunAnswers, SetupChoices, SetupSettings, Snapshot } from '../../../wizard/index.ts';
import type { CommandSurroundings } from '../../surroundings.ts';
import { terminalOf } from '../../surroundings.ts';
import { wrap } from '../../display-width.ts';
import { createPaint } from '../../terminal.ts';
import { apply } from './apply.ts';
import { connectSetup } from './connect-setup.ts';
import type { SetupPlaceOptions } from './connect-setup.ts';
import { askCredentials } from './credentials-page.ts';
import { checkAll, gather } from './gather.ts';
import { askPages } from './pages.ts';
import { agree, createPerson } from './person.ts';
import { planJson, readReviewed, writeOut, writePlan } from './plan-file.ts';
import { renderPlan } from './render-plan.ts';
import type { Run } from './run.ts';
import type { Screen } from './screen.ts';
import { shortPath } from './screen.ts';
import { undo } from './undo.ts';
import { leaving } from './uninstall.ts';

export interface SetupOptions extends SetupPlaceOptions {
  choices: Partial<SetupChoices>;
  /** Where the script goes. */
  plan?: string;
  /** True: what follows from the choices; a path: the plan that was reviewed. */
  apply?: boolean | string;
  undo: boolean;
  /** Goes on with the run that was interrupted, by its answers. */
  resume: boolean;
  /** Where the report goes, as a page of HTML. */
  report?: string;
  /** Takes hybrid away instead of setting it up. */
  uninstall: boolean;
  /** Where the configuration of both sides goes, as text. */
  export?: string;
  json: boolean;
  /** Asks a person what is not given; absent where nobody sits there. */
  input?: NodeJS.ReadableStream;
}

/** `hybridge setup` without pages. Exit code: 0 done or nothing to do; see `exitCodes` for the rest. */
export async function runSetupCommand(options: SetupOptions, surroundings: CommandSurroundings): Promise<number> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  surroundings.once('SIGINT', onSignal);
  surroundings.once('SIGTERM', onSignal);
  const terminal = terminalOf(surroundings);
  const screen: Screen = { terminal, paint: createPaint(terminal.colour), print: (text) => void (options.json ? surroundings.stderr : surroundings.stdout).write(`${text}\n`) };
  // What cmdlets have to say beside their results, the steps of a test for example, belongs into the log.
  let onWarning: (message: string) => void = () => undefined;
  const place = connectSetup(options, surroundings, (message) => onWarning(message));
  try {
    const person = options.input === undefined ? undefined : createPerson(options.input, surroundings.stdout, onSignal);
    const changes = options.undo || options.resume || options.apply !== undefined || person !== undefined;
    const lock = changes ? takeLock(join(place.recordsFolder, 'setup.lock'), surroundings.pid, systemClock.now()) : undefined;
    try {
      if (lock?.tookOverFrom !== undefined) screen.print(`A wizard that is no more (process ${lock.tookOverFrom.processId}) had locked this folder.`);
      const log = createHcwLog(join(place.recordsFolder, 'Exchange Hybrid Configuration'), runName(systemClock.now()), systemClock, (error) => screen.print(screen.paint('yellow', `  ! The log of this run cannot be written: ${errorText(error)}`)));
      log.write(hcwLogIds.general, `hybridge setup on ${hostname()}, process ${surroundings.pid}: ${whatFor(options)}`);
      onWarning = (message) => log.write(hcwLogIds.general, message, { level: 'WARNING' });
      const run: Run = { options, place, screen, log, sessions: log.observe(place.sessions), signal: stop.signal, ...(person === undefined || options.uninstall ? {} : { person }), ...answersOf(options, place.recordsFolder) };
      try {
        return await (options.undo ? undo(run) : setUp(run, surroundings));
      } catch (error) {
        log.write(hcwLogIds.workflowError, error instanceof HybridgeError ? `${error.code}: ${error.message}` : String(error), { level: '*ERROR*' });
        screen.print(screen.paint('dim', `Log: ${shortPath(log.file)}`));
        if (errorCode(error) !== 'WIZARD_STOPPED') throw error;
        surroundings.stderr.write(`${describeError(error)}\n`);
        return exitCodes.stopped;
      }
    } finally {
      lock?.release();
      person?.close();
    }
  } finally {
    surroundings.off('SIGINT', onSignal);
    surroundings.off('SIGTERM', onSignal);
    await place.close();
  }
}

/** For the log: what the wizard was started for. */
function whatFor({ undo: isUndo, resume, uninstall, apply: wanted, input }: SetupOptions): string {
  if (isUndo) return 'undo';
  return `${resume ? 'resume' : uninstall ? 'uninstall' : 'set-up'}${typeof wanted === 'string' ? ` by the plan ${wanted}` : wanted === undefined && !resume && input === undefined ? ', looking' : ''}`;
}

/** @throws WizardError `WIZARD_NOTHING_TO_RESUME` */
function answersOf({ resume }: SetupOptions, recordsFolder: string): { answers?: RunAnswers } {
  if (!resume) return {};
  const answers = unfinishedRun(recordsFolder)?.answers;
  if (answers !== undefined) return { answers };
  throw new WizardError('WIZARD_NOTHING_TO_RESUME', 'No run of this wizard was interrupted.', { facts: { recordsFolder }, remedy: 'Start one: hybridge setup. Where the records are elsewhere, name them: --records, --config or --state.' });
}

async function setUp(run: Run, surroundings: CommandSurroundings): Promise<number> {
  const { options, place, screen } = run;
  const reviewed = typeof options.apply === 'string' ? readReviewed(options.apply) : undefined;
  if (run.person !== undefined) {
    run.log.enter({ Page: 'Credentials' });
    await askCredentials({ person: run.person, terminal: screen.terminal, print: screen.print }, place, (side) => tryReading(run.sessions, side));
    screen.print('');
  }
  const snapshot = await gather(run);
  if (reviewed !== undefined) refuseChangedState(reviewed.snapshot, snapshot);
  const choices = reviewed?.choices ?? (await decideChoices(run, snapshot));
  const isUninstall = options.uninstall || run.answers?.isUninstall === true || reviewed?.isUninstall === true;
  if (options.export !== undefined) writeOut(options.export, configurationText(snapshot));
  const settings = decideSettings(snapshot, choices, place.logins.OnPremises !== undefined || place.sessions.OnPremises === undefined);
  const prerequisites = isUninstall ? [] : await checkAll(run, snapshot, settings, choices);
  const plan = await planSetup(snapshot, settings, isUninstall ? uninstallSteps : setupSteps, () => systemClock.now());
  const count = plan.steps.reduce((sum, { changes }) => sum + changes.length, 0);
  for (const [name, value] of factsOf(settings, isUninstall)) run.log.write(hcwLogIds.general, `${name}: ${value}`, { keys: { Page: 'Review' } });
  run.log.write(hcwLogIds.general, `Changes: ${count}`, { keys: { Page: 'Review' } });
  if (options.json) surroundings.stdout.write(`${JSON.stringify(planJson(plan, snapshot), undefined, 2)}\n`);
  else {
    const summary = isUninstall ? wrap('Hybrid is taken away. --undo does not bring it back; the wizard sets it up again.', screen.terminal.width - 2).map((line) => `  ${line}`) : factsOf(settings).flatMap(([name, value]) => wrap(value, screen.terminal.width - 17).map((line, at) => `  ${(at === 0 ? name : '').padEnd(14)} ${line}`));
    screen.print(`\n${screen.paint('bold', 'Review')}\n${summary.join('\n')}\n`);
    screen.print(renderPlan(plan, screen.terminal));
    if (isUninstall) screen.print(leaving(snapshot, screen.terminal.width));
    const local = localChanges(run, settings);
    if (local !== '') screen.print(`\n${wrap(local, screen.terminal.width).join('\n')}`);
    screen.print(`\n${count === 0 ? 'Nothing is to be changed.' : `${plural(count, 'cmdlet')} in ${plural(plan.steps.filter(({ changes }) => changes.length > 0).length, 'step')}.`}`);
  }
  if (options.plan !== undefined) writePlan(options.plan, screen, plan, { snapshot, choices, isUninstall });
  if (options.apply === undefined && !options.resume && run.person === undefined) {
    if (options.plan === undefined && !options.json && count > 0) screen.print(`Nothing has been changed: ${isUninstall ? '--uninstall --apply' : '--apply'} changes it, --plan FILE writes it as a script.`);
    return exitCodes.ok;
  }
  const isUnfinished = unfinishedRun(place.recordsFolder) !== undefined;
  if (run.person !== undefined && count === 0 && !settings.installsAgent && !isUnfinished) return exitCodes.ok;
  refuseUnmet(prerequisites, choices);
  const answers: RunAnswers = { choices: resolved(choices, settings), isUninstall };
  const decided = { settings, snapshot, answers, prerequisites, planned: plan.steps.flatMap(({ changes }) => changes) };
  if (run.person === undefined || options.resume) return apply(run, decided);
  if (await agree({ person: run.person, print: screen.print }, '\nUpdate both organisations now?', false)) return apply(run, decided);
  screen.print('Nothing has been changed.');
  return exitCodes.ok;
}

/** By the record of an interrupted run, by a person, or by flags and file alone. */
async function decideChoices(run: Run, snapshot: Snapshot): Promise<SetupChoices> {
  const { options, place, screen, person } = run;
  if (run.answers !== undefined) return { ...run.answers.choices, ...options.choices };
  if (person === undefined) return { ...place.choices, ...options.choices };
  const left = unfinishedRun(place.recordsFolder)?.answers;
  if (left !== undefined && Object.keys(options.choices).length === 0 && (await agree({ person, print: screen.print }, '\nA run was interrupted. Go on with its answers?', true))) return left.choices;
  return askPages({ snapshot, choices: place.choices, terminal: screen.terminal, print: screen.print, person, ...(place.localAgent === undefined ? {} : { localAgent: place.localAgent }) }, options.choices);
}

/** What was found out half-way would be found out otherwise: the answers of a run say it. */
function resolved(choices: SetupChoices, { topology, freeBusy, hybridDomains, dedicatedApplication, coexistenceDomain, transfer }: SetupSettings): SetupChoices {
  return setupChoicesSchema.parse({ ...choices, topology, freeBusy, domains: [...hybridDomains], dedicatedApplication, coexistenceDomain, transfer: transfer.length === 0 ? 'none' : [...transfer] });
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** What is done on this machine, which no cmdlet does. */
function localChanges({ place: { localAgent } }: Run, settings: SetupSettings): string {
  if (settings.installsAgent) return `On this machine: the Hybrid Agent is installed, registered, started and validated${localAgent === undefined ? '' : ` (${localAgent.describe()})`}.`;
  if (settings.configuration === 'Full' && settings.topology === 'Classic' && localAgent?.id() !== undefined) return `On this machine: the Hybrid Agent ${localAgent.id() ?? ''} is stopped, unregistered and removed.`;
  return '';
}

/** @throws WizardError `WIZARD_PREREQUISITE` */
function refuseUnmet(prerequisites: readonly PrerequisiteResult[], { force }: SetupChoices): void {
  const unmet = prerequisites.filter(({ outcome }) => outcome === 'failed');
  if (unmet.length === 0 || force) return;
  throw new WizardError('WIZARD_PREREQUISITE', `Prerequisites are not met: ${unmet.map(foundSentence).join(' ')}`, { facts: { unmet: unmet.map(({ id }) => id) }, remedy: `${unmet.map(({ remedy }) => remedy ?? '').join(' ')} Or go on with --force.` });
}
