import { systemClock } from '../../../foundation/index.ts';
import { checkPrerequisites, hcwLogIds, readEvidence, sessionTitles, takeSnapshot, WizardError } from '../../../wizard/index.ts';
import type { PrerequisiteOutcome, PrerequisiteResult, Sessions, SetupChoices, SetupSettings, Snapshot } from '../../../wizard/index.ts';
import { wrap } from '../../display-width.ts';
import type { Style } from '../../terminal.ts';
import type { Run } from './run.ts';

/** Reads all sides, with what was collected of those that are not connected. @throws WizardError as `takeSnapshot`; `WIZARD_CHOICE` */
export async function gather(run: Run): Promise<Snapshot> {
  const { sessions, screen, log, signal } = run;
  const { print, paint } = screen;
  print(paint('bold', 'Gathering'));
  log.enter({ Page: 'Gathering' });
  await refuseForeignTenants(run);
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

/** With the operator's key, endpoints and agents of all tenants would be taken for this one's. @throws WizardError `WIZARD_CHOICE` */
async function refuseForeignTenants({ place }: Run): Promise<void> {
  // A relay that is not to be reached is told of as it is read.
  const tenants = (await place.relayTenants?.().catch(() => [])) ?? [];
  if (tenants.length < 2) return;
  throw new WizardError('WIZARD_CHOICE', `The relay serves ${tenants.length} tenants, and the file given with --config names none of them.`, { remedy: `Name one, relay.tenant: ${tenants.slice(0, 10).map(({ id, name }) => `${id} (${name})`).join(', ')}${tenants.length > 10 ? ' …' : ''}.` });
}

/** Shows what stands in the way, or might. */
export async function checkAll({ place, screen, log, sessions }: Run, snapshot: Snapshot, settings: SetupSettings, choices: SetupChoices): Promise<readonly PrerequisiteResult[]> {
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
  return results;
}

const marks: Readonly<Record<PrerequisiteOutcome, readonly [string, Style]>> = { met: ['✓', 'green'], warning: ['!', 'yellow'], failed: ['✗', 'red'], unknown: ['?', 'dim'] };
