// `node bench/doctor.ts`: evidence read beside `grep` for one word over the same file, memory on a large log, and the time
// of a live diagnosis of a lab. BENCH_EVIDENCE_MB sets the size of the log (default 1000).
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHttpClient, systemClock } from '../src/foundation/index.ts';
import { diagnosePath } from '../src/doctor/index.ts';
import { labDial, openLabBreaker, startLab } from '../src/lab/index.ts';

const megabytes = Number(process.env['BENCH_EVIDENCE_MB'] ?? '1000');
const rounds = 3;
const bin = join(import.meta.dirname, '../bin/hybridge.js');
const folder = mkdtempSync(join(tmpdir(), 'hybridge-bench-doctor-'));

/** A log as IIS writes it: clients, their first 401s, lookups of another organisation. */
function writeLog(file: string, size: number): number {
  const descriptor = openSync(file, 'w');
  const paths = ['/owa/service.svc', '/EWS/Exchange.asmx', '/mapi/emsmdb/', '/autodiscover/autodiscover.xml', '/Microsoft-Server-ActiveSync/default.eas'];
  let written = writeSync(descriptor, '#Software: Microsoft Internet Information Services 10.0\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\n');
  for (let line = 0; written < size; ) {
    let block = '';
    for (let count = 0; count < 5000; count++, line++) {
      const isLookup = line % 50 === 0;
      const time = new Date((line % 86_400) * 1000).toISOString().slice(11, 19);
      block += `2026-11-21 ${time} 10.1.0.5 POST ${isLookup ? '/EWS/Exchange.asmx' : (paths[line % 5] ?? '')} &cafeReqId=${line}-1111-4222-8333-abcdefabcdef; 443 CONTOSO\\user${line % 900} 10.2.${line % 250}.7 ${isLookup ? 'ASProxy/CrossForest/EmailDomain//15.20.8158.012' : 'Microsoft+Office/16.0+(Windows+NT+10.0;+Microsoft+Outlook+16.0.17029;+Pro)'} - ${line % (isLookup ? 100 : 7) === 0 ? 401 : 200} 0 0 ${line % 300}\n`;
    }
    written += writeSync(descriptor, block);
  }
  closeSync(descriptor);
  return written;
}

/** Seconds, and the most memory in megabytes, of a command. */
async function measure(command: string, given: readonly string[]): Promise<{ seconds: number; peak: number }> {
  const started = performance.now();
  // A grep whose output goes nowhere stops at the first match.
  const child = spawn(command, given, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, LC_ALL: 'C' } });
  child.stdout.resume();
  let peak = 0;
  const timer = setInterval(() => {
    try {
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8'))?.[1] ?? 0) / 1024);
    } catch {
      // It has just ended.
    }
  }, 20);
  await new Promise((resolve) => void child.once('close', resolve));
  clearInterval(timer);
  return { seconds: (performance.now() - started) / 1000, peak };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

try {
  const [large, small] = [join(folder, 'large.log'), join(folder, 'small.log')];
  const bytes = writeLog(large, megabytes * 1e6);
  writeLog(small, 1e6);
  const seconds: Record<'grep' | 'doctor' | 'start', number[]> = { grep: [], doctor: [], start: [] };
  const peaks: Record<'large' | 'small', number[]> = { large: [], small: [] };
  await measure('grep', ['-c', 'CrossForest', large]);
  for (let round = 0; round < rounds; round++) {
    seconds.grep.push((await measure('grep', ['-c', 'CrossForest', large])).seconds);
    const doctor = await measure(process.execPath, [bin, 'doctor', 'evidence', large]);
    const start = await measure(process.execPath, [bin, 'doctor', 'evidence', small]);
    seconds.doctor.push(doctor.seconds);
    seconds.start.push(start.seconds);
    peaks.large.push(doctor.peak);
    peaks.small.push(start.peak);
  }
  const rate = (list: readonly number[]): string => `${Math.round(bytes / 1e6 / median(list))} MB/s`;
  console.log(`evidence, ${Math.round(bytes / 1e6)} MB of IIS log, median of ${rounds}, taking turns:`);
  console.log(`  grep -c CrossForest      ${rate(seconds.grep)}`);
  console.log(`  hybridge doctor evidence ${rate(seconds.doctor)} with its start of ${median(seconds.start).toFixed(1)} s; ${rate(seconds.doctor.map((each, index) => each - (seconds.start[index] ?? 0)))} without`);
  console.log(`  most memory              ${Math.round(median(peaks.large))} MB; with 1 MB of log ${Math.round(median(peaks.small))} MB`);

  const lab = await startLab({ freeBusy: 'both', stateDirectory: join(folder, 'lab'), processId: process.pid });
  const breaker = openLabBreaker(lab.info);
  const ca = readFileSync(lab.info.caFile, 'utf8');
  const httpClient = createHttpClient({ dial: labDial(lab.info), ca });
  const times: number[] = [];
  let probes = 0;
  for (let round = 0; round < 10; round++) {
    const started = performance.now();
    probes = 0;
    for (const topic of ['hma', 'agent'] as const) probes += (await diagnosePath(topic, { sessions: breaker.sessions, dial: labDial(lab.info), ca: [ca], httpClient, clock: systemClock })).probes.length;
    times.push(performance.now() - started);
  }
  console.log(`live: ${probes} probes of hma and agent in a lab: ${Math.round(median(times))} ms (median of 10)`);
  await httpClient.close();
  await breaker.close();
  await lab.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
