import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { getCACertificates } from 'node:tls';
import type { Dispatcher } from 'undici';
import { createHttpClient, createRequestId, errorText, HybridgeError, systemClock, systemDial } from '../../../foundation/index.ts';
import { diagnoseFreeBusy, reportOfLookup } from '../../../doctor/index.ts';
import type { FreeBusyCase, LookupOutcome, ProvenCause } from '../../../doctor/index.ts';
import { createLabClient, findAccount, labDial, readLabInfo } from '../../../lab/index.ts';
import type { LabInfo } from '../../../lab/index.ts';
import { formatInvocation } from '../../../management/index.ts';
import type { CmdletInvocation } from '../../../management/index.ts';
import { exitCodes } from '../../../service/index.ts';
import { terminalOf } from '../../surroundings.ts';
import { createPaint } from '../../terminal.ts';
import { connectCertificates } from '../certificates/certificate-connections.ts';
import type { DoctorSurroundings } from './create-doctor-command.ts';
import { writeReport } from './evidence.ts';
import { diagnosisJson, placesOfSessions, probeLine, renderDiagnosis } from './render-diagnosis.ts';
import type { Screen } from './render-failure.ts';

export type DoctorFreeBusyErrorCode = 'CLI_DOCTOR_PERSON' | 'CLI_DOCTOR_CONSENT';

export interface DiagnoseOptions {
  from: string;
  to: string;
  state?: string;
  config?: string;
  fix?: boolean;
  yes?: boolean;
  undo?: string;
  html?: string;
  json?: boolean;
}

/**
 * `hybridge doctor freebusy`: why one person cannot see whether another one is free; with `--fix` repairs it. Returns 0
 * when the lookup works (at last), 1 when it does not, or when nobody could look and a probe failed.
 */
export async function runDiagnosis(options: DiagnoseOptions, surroundings: DoctorSurroundings): Promise<number> {
  const terminal = terminalOf(surroundings);
  const screen: Screen = { width: terminal.width, paint: createPaint(terminal.colour) };
  const say = (line: string): void => void (options.json === true ? undefined : surroundings.stdout.write(`${line}\n`));
  const connections = connectCertificates({ tls: [], ...(options.state === undefined ? {} : { state: options.state }), ...(options.config === undefined ? {} : { config: options.config }) }, surroundings);
  const info = options.config === undefined ? readLabInfo(resolve(options.state ?? '.hybridge/lab')) : undefined;
  const httpClient = createHttpClient(info === undefined ? { dial: systemDial, ca: getCACertificates('default') } : { dial: labDial(info), ca: readFileSync(info.caFile, 'utf8') });
  const client = info === undefined ? undefined : createLabClient(info);
  let own: Dispatcher | undefined;
  try {
    const { sessions } = connections.sources;
    const asker = info === undefined ? options.from : findAccount(info, options.from).address;
    const whom = info === undefined ? options.to : addressIn(info, options.to);
    const askingSide = await sideOf(asker, sessions);
    // Servers on premises go out by their own network; what they cannot reach may be there for others.
    if (info !== undefined && askingSide === 'OnPremises') own = createHttpClient({ dial: labDial(info, 'onPremises'), ca: readFileSync(info.caFile, 'utf8') });
    const given: FreeBusyCase = {
      asker,
      whom,
      askingSide,
      sessions,
      httpClient: own ?? httpClient,
      ...(info === undefined ? {} : { elsewhere: httpClient }),
      clock: systemClock,
      ...(info === undefined || client === undefined ? {} : { lookUp: () => lookUpInLab(info, client, { asker, whom }) }),
    };
    say(`${screen.paint('bold', `${asker} asks for ${whom}`)}\n`);
    const diagnosis = await diagnoseFreeBusy(given, (report) => say(probeLine(report, screen)));
    if (options.html !== undefined) writeReport(options.html, reportOfLookup(diagnosis, { title: `${asker} asks for ${whom}`, madeAt: systemClock.now() }));
    if (options.json === true) surroundings.stdout.write(`${JSON.stringify(diagnosisJson(diagnosis), undefined, 2)}\n`);
    else say(`\n${renderDiagnosis(diagnosis, screen)}`);
    const [first] = diagnosis.causes;
    if (options.fix === true && first !== undefined && first.repair.length > 0) return await repair(first, given, { options, surroundings, say, screen });
    return diagnosis.verdict === 'works' || (diagnosis.verdict === 'unseen' && diagnosis.causes.length === 0) ? exitCodes.ok : exitCodes.negative;
  } finally {
    await client?.close();
    await httpClient.close();
    await own?.close();
    await connections.close();
  }
}

/** An account of the lab by its name; anything else with an @ may be anybody's. */
function addressIn(info: LabInfo, name: string): string {
  return name.includes('@') ? name : findAccount(info, name).address;
}

/** Where the person has a mailbox. */
async function sideOf(address: string, sessions: FreeBusyCase['sessions']): Promise<FreeBusyCase['askingSide']> {
  for (const side of ['Cloud', 'OnPremises'] as const) {
    const found = (await sessions[side]?.invoke('Get-Mailbox', { Identity: address }).catch(() => [])) ?? [];
    if (found.length > 0) return side;
  }
  throw new HybridgeError<DoctorFreeBusyErrorCode>('CLI_DOCTOR_PERSON', `No organisation that is connected has a mailbox ${address}.`, { remedy: 'Check --from, and that the lab or the file of connections names the side on which the mailbox is.' });
}

async function lookUpInLab(info: LabInfo, client: ReturnType<typeof createLabClient>, { asker, whom }: { asker: string; whom: string }): Promise<LookupOutcome> {
  const now = systemClock.now();
  try {
    const response = await client.lookUpFreeBusy({
      asker: findAccount(info, asker),
      requestId: createRequestId(),
      authentication: 'Basic',
      request: {
        mailboxes: [{ email: { address: whom }, attendeeType: 'Required', excludeConflicts: false }],
        freeBusyView: { window: { start: now, end: now + 86_400_000 }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'FreeBusyMerged' },
      },
    });
    const [outcome] = response.freeBusy ?? [];
    if (outcome === undefined) return { ok: false, text: 'no answer' };
    return outcome.ok ? { ok: true, detail: 'free/busy came back' } : { ok: false, text: `${outcome.failure.responseCode}: ${outcome.failure.messageText.replaceAll(/\s+/g, ' ')}` };
  } catch (error) {
    return { ok: false, text: errorText(error) };
  }
}

interface Repairing {
  options: DiagnoseOptions;
  surroundings: DoctorSurroundings;
  say: (line: string) => void;
  screen: Screen;
}

async function repair(cause: ProvenCause, given: FreeBusyCase, { options, surroundings, say, screen }: Repairing): Promise<number> {
  if (options.yes !== true && !(await agrees(cause, surroundings))) {
    say('Nothing was changed.');
    return exitCodes.negative;
  }
  const undoFile = options.undo ?? `hybridge-undo-${new Date(systemClock.now()).toISOString().replaceAll(/[:.]/g, '-')}.ps1`;
  writeFileSync(undoFile, undoScript(cause), { flag: 'wx', mode: 0o600 });
  for (const invocation of cause.repair) {
    const session = given.sessions[invocation.session];
    if (session === undefined) throw new HybridgeError<DoctorFreeBusyErrorCode>('CLI_DOCTOR_CONSENT', `There is no session for ${invocation.cmdlet}.`, { remedy: 'Run the printed commands by hand.' });
    await session.invoke(invocation.cmdlet, invocation.parameters);
    say(`${screen.paint('green', '✓')} ${formatInvocation(invocation)}`);
  }
  say(`To undo: ${undoFile}`);
  const proof = await given.lookUp?.();
  if (proof === undefined) {
    say('Nobody’s credentials are at hand to look it up again: check it with a client.');
    return exitCodes.ok;
  }
  say(proof.ok ? screen.paint('green', `The lookup works now: ${proof.detail}.`) : `${screen.paint('red', 'The lookup still fails:')} ${proof.text}\nRun the doctor again: it finds what is left.`);
  return proof.ok ? exitCodes.ok : exitCodes.negative;
}

function undoScript({ cause, undo }: ProvenCause): string {
  const lines = undo.length === 0 ? ['# This repair adds what was missing and needs no undo.'] : undo.flatMap((invocation: CmdletInvocation) => [`# ${placesOfSessions[invocation.session]}`, formatInvocation(invocation)]);
  return `# Puts back what hybridge doctor changed for ${cause}.\n${lines.join('\n')}\n`;
}

async function agrees(cause: ProvenCause, { stdin, stdout }: DoctorSurroundings): Promise<boolean> {
  if (stdin.isTTY !== true) throw new HybridgeError<DoctorFreeBusyErrorCode>('CLI_DOCTOR_CONSENT', 'Nobody is there to agree to the repair.', { remedy: 'Add --yes to apply it without a question.' });
  const line = createInterface({ input: stdin, output: stdout });
  try {
    return /^y(?:es)?$/i.test((await line.question(`Run ${cause.repair.length === 1 ? 'this command' : `these ${cause.repair.length} commands`}? [y/N] `)).trim());
  } finally {
    line.close();
  }
}
