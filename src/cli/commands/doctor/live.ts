import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { getCACertificates } from 'node:tls';
import { createHttpClient, HybridgeError, systemClock, systemDial } from '../../../foundation/index.ts';
import { diagnoseFreeBusy, diagnosePath, readClientRegistry, reportOfDiagnosis, reportProbe, worksAlready } from '../../../doctor/index.ts';
import type { ClientRegistry, Diagnosis, DoctorReport, LookupOutcome, PathCase, PathTopic, ProbeReport, ProvenCause, ReportProbe } from '../../../doctor/index.ts';
import { findAccount, labDial, readLabClient, readLabInfo, runOAuthPortion, showSymptom } from '../../../lab/index.ts';
import { formatInvocation } from '../../../management/index.ts';
import { exitCodes } from '../../../service/index.ts';
import type { CertificateSources } from '../../../wizard/index.ts';
import { terminalOf } from '../../surroundings.ts';
import { createPaint } from '../../terminal.ts';
import { connectCertificates } from '../certificates/certificate-connections.ts';
import type { DoctorSurroundings } from './create-doctor-command.ts';
import { readAuthorization, readUrl } from './ews-access.ts';
import type { EwsAccess } from './ews-access.ts';
import { lookAtCertificates } from './look-at-certificates.ts';
import { decodeText } from './decode-text.ts';
import { writeReport } from './evidence.ts';
import { openFreeBusyCase } from './free-busy-case.ts';
import type { FreeBusyPlace } from './free-busy-case.ts';
import type { LiveTopic } from './live-topics.ts';
import { probeText, renderReport } from './render-report.ts';
import { repairCause } from './repair-cause.ts';
import type { RepairOptions } from './repair-cause.ts';

export type DoctorLiveErrorCode = 'CLI_DOCTOR_CLIENT';

export interface LiveOptions extends RepairOptions, EwsAccess {
  state?: string;
  config?: string;
  ca?: string;
  /** File of the registry of the person's machine. */
  client?: string;
  /** Two people between whom free/busy is looked up, one of each side. */
  from?: string;
  to?: string;
  json?: boolean;
  html?: string;
  isModernExpected?: boolean;
}

const headings: Readonly<Record<LiveTopic, string>> = { freebusy: 'Free/busy both ways', hma: 'Modern authentication', agent: 'Agent', move: 'Moves', setup: 'Set-up', certificates: 'Certificates' };

/** What was seen, and what `--fix` needs of it. */
export interface Looked {
  report: DoctorReport;
  causes: readonly ProvenCause[];
}

export interface LivePlace {
  sessions: CertificateSources['sessions'];
  look(topics: readonly LiveTopic[], onProbe?: (probe: ReportProbe) => void, onTopic?: (topic: LiveTopic) => void): Promise<Looked>;
  /** Does again what failed; undefined where nobody can. */
  attempt(topic: LiveTopic): (() => Promise<LookupOutcome>) | undefined;
  close(): Promise<void>;
}

/** `hybridge doctor hma|agent|move|certificates|all`: 0 when all is well, 1 when a probe failed, 3 when none could look. */
export async function runLive(topics: readonly LiveTopic[], options: LiveOptions, surroundings: DoctorSurroundings): Promise<number> {
  const terminal = terminalOf(surroundings);
  const screen = { width: terminal.width, paint: createPaint(terminal.colour) };
  const say = (line: string): void => void (options.json === true ? undefined : surroundings.stdout.write(`${line}\n`));
  const place = openLivePlace(options, surroundings);
  try {
    const started = performance.now();
    const { report, causes } = await place.look(topics, (probe) => say(probeText(probe, screen)), (topic) => (topics.length > 1 ? say(screen.paint('bold', headings[topic])) : undefined));
    say(screen.paint('dim', `${report.probes.length} ${report.probes.length === 1 ? 'probe' : 'probes'}, ${((performance.now() - started) / 1000).toFixed(1)} s`));
    if (options.html !== undefined) writeReport(options.html, report);
    // The probes stand there already, one by one as they ended.
    surroundings.stdout.write(options.json === true ? `${JSON.stringify({ ...report, madeAt: new Date(report.madeAt).toISOString() }, undefined, 2)}\n` : `\n${renderReport({ ...report, probes: [] }, screen, { timelineLength: 0 })}\n`);
    const [topic] = topics;
    if (options.fix === true && topic !== undefined && causes.length > 0) return await repairCause(causes, { options, sessions: place.sessions, again: place.attempt(topic) ?? lookAgain(place, topics), surroundings, say, screen });
    return report.status === 'well' ? exitCodes.ok : report.status === 'wrong' ? exitCodes.negative : exitCodes.notRunning;
  } finally {
    await place.close();
  }
}

/** Where nobody's credentials are at hand, the probes tell. */
function lookAgain(place: LivePlace, topics: readonly LiveTopic[]): () => Promise<LookupOutcome> {
  return async () => {
    const { report } = await place.look(topics);
    return report.status === 'wrong' ? { ok: false, text: report.verdict } : { ok: true, detail: 'every probe that could look found all well' };
  };
}

/** @throws HybridgeError `CLI_DOCTOR_URL`, `CLI_DOCTOR_CREDENTIALS`, `CLI_DOCTOR_CLIENT`, and those of `connectCertificates` */
export function openLivePlace(options: LiveOptions, surroundings: DoctorSurroundings): LivePlace {
  const url = options.url === undefined ? undefined : readUrl(options.url);
  const authorization = readAuthorization(options);
  const isStranger = url !== undefined && options.state === undefined && options.config === undefined;
  const connections = connectCertificates(
    {
      tls: isStranger ? [`${url.hostname}:${url.port === '' ? 443 : url.port}`] : [],
      ...(options.ca === undefined ? {} : { ca: options.ca }),
      ...(options.state === undefined ? {} : { state: options.state }),
      ...(options.config === undefined ? {} : { config: options.config }),
    },
    surroundings,
  );
  const info = isStranger || options.config !== undefined ? undefined : readLabInfo(resolve(options.state ?? '.hybridge/lab'));
  const ca = [...(info === undefined ? getCACertificates('default') : [readFileSync(info.caFile, 'utf8')]), ...(options.ca === undefined ? [] : [readFileSync(options.ca, 'utf8')])];
  const dial = info === undefined ? systemDial : labDial(info);
  const httpClient = createHttpClient({ dial, ca });
  const { sessions } = connections.sources;
  const user = options.user === undefined ? undefined : info === undefined ? options.user : findAccount(info, options.user).address;
  const client = options.client === undefined ? (info === undefined ? undefined : readLabClient(info)) : readClient(options.client);
  // Who asks for everything did not ask whether modern authentication is on.
  const isModernExpected = options.isModernExpected !== false;
  const base: PathCase = { sessions, dial, ca, httpClient, clock: systemClock, isModernExpected, ...(url === undefined ? {} : { url }), ...(authorization === undefined ? {} : { authorization }) };
  const attempt = (topic: LiveTopic): (() => Promise<LookupOutcome>) | undefined => {
    if (info === undefined) return undefined;
    if (topic === 'move') return () => showSymptom(info, { move: true });
    // Only whether it would go through: the doctor changes nothing.
    if (topic === 'setup') return () => runOAuthPortion(info, { isDry: true });
    return topic === 'hma' && user !== undefined && authorization === undefined ? () => showSymptom(info, { signIn: user }) : undefined;
  };
  const pathCase = (topic: PathTopic): PathCase => {
    const again = attempt(topic);
    return { ...base, ...(topic === 'hma' && user !== undefined ? { user } : {}), ...(topic === 'hma' && client !== undefined ? { client } : {}), ...(again === undefined ? {} : { attempt: again }) };
  };
  return {
    sessions,
    attempt,
    async look(topics, onProbe = () => undefined, onTopic = () => undefined) {
      const looked: Diagnosis[] = [];
      const more: ReportProbe[] = [];
      const ending: ProvenCause[] = [];
      const keep = (diagnosis: Diagnosis, prefix: string): void => void looked.push({ ...diagnosis, probes: diagnosis.probes.filter(tells).map((probe) => ({ ...probe, id: `${prefix}-${probe.id}` })) });
      const say = (probe: ProbeReport): void => (tells(probe) ? onProbe(reportProbe(probe)) : undefined);
      for (const topic of topics) {
        onTopic(topic);
        if (topic === 'certificates') {
          const seen = await lookAtCertificates(connections.sources, onProbe);
          more.push(...seen.probes);
          ending.push(...seen.causes);
        }
        else if (topic === 'freebusy') for (const [diagnosis, prefix] of await lookBothWays({ info, sessions, httpClient, network: { dial, ca } }, options, say)) keep(diagnosis, prefix);
        else keep(await diagnosePath(topic, pathCase(topic), say), topic);
      }
      const causes = [...looked.flatMap((diagnosis) => diagnosis.causes), ...ending].filter(({ cause, proof }, at, all) => all.findIndex((known) => known.cause === cause && known.proof === proof) === at);
      const report = reportOfDiagnosis({ probes: looked.flatMap(({ probes }) => probes), causes, hidden: looked.flatMap(({ hidden = [] }) => hidden), more }, { title: `${topics.join(', ')}${url === undefined ? '' : ` of ${url.host}`}`, madeAt: systemClock.now(), formatInvocation });
      const said = looked.flatMap(({ text }) => (text === undefined ? [] : [{ text: `What failed says: ${text}` }]));
      return { report: { ...report, observations: [...said, ...report.observations] }, causes };
    },
    async close() {
      await httpClient.close();
      await connections.close();
    },
  };
}

/** What works is told by one line. */
function tells({ outcome }: ProbeReport): boolean {
  return outcome.status !== 'skipped' || outcome.because !== worksAlready;
}

/** Each asks for the other. */
async function lookBothWays(place: FreeBusyPlace, { from, to }: Pick<LiveOptions, 'from' | 'to'>, onProbe: (probe: ProbeReport) => void): Promise<readonly (readonly [Diagnosis, string])[]> {
  const known = place.info?.accounts.filter(({ kind }) => kind === 'user');
  const [one, other] = [from ?? known?.find(({ side }) => side === 'cloud')?.address, to ?? known?.find(({ side }) => side === 'on-premises')?.address];
  if (one === undefined || other === undefined) {
    const unnamed: ProbeReport = { id: 'lookup', title: 'free/busy both ways', outcome: { status: 'skipped', because: 'nobody was named: --from and --to, one of each side' }, durationMs: 0 };
    onProbe(unnamed);
    return [[{ verdict: 'unseen', probes: [unnamed], recognized: [], causes: [] }, 'freebusy']];
  }
  const diagnoses: (readonly [Diagnosis, string])[] = [];
  for (const [prefix, asked] of [['freebusy', { from: one, to: other }], ['freebusy-back', { from: other, to: one }]] as const) {
    const opened = await openFreeBusyCase(place, asked);
    try {
      const titled = (probe: ProbeReport): ProbeReport => (probe.id === 'lookup' ? { ...probe, title: `free/busy: ${opened.given.asker} → ${opened.given.whom}` } : probe);
      const diagnosis = await diagnoseFreeBusy(opened.given, (probe) => onProbe(titled(probe)));
      diagnoses.push([{ ...diagnosis, probes: diagnosis.probes.map(titled) }, prefix]);
    } finally {
      await opened.close();
    }
  }
  return diagnoses;
}

function readClient(file: string): ClientRegistry {
  try {
    return readClientRegistry(decodeText(readFileSync(file)));
  } catch (error) {
    throw new HybridgeError<DoctorLiveErrorCode>('CLI_DOCTOR_CLIENT', `The registry ${file} cannot be read.`, { cause: error, remedy: 'Export it on the person’s machine: reg export HKCU\\Software\\Microsoft\\Office office.reg' });
  }
}
