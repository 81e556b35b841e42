import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { getCACertificates } from 'node:tls';
import { createHttpClient, HybridgeError, systemClock, systemDial } from '../../../foundation/index.ts';
import { diagnosePath, reportOfDiagnosis, reportProbe } from '../../../doctor/index.ts';
import type { DoctorReport, PathCase, PathTopic, ProbeReport, ProvenCause, ReportProbe } from '../../../doctor/index.ts';
import { labDial, readLabInfo } from '../../../lab/index.ts';
import { exitCodes } from '../../../service/index.ts';
import { assessCertificates, takeInventory } from '../../../wizard/index.ts';
import type { CertificateSources } from '../../../wizard/index.ts';
import { terminalOf } from '../../surroundings.ts';
import { createPaint } from '../../terminal.ts';
import { connectCertificates } from '../certificates/certificate-connections.ts';
import type { DoctorSurroundings } from './create-doctor-command.ts';
import { writeReport } from './evidence.ts';
import type { LiveTopic } from './live-topics.ts';
import { probeText, renderReport } from './render-report.ts';

export type DoctorLiveErrorCode = 'CLI_DOCTOR_URL' | 'CLI_DOCTOR_CREDENTIALS';

export interface LiveOptions {
  url?: string;
  state?: string;
  config?: string;
  ca?: string;
  user?: string;
  passwordFile?: string;
  tokenFile?: string;
  json?: boolean;
  html?: string;
  isModernExpected?: boolean;
}

export interface LivePlace {
  look(topics: readonly LiveTopic[], onProbe?: (probe: ReportProbe) => void): Promise<DoctorReport>;
  close(): Promise<void>;
}

/** `hybridge doctor hma|agent|certificates|all`: 0 when all is well, 1 when a probe failed, 3 when none could look. */
export async function runLive(topics: readonly LiveTopic[], options: LiveOptions, surroundings: DoctorSurroundings): Promise<number> {
  const terminal = terminalOf(surroundings);
  const screen = { width: terminal.width, paint: createPaint(terminal.colour) };
  const place = openLivePlace(options, surroundings);
  try {
    const report = await place.look(topics, (probe) => void (options.json === true ? undefined : surroundings.stdout.write(`${probeText(probe, screen)}\n`)));
    if (options.html !== undefined) writeReport(options.html, report);
    // The probes stand there already, one by one as they ended.
    surroundings.stdout.write(options.json === true ? `${JSON.stringify({ ...report, madeAt: new Date(report.madeAt).toISOString() }, undefined, 2)}\n` : `\n${renderReport({ ...report, probes: [] }, screen, { timelineLength: 0 })}\n`);
    return report.status === 'well' ? exitCodes.ok : report.status === 'wrong' ? exitCodes.negative : exitCodes.notRunning;
  } finally {
    await place.close();
  }
}

/** @throws HybridgeError `CLI_DOCTOR_URL`, `CLI_DOCTOR_CREDENTIALS`, and those of `connectCertificates` */
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
  const given: PathCase = { sessions: connections.sources.sessions, dial, ca, httpClient, clock: systemClock, ...(url === undefined ? {} : { url }), ...(authorization === undefined ? {} : { authorization }) };
  // Who asks for everything did not ask whether modern authentication is on.
  const isModernExpected = options.isModernExpected !== false;
  return {
    async look(topics, onProbe = () => undefined) {
      const probes: ProbeReport[] = [];
      const causes: ProvenCause[] = [];
      const more: ReportProbe[] = [];
      for (const topic of topics) {
        if (topic === 'certificates') more.push(...(await certificateProbes(connections.sources, onProbe)));
        else {
          const diagnosis = await diagnosePath(topic satisfies PathTopic, { ...given, isModernExpected }, (probe) => onProbe(reportProbe(named(probe, topic))));
          probes.push(...diagnosis.probes.map((probe) => named(probe, topic)));
          causes.push(...diagnosis.causes.filter(({ cause, proof }) => !causes.some((known) => known.cause === cause && known.proof === proof)));
        }
      }
      return reportOfDiagnosis({ probes, causes, more }, { title: `${topics.join(', ')}${url === undefined ? '' : ` of ${url.host}`}`, madeAt: systemClock.now() });
    },
    async close() {
      await httpClient.close();
      await connections.close();
    },
  };
}

function named(probe: ProbeReport, topic: LiveTopic): ProbeReport {
  return { ...probe, id: `${topic}-${probe.id}` };
}

/** Each certificate is a probe: what it lacks, or how long it lasts. */
async function certificateProbes(sources: CertificateSources, onProbe: (probe: ReportProbe) => void): Promise<readonly ReportProbe[]> {
  const started = performance.now();
  const { certificates, unreached } = assessCertificates(await takeInventory(sources), { warningDays: 30, criticalDays: 7 });
  const durationMs = (performance.now() - started) / Math.max(1, certificates.length + unreached.length);
  const probes: ReportProbe[] = [
    ...certificates.map(({ id, title, severity, daysLeft, problems, counterpart }): ReportProbe => {
      const isWell = severity === 'ok';
      const detail = isWell ? `${daysLeft === null ? 'its end is not known' : `${daysLeft} days left`}${counterpart.detail === '' ? '' : `; ${counterpart.detail}`}` : problems.map(({ text }) => text).join(' ') || `${daysLeft ?? 0} days left`;
      return { id: `certificate-${id}`, title: `certificate: ${title}`, status: isWell ? 'pass' : severity === 'unknown' ? 'skipped' : 'fail', detail, durationMs };
    }),
    ...unreached.map(({ side, reason }): ReportProbe => ({ id: `certificate-of-${side}`, title: `certificates of ${side}`, status: 'skipped', detail: `it could not be reached: ${reason}`, durationMs })),
  ];
  for (const probe of probes) onProbe(probe);
  return probes;
}

function readUrl(text: string): URL {
  const url = URL.parse(/^https:\/\//i.test(text) ? text : `https://${text}`);
  if (url === null || url.username !== '' || url.password !== '') throw new HybridgeError<DoctorLiveErrorCode>('CLI_DOCTOR_URL', `"${text}" is no address of EWS.`, { remedy: 'Write https://mail.contoso.com/EWS/Exchange.asmx, or a host name; no credentials in it.' });
  return url.pathname === '/' ? new URL('/EWS/Exchange.asmx', url) : url;
}

/** Secrets come in files, because command lines are seen by everybody on the machine. */
function readAuthorization({ user, passwordFile, tokenFile }: LiveOptions): string | undefined {
  const secret = (file: string): string => {
    try {
      return readFileSync(file, 'utf8').trim();
    } catch (error) {
      throw new HybridgeError<DoctorLiveErrorCode>('CLI_DOCTOR_CREDENTIALS', `The file ${file} cannot be read.`, { cause: error, remedy: 'Check the path and who may read it.' });
    }
  };
  if (tokenFile !== undefined) return `Bearer ${secret(tokenFile).replace(/^Bearer\s+/i, '')}`;
  if (user === undefined && passwordFile === undefined) return undefined;
  if (user === undefined || passwordFile === undefined) throw new HybridgeError<DoctorLiveErrorCode>('CLI_DOCTOR_CREDENTIALS', 'A password needs a user, and a user a password.', { remedy: 'Give --user and --password-file, or --token-file.' });
  return `Basic ${Buffer.from(`${user}:${secret(passwordFile)}`).toString('base64')}`;
}
