import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { getCACertificates } from 'node:tls';
import { createHttpClient, HybridgeError, systemClock, systemDial } from '../../../foundation/index.ts';
import { diagnoseFreeBusy, reportOfLookup, reportProbe } from '../../../doctor/index.ts';
import { labDial, readLabInfo } from '../../../lab/index.ts';
import { formatInvocation } from '../../../management/index.ts';
import { exitCodes } from '../../../service/index.ts';
import { terminalOf } from '../../surroundings.ts';
import { createPaint } from '../../terminal.ts';
import { connectCertificates } from '../certificates/certificate-connections.ts';
import type { DoctorSurroundings } from './create-doctor-command.ts';
import { writeReport } from './evidence.ts';
import { readAuthorization, readUrl } from './ews-access.ts';
import type { DoctorEwsErrorCode, EwsAccess } from './ews-access.ts';
import { openFreeBusyCase } from './free-busy-case.ts';
import { diagnosisJson, renderDiagnosis } from './render-diagnosis.ts';
import type { Screen } from './render-failure.ts';
import { probeText } from './render-report.ts';
import { repairCause } from './repair-cause.ts';
import type { RepairOptions } from './repair-cause.ts';

export interface DiagnoseOptions extends RepairOptions, EwsAccess {
  ca?: string;
  from: string;
  to: string;
  state?: string;
  config?: string;
  html?: string;
  json?: boolean;
}

/**
 * `hybridge doctor freebusy`: why one person cannot see whether another one is free; with `--fix` repairs it. Returns 0
 * when the lookup works (at last), 1 when it does not, or when nobody could look and a probe failed, 3 when nothing could
 * be looked at.
 */
export async function runDiagnosis(options: DiagnoseOptions, surroundings: DoctorSurroundings): Promise<number> {
  const terminal = terminalOf(surroundings);
  const screen: Screen = { width: terminal.width, paint: createPaint(terminal.colour) };
  const say = (line: string): void => void (options.json === true ? undefined : surroundings.stdout.write(`${line}\n`));
  const url = options.url === undefined ? undefined : readUrl(options.url);
  const authorization = readAuthorization(options);
  if ((url === undefined) !== (authorization === undefined)) throw new HybridgeError<DoctorEwsErrorCode>('CLI_DOCTOR_CREDENTIALS', 'A lookup by EWS needs an address and the credentials of who asks.', { remedy: 'Give --url with --token-file, or with --user and --password-file.' });
  const isStranger = url !== undefined && options.state === undefined && options.config === undefined;
  const connections = connectCertificates({ tls: isStranger ? [`${url.hostname}:${url.port === '' ? 443 : url.port}`] : [], ...(options.ca === undefined ? {} : { ca: options.ca }), ...(options.state === undefined ? {} : { state: options.state }), ...(options.config === undefined ? {} : { config: options.config }) }, surroundings);
  const info = !isStranger && options.config === undefined ? readLabInfo(resolve(options.state ?? '.hybridge/lab')) : undefined;
  const network = info === undefined ? { dial: systemDial, ca: [...getCACertificates('default'), ...(options.ca === undefined ? [] : [readFileSync(options.ca, 'utf8')])] } : { dial: labDial(info), ca: [readFileSync(info.caFile, 'utf8')] };
  const httpClient = createHttpClient(network);
  let close: (() => Promise<void>) | undefined;
  try {
    const { sessions } = connections.sources;
    const opened = await openFreeBusyCase({ info, sessions, httpClient, network, access: url === undefined || authorization === undefined ? undefined : { url, authorization } }, options);
    const { given } = opened;
    ({ close } = opened);
    say(`${screen.paint('bold', `${given.asker} asks for ${given.whom}`)}\n`);
    const diagnosis = await diagnoseFreeBusy(given, (report) => say(probeText(reportProbe(report), screen)));
    const { verdict, causes } = diagnosis;
    if (options.html !== undefined) writeReport(options.html, reportOfLookup(diagnosis, { title: `${given.asker} asks for ${given.whom}`, madeAt: systemClock.now(), formatInvocation }));
    if (options.json === true) surroundings.stdout.write(`${JSON.stringify(diagnosisJson(diagnosis), undefined, 2)}\n`);
    else say(`\n${renderDiagnosis(diagnosis, screen)}`);
    if (options.fix === true && causes.length > 0) return await repairCause(causes, { options, sessions, again: given.lookUp, surroundings, say, screen });
    if (verdict === 'works') return exitCodes.ok;
    if (verdict !== 'unseen' || causes.length > 0) return exitCodes.negative;
    return diagnosis.probes.some(({ outcome }) => outcome.status === 'pass') ? exitCodes.ok : exitCodes.notRunning;
  } finally {
    await close?.();
    await httpClient.close();
    await connections.close();
  }
}
