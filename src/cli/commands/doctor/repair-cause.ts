import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { HybridgeError, systemClock } from '../../../foundation/index.ts';
import type { LookupOutcome, ProvenCause } from '../../../doctor/index.ts';
import { formatInvocation } from '../../../management/index.ts';
import type { CmdletInvocation, CmdletSession } from '../../../management/index.ts';
import { exitCodes } from '../../../service/index.ts';
import type { DoctorSurroundings } from './create-doctor-command.ts';
import { placesOfSessions } from './render-diagnosis.ts';
import type { Screen } from './render-failure.ts';

export type DoctorRepairErrorCode = 'CLI_DOCTOR_CONSENT' | 'CLI_DOCTOR_UNDO';

export interface RepairOptions {
  fix?: boolean;
  yes?: boolean;
  undo?: string;
}

export interface Repairing {
  options: RepairOptions;
  sessions: Partial<Record<CmdletInvocation['session'], CmdletSession>>;
  /** Whether it works now. Absent where nobody's credentials are at hand. */
  again?: (() => Promise<LookupOutcome>) | undefined;
  surroundings: DoctorSurroundings;
  say: (line: string) => void;
  screen: Screen;
}

/** Repairs the first cause by its cmdlets after consent, keeps the undo, and looks whether it works. Returns an exit code. */
export async function repairCause(causes: readonly ProvenCause[], repairing: Repairing): Promise<number> {
  const { options, sessions, again, surroundings, say, screen } = repairing;
  const [first] = causes;
  const same = causes.filter(({ cause }) => cause === first?.cause);
  const steps = same.flatMap(({ repair }) => repair);
  if (first === undefined) return exitCodes.negative;
  if (steps.length === 0) {
    say('\nNo cmdlet repairs this: do what stands under Repair, then look again. Nothing was changed.');
    return exitCodes.negative;
  }
  const missing = steps.find(({ session }) => sessions[session] === undefined);
  if (missing !== undefined) throw new HybridgeError<DoctorRepairErrorCode>('CLI_DOCTOR_CONSENT', `There is no session for ${missing.cmdlet}.`, { remedy: 'Run the printed commands by hand.' });
  if (options.yes !== true && !(await agrees(steps.length, surroundings))) {
    say('Nothing was changed.');
    return exitCodes.negative;
  }
  const undoFile = options.undo ?? `hybridge-undo-${new Date(systemClock.now()).toISOString().replaceAll(/[:.]/g, '-')}.ps1`;
  keep(undoFile, undoScript(same.toReversed()));
  say(`\nTo undo: ${undoFile}`);
  for (const invocation of steps) {
    await sessions[invocation.session]?.invoke(invocation.cmdlet, invocation.parameters);
    say(`${screen.paint('green', '✓')} ${formatInvocation(invocation)}`);
  }
  const proof = await again?.();
  if (proof === undefined) {
    say('Nobody’s credentials are at hand to try it again: check it with a client.');
    return exitCodes.ok;
  }
  say(proof.ok ? screen.paint('green', `It works now: ${proof.detail}.`) : `${screen.paint('red', 'It still fails:')} ${proof.text}\nRun the doctor again: it finds what is left.`);
  return proof.ok ? exitCodes.ok : exitCodes.negative;
}

function keep(file: string, script: string): void {
  try {
    writeFileSync(file, script, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw new HybridgeError<DoctorRepairErrorCode>('CLI_DOCTOR_UNDO', `The undo cannot be written to ${file}, and nothing was changed.`, { cause: error, remedy: 'Name a file that does not exist yet with --undo.' });
  }
}

/** What opens the session that the next lines are for: the same cmdlet means another organisation in the next shell. */
const opening: Readonly<Record<CmdletInvocation['session'], string | undefined>> = { OnPremises: 'Connect-ExchangeServer -Auto', Cloud: 'Connect-ExchangeOnline', Tenant: 'Connect-MgGraph', Relay: undefined };

function undoScript(causes: readonly ProvenCause[]): string {
  const undo = causes.flatMap((each) => each.undo);
  const reasons = [...new Set(causes.flatMap(({ noUndo }) => noUndo ?? []))].map((reason) => `# No way back by cmdlets: ${reason}`);
  const lines: string[] = [];
  let place: string | undefined;
  for (const invocation of undo) {
    if (place !== invocation.session) lines.push(`# ${placesOfSessions[invocation.session]}`, ...[opening[invocation.session]].filter((each) => each !== undefined));
    place = invocation.session;
    lines.push(formatInvocation(invocation));
  }
  const head = `# ${new Date(systemClock.now()).toISOString()}: what hybridge doctor changed for ${causes[0]?.cause ?? ''}, put back.`;
  const body = undo.length + reasons.length === 0 ? ['# This repair adds what was missing and needs no undo.'] : [...(undo.length === 0 ? [] : ['# Run: hybridge shell -f, with this file’s name']), ...reasons, ...lines];
  return `${[head, ...body].join('\n')}\n`;
}

async function agrees(count: number, { stdin, stdout }: DoctorSurroundings): Promise<boolean> {
  if (stdin.isTTY !== true) throw new HybridgeError<DoctorRepairErrorCode>('CLI_DOCTOR_CONSENT', 'Nobody is there to agree to the repair.', { remedy: 'Add --yes to apply it without a question.' });
  const line = createInterface({ input: stdin, output: stdout });
  try {
    return /^y(?:es)?$/i.test((await line.question(`Run ${count === 1 ? 'this command' : `these ${count} commands`}? [y/N] `)).trim());
  } finally {
    line.close();
  }
}
