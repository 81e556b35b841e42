import { writeFileSync } from 'node:fs';
import { errorCode, HybridgeError, systemClock } from '../../../foundation/index.ts';
import { examineEvidence, reportOfEvidence, writeHtmlReport } from '../../../doctor/index.ts';
import type { DoctorReport, EvidenceReport, LocalClock } from '../../../doctor/index.ts';
import { exitCodes } from '../../../service/index.ts';
import { terminalOf } from '../../surroundings.ts';
import { createPaint } from '../../terminal.ts';
import type { DoctorSurroundings } from './create-doctor-command.ts';
import { renderReport } from './render-report.ts';

export type DoctorEvidenceErrorCode = 'CLI_DOCTOR_EVIDENCE' | 'CLI_DOCTOR_OFFSET' | 'CLI_DOCTOR_REPORT_FILE';

export interface EvidenceOptions {
  offset?: string;
  timeZone?: string;
  timeline: string;
  json?: boolean;
  html?: string;
}

/** `hybridge doctor evidence`: 0 when nothing known is wrong in it, 1 when something is, 3 when nothing could be read. */
export async function runEvidence(paths: readonly string[], options: EvidenceOptions, surroundings: DoctorSurroundings): Promise<number> {
  const terminal = terminalOf(surroundings);
  const localClock = await readLocalClock(options);
  const progress = terminal.interactive && options.json !== true;
  const evidence = await examine(paths, {
    now: systemClock.now(),
    ...(localClock === undefined ? {} : { localClock }),
    onFile: (name) => void (progress ? surroundings.stderr.write(`\u001b[2K\rreading ${name.slice(-60)}`) : undefined),
  });
  if (progress) surroundings.stderr.write('\u001b[2K\r');
  const report = reportOfEvidence(evidence, paths.join(', '), systemClock.now());
  if (options.html !== undefined) writeReport(options.html, report);
  if (options.json === true) surroundings.stdout.write(`${JSON.stringify(evidenceJson(report, evidence), undefined, 2)}\n`);
  else surroundings.stdout.write(`${renderReport(report, { width: terminal.width, paint: createPaint(terminal.colour) }, { timelineLength: Number(options.timeline) || 0 })}\n`);
  return report.status === 'well' ? exitCodes.ok : report.status === 'wrong' ? exitCodes.negative : exitCodes.notRunning;
}

async function examine(paths: readonly string[], options: Omit<Parameters<typeof examineEvidence>[0], 'paths'>): Promise<EvidenceReport> {
  try {
    return await examineEvidence({ ...options, paths });
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'EACCES') throw error;
    throw new HybridgeError<DoctorEvidenceErrorCode>('CLI_DOCTOR_EVIDENCE', 'The evidence cannot be opened.', { cause: error, facts: { paths }, remedy: `Check the paths: ${paths.join(', ')}` });
  }
}

async function readLocalClock({ offset, timeZone }: EvidenceOptions): Promise<LocalClock | undefined> {
  if (offset !== undefined && timeZone !== undefined) throw new HybridgeError<DoctorEvidenceErrorCode>('CLI_DOCTOR_OFFSET', 'Both an offset and a time zone were given.', { remedy: 'Give --time-zone alone: it knows the offset of every day.' });
  if (offset !== undefined) return { minutes: readOffset(offset) };
  if (timeZone === undefined) return undefined;
  // Loaded where it is needed: with the organisation comes its store.
  const { createTimeZone } = await import('../../../organization/index.ts');
  try {
    const zone = createTimeZone(timeZone);
    return { zone: timeZone, toInstant: (local) => zone.toInstant(local) };
  } catch (error) {
    throw new HybridgeError<DoctorEvidenceErrorCode>('CLI_DOCTOR_OFFSET', `"${timeZone}" is no time zone.`, { cause: error, remedy: 'Write Europe/Berlin, or as Windows and Get-TimeZone name it: "W. Europe Standard Time".' });
  }
}

/** `+02:00`, `-5`, `0200`: minutes ahead of UTC. */
function readOffset(text: string): number {
  const [, sign, hours = '', minutes = '0'] = /^(?:UTC)?([+-]?)(\d{1,2}):?(\d\d)?$/i.exec(text) ?? [];
  const value = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  if (hours === '' || Math.abs(value) > 14 * 60) throw new HybridgeError<DoctorEvidenceErrorCode>('CLI_DOCTOR_OFFSET', `"${text}" is no offset from UTC.`, { remedy: 'Write +02:00 for a server two hours ahead of UTC, -05:00 for one behind.' });
  return value;
}

/** Writes the page; the file is readable by its owner only, since it tells about an organisation. */
export function writeReport(file: string, report: DoctorReport): void {
  try {
    writeFileSync(file, writeHtmlReport(report), { mode: 0o600 });
  } catch (error) {
    throw new HybridgeError<DoctorEvidenceErrorCode>('CLI_DOCTOR_REPORT_FILE', `The report cannot be written to ${file}.`, { cause: error, remedy: 'Give --html a file in a folder that you may write to.' });
  }
}

function evidenceJson(report: DoctorReport, { tenants }: EvidenceReport): object {
  const { madeAt, timeline, files, findings, ...rest } = report;
  const iso = (at: number): string => new Date(at).toISOString();
  return {
    ...rest,
    madeAt: iso(madeAt),
    findings: findings.map(({ firstAt, lastAt, ...finding }) => ({ ...finding, ...(firstAt === undefined ? {} : { firstAt: iso(firstAt) }), ...(lastAt === undefined ? {} : { lastAt: iso(lastAt) }) })),
    timeline: timeline.map(({ at, lastAt, ...entry }) => ({ at: iso(at), ...entry, ...(entry.count === 1 ? {} : { lastAt: iso(lastAt) }) })),
    files: files.map(({ from, to, ...file }) => ({ ...file, ...(from === undefined ? {} : { from: iso(from) }), ...(to === undefined ? {} : { to: iso(to) }) })),
    tenants,
  };
}
