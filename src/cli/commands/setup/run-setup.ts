import { join } from 'node:path';
import { HybridgeError, systemClock } from '../../../foundation/index.ts';
import { formatInvocation } from '../../../management/index.ts';
import { exitCodes } from '../../../service/index.ts';
import { applySetup, checkPrerequisites, configurationText, createHcwLog, decideSettings, describeDifference, hcwLogIds, planSetup, readEvidence, refuseChangedState, runName, sessionTitles, setupSteps, takeLock, takeSnapshot, tryReading, undoSetup, unfinishedRun, uninstallSteps, verifyLookups, warningsOf, WizardError } from '../../../wizard/index.ts';
import type { HcwLog, PrerequisiteOutcome, PrerequisiteResult, Sessions, SetupChoices, SetupSettings, Snapshot, TextRecord } from '../../../wizard/index.ts';
import { truncate, wrap } from '../../display-width.ts';
import type { CommandSurroundings } from '../../surroundings.ts';
import { terminalOf } from '../../surroundings.ts';
import { createPaint } from '../../terminal.ts';
import type { Style } from '../../terminal.ts';
import { connectSetup } from './connect-setup.ts';
import type { SetupPlace, SetupPlaceOptions } from './connect-setup.ts';
import { askCredentials } from './credentials-page.ts';
import { askForRecord, askPages } from './pages.ts';
import type { Person } from './person.ts';
import { createPerson } from './person.ts';
import { planJson, readReviewed, writeOut, writePlan } from './plan-file.ts';
import { renderPlan } from './render-plan.ts';
import type { Screen } from './screen.ts';
import { shortPath } from './screen.ts';
import { leaving, unregisterAgents } from './uninstall.ts';

export interface SetupOptions extends SetupPlaceOptions {
  choices: Partial<SetupChoices>;
  /** Where the script goes. */
  plan?: string;
  /** True: what follows from the choices; a path: the plan that was reviewed. */
  apply?: boolean | string;
  undo: boolean;
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
    const changes = options.undo || options.apply !== undefined || person !== undefined;
    const lock = changes ? takeLock(join(place.recordsFolder, 'setup.lock'), surroundings.pid, systemClock.now()) : undefined;
    try {
      if (lock?.tookOverFrom !== undefined) screen.print(`A wizard that is no more (process ${lock.tookOverFrom.processId}) had locked this folder.`);
      const log = createHcwLog(join(place.recordsFolder, 'Exchange Hybrid Configuration'), runName(systemClock.now()), systemClock);
      onWarning = (message) => log.write(hcwLogIds.general, message, { level: 'WARNING' });
      const run: Run = { options, place, screen, log, sessions: log.observe(place.sessions), signal: stop.signal, ...(person === undefined || options.uninstall ? {} : { person }) };
      try {
        return await (options.undo ? undo(run) : setUp(run, surroundings));
      } catch (error) {
        log.write(hcwLogIds.workflowError, error instanceof HybridgeError ? `${error.code}: ${error.message}` : String(error), { level: '*ERROR*' });
        screen.print(screen.paint('dim', `Log: ${shortPath(log.file)}`));
        throw error;
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

interface Run {
  options: SetupOptions;
  place: SetupPlace;
  screen: Screen;
  log: HcwLog;
  sessions: Partial<Sessions>;
  signal: AbortSignal;
  person?: Person;
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
  const { person } = run;
  const pages = { snapshot, choices: place.choices, terminal: screen.terminal, print: screen.print };
  const choices: SetupChoices = reviewed?.choices ?? (person === undefined ? { ...place.choices, ...options.choices } : await askPages({ ...pages, person }, options.choices));
  if (options.export !== undefined) writeOut(options.export, configurationText(snapshot));
  const settings = decideSettings(snapshot, choices, place.logins.OnPremises !== undefined || place.sessions.OnPremises === undefined);
  const unmet = options.uninstall ? [] : await checkAll(run, snapshot, settings, choices);
  const plan = await planSetup(snapshot, settings, options.uninstall ? uninstallSteps : setupSteps, () => systemClock.now());
  const count = plan.steps.reduce((sum, { changes }) => sum + changes.length, 0);
  if (options.json) surroundings.stdout.write(`${JSON.stringify(planJson(plan, snapshot), undefined, 2)}\n`);
  else {
    screen.print(`\n${screen.paint('bold', 'Review')}\n${options.uninstall ? '  Hybrid is taken away. --undo does not bring it back; the wizard sets it up again.' : describeSettings(settings)}\n`);
    screen.print(renderPlan(plan, screen.terminal));
    if (options.uninstall) screen.print(leaving(snapshot));
    screen.print(`\n${count === 0 ? 'Nothing is to be changed.' : `${count} change${count === 1 ? '' : 's'}.`}`);
  }
  if (options.plan !== undefined) writePlan(options.plan, screen, plan, snapshot, choices);
  if (options.apply === undefined && person === undefined) return exitCodes.ok;
  if (person !== undefined && count === 0 && unfinishedRun(place.recordsFolder) === undefined) return exitCodes.ok;
  if (unmet.length > 0 && !choices.force) {
    throw new WizardError('WIZARD_PREREQUISITE', `Prerequisites are not met: ${unmet.map(({ title, found }) => `${title}: ${found}`).join(' ')}`, { facts: { unmet: unmet.map(({ id }) => id) }, remedy: `${unmet.map(({ remedy }) => remedy ?? '').join(' ')} Or go on with --force.` });
  }
  if (person === undefined) return apply(run, settings, snapshot, count);
  const answer = await person.ask('\nUpdate both organisations now? (yes/no)', 'no');
  if (answer.toLowerCase().startsWith('y')) return apply(run, settings, snapshot, count);
  screen.print('Nothing has been changed.');
  return exitCodes.ok;
}

async function gather(run: Run): Promise<Snapshot> {
  const { sessions, screen, log, signal } = run;
  const { print, paint } = screen;
  print(paint('bold', 'Gathering'));
  log.enter({ Page: 'Gathering' });
  const counts = new Map<string, { reads: number; objects: number; ms: number }>();
  const snapshot = await takeSnapshot(sessions, {
    signal,
    now: () => systemClock.now(),
    onRead(session, _, seen, ms) {
      const count = counts.get(session) ?? { reads: 0, objects: 0, ms: 0 };
      counts.set(session, { reads: count.reads + 1, objects: count.objects + (seen?.length ?? 0), ms: count.ms + ms });
    },
  });
  const evidence = run.place.evidence.length === 0 ? undefined : readEvidence(run.place.evidence, snapshot.takenAt);
  if (evidence !== undefined) {
    // A side that is connected is asked, whatever was collected of it.
    for (const [session, side] of Object.entries(evidence.snapshot.sides)) {
      if (snapshot.sides[session as keyof Sessions] !== undefined) continue;
      snapshot.sides[session as keyof Sessions] = side;
      print(`  ${paint('green', '✓')} ${sessionTitles[session as keyof Sessions]}: evidence, ${Object.values(side.seen).reduce((sum, seen) => sum + (seen?.length ?? 0), 0)} objects`);
    }
    const missing = evidence.missing.filter((one) => sessions[one.split(' ')[0] as keyof Sessions] === undefined);
    if (missing.length > 0) print(wrap(`Not collected, and taken as if there were none: ${missing.join(', ')}.`, screen.terminal.width - 4).map((line, at) => `  ${at === 0 ? paint('yellow', '!') : ' '} ${line}`).join('\n'));
  }
  for (const [session, { reads, objects, ms }] of counts) {
    const side = snapshot.sides[session as keyof Sessions];
    print(`  ${paint('green', '✓')} ${sessionTitles[session as keyof Sessions]}${session === 'OnPremises' || session === 'Cloud' ? ` ${side?.name ?? ''}` : ''}: ${objects} objects ${paint('dim', `(${reads} cmdlets, ${ms} ms)`)}`);
  }
  return snapshot;
}

/** Shows what stands in the way, or might; gives what does. */
async function checkAll({ place, screen, log, sessions }: Run, snapshot: Snapshot, settings: SetupSettings, choices: SetupChoices): Promise<readonly PrerequisiteResult[]> {
  const { print, paint, terminal } = screen;
  log.enter({ Page: 'Prerequisites', Phase: 'CheckPrereqs' });
  const isConnected = sessions.OnPremises !== undefined || sessions.Cloud !== undefined;
  const results = await checkPrerequisites({ snapshot, settings, choices, now: systemClock.now(), ...(isConnected ? { connect: place.connect, clockOffset: place.clockOffset } : {}) });
  print(`\n${paint('bold', 'Prerequisites')}`);
  for (const { id, title, outcome, found, remedy } of results) {
    const [mark, style] = marks[outcome];
    const [first = '', ...rest] = wrap(`${title}: ${found}`, terminal.width - 4);
    print([`  ${paint(style, mark)} ${first}`, ...rest.map((line) => `    ${line}`), ...(remedy === undefined ? [] : wrap(`→ ${remedy}`, terminal.width - 4).map((line) => `    ${line}`))].join('\n'));
    log.write(hcwLogIds.general, `Prerequisite=${id} Result=${outcome} ${found}`, { level: outcome === 'failed' ? '*ERROR*' : outcome === 'warning' ? 'WARNING' : '' });
  }
  return results.filter(({ outcome }) => outcome === 'failed');
}

const marks: Readonly<Record<PrerequisiteOutcome, readonly [string, Style]>> = { met: ['✓', 'green'], warning: ['!', 'yellow'], failed: ['✗', 'red'], unknown: ['?', 'dim'] };

/** What was decided and found, for the head of the review. */
function describeSettings(settings: SetupSettings): string {
  const trusts = { oauth: 'OAuth', dauth: 'delegated federation (DAuth)', both: 'OAuth, with delegated federation beside it' };
  return [
    `  Configuration  ${settings.configuration}, ${settings.topology} topology`,
    ...(settings.configuration === 'Full' ? [`  Free/busy      ${trusts[settings.freeBusy]}${settings.freeBusy !== 'dauth' && settings.dedicatedApplication ? ', dedicated hybrid application' : ''}`] : []),
    ...(settings.transfer.length === 0 ? [] : [`  Transfer       ${settings.transfer.join(', ')}`]),
    `  Domains        ${settings.hybridDomains.join(', ')}`,
    `  Routing domain ${settings.coexistenceDomain}`,
    `  Tenant         ${settings.tenantId}`,
  ].join('\n');
}

async function apply(run: Run, settings: SetupSettings, snapshot: Snapshot, count: number): Promise<number> {
  const { place, screen, log, signal } = run;
  const { print, paint } = screen;
  const sessions = allSessions(run.sessions);
  log.enter({ Workflow: 'Hybrid', Task: 'Initial', Phase: 'Configure' });
  if (count > 0 || unfinishedRun(place.recordsFolder) !== undefined) print(`\n${paint('bold', 'Updating')}`);
  const records: TextRecord[] = [];
  const reports = await applySetup({
    sessions,
    settings,
    steps: run.options.uninstall ? uninstallSteps : setupSteps,
    isUninstall: run.options.uninstall,
    snapshot,
    recordsFolder: place.recordsFolder,
    clock: systemClock,
    signal,
    ...(place.logins.OnPremises === undefined ? {} : { credential: place.logins.OnPremises }),
    ...publisher(run, records),
    onInvocation: (_, invocation) => print(paint('dim', truncate(`    ${invocation.session.padEnd(10)} ${formatInvocation(invocation)}`, screen.terminal.width))),
    onStep: ({ step, outcome }) => void (outcome === 'failed' || outcome === 'left out' ? print(`  ${paint('yellow', '!')} ${step.title}: ${outcome}`) : outcome === 'not there' || (outcome === 'already as it should be' && step.verifies !== true) ? undefined : print(`  ${paint('green', '✓')} ${step.title}: ${step.verifies === true ? 'verified' : outcome}`)),
  }).catch((error: unknown) => {
    throw withRecords(error, records);
  });
  const applied = reports.flatMap(({ invocations }) => invocations);
  if (run.options.uninstall) await unregisterAgents(run, snapshot);
  else if (settings.configuration === 'Full') await prove(run);
  const warnings = warningsOf(reports);
  for (const { code, text, cause } of warnings) {
    log.write(hcwLogIds.general, `${code} - ${text} (${cause})`, { level: 'WARNING' });
    print(`\n${wrap(`${code} - ${text}`, screen.terminal.width).map((line) => paint('yellow', line)).join('\n')}\n${wrap(cause, screen.terminal.width - 2).map((line) => `  ${line}`).join('\n')}`);
  }
  if (warnings.length > 0) return exitCodes.negative;
  if (run.options.uninstall) print(`${applied.length} cmdlet${applied.length === 1 ? '' : 's'} ran. Hybrid is taken away.`);
  else print(applied.length === 0 ? 'Both organisations are as they should be.' : `\n${applied.length} cmdlet${applied.length === 1 ? '' : 's'} ran, every step is verified. ${paint('dim', `hybridge setup --undo takes it back. Log: ${shortPath(log.file)}`)}`);
  return exitCodes.ok;
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

async function prove({ place, screen }: Run): Promise<void> {
  const { print, paint } = screen;
  if (place.proofs.length > 0) print(`\n${paint('bold', 'Looking up for real')}`);
  await verifyLookups(place.proofs, (title, { ok, detail }) => print(`  ${ok ? paint('green', '✓') : paint('red', '✗')} ${title}: ${detail}`));
}

async function undo(run: Run): Promise<number> {
  const { place, screen, log, signal } = run;
  const { print, paint } = screen;
  print(paint('bold', 'Undoing'));
  log.enter({ Workflow: 'Undo' });
  const undone = await undoSetup({
    sessions: allSessions(run.sessions),
    recordsFolder: place.recordsFolder,
    force: run.options.choices.force === true,
    clock: systemClock,
    signal,
    onInvocation: (invocation) => print(paint('dim', truncate(`    ${invocation.session.padEnd(10)} ${formatInvocation(invocation)}`, screen.terminal.width))),
  });
  for (const { session, target, property, made, now } of undone.conflicts) print(paint('yellow', `  left alone: ${session} ${target} ${property}: the run made it ${JSON.stringify(made)}, now it is ${JSON.stringify(now)}`));
  print(`  The run ${undone.name} is taken back with ${undone.invocations.length} cmdlet${undone.invocations.length === 1 ? '' : 's'}.`);
  if (undone.remaining.length === 0) print(`  ${paint('green', '✓')} The configuration is what it was before it.`);
  else print(`  Different from before it, for reasons of its own or because others changed it:\n${undone.remaining.map(describeDifference).join('\n')}`);
  if (undone.conflicts.length === 0) return exitCodes.ok;
  print('Give --force to overwrite what was left alone.');
  return exitCodes.negative;
}

/** To change something all of them are needed. @throws WizardError `WIZARD_PREREQUISITE` */
function allSessions(sessions: Partial<Sessions>): Sessions {
  const { OnPremises, Cloud, Tenant } = sessions;
  if (OnPremises !== undefined && Cloud !== undefined && Tenant !== undefined) return { ...sessions, OnPremises, Cloud, Tenant, Relay: sessions.Relay ?? noRelay };
  const missing = (['OnPremises', 'Cloud', 'Tenant'] as const).filter((name) => sessions[name] === undefined).map((name) => sessionTitles[name]);
  throw new WizardError('WIZARD_PREREQUISITE', `Nothing can be changed without a connection: ${missing.join(', ')}.`, { remedy: 'Evidence is enough for a plan. Run the script of the plan, or name the connections in the file given with --config.' });
}

const noRelay: Sessions['Relay'] = {
  name: 'no relay',
  invoke: () => Promise.reject(new WizardError('WIZARD_PREREQUISITE', 'There is no connection with a relay.', { remedy: 'Name it in the file given with --config.' })),
};

