// A lookup through relay and agent beside the same lookup made directly, every party in a process of its own; how long a
// whole lab takes to its first answer across; and what each party holds in memory.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getUserAvailability } from '../src/ews/index.ts';
import type { AvailabilityRequest } from '../src/ews/index.ts';
import { createHttpClient, createRequestId, errorCode } from '../src/foundation/index.ts';
import { createLabClient, findAccount, labDial, startLab } from '../src/lab/index.ts';
import type { LabInfo, RunningLab } from '../src/lab/index.ts';
import { measurePair, milliseconds, ratio } from './figures.ts';

const parties = ['sts', 'onPremises', 'cloud', 'relay', 'agent'] as const;
const dayMs = 86_400_000;

function lookUp(addresses: readonly string[]): AvailabilityRequest {
  const start = Math.floor(Date.now() / dayMs) * dayMs;
  return {
    mailboxes: addresses.map((address) => ({ email: { address }, attendeeType: 'Required', excludeConflicts: false })),
    freeBusyView: { window: { start, end: start + 7 * dayMs }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'DetailedMerged' },
  };
}

/** A port that is free now, far enough below the end for a lab's listeners; a collision is tried again. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return Math.min(port, 65_000);
}

async function startSomewhere(directory: string): Promise<{ lab: RunningLab; portBase: number }> {
  for (let attempt = 0; ; attempt++) {
    const portBase = await freePort();
    try {
      return { lab: await startLab({ stateDirectory: directory, portBase, processId: process.pid }), portBase };
    } catch (error) {
      if (errorCode(error) !== 'LISTEN_PORT_TAKEN' || attempt === 5) throw error;
    }
  }
}

async function startParty(party: string, directory: string, portBase: number): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'party.ts'), [party, directory, String(portBase)]);
  await once(child, 'message');
  return child;
}

async function memoryOf(child: ChildProcess): Promise<number> {
  child.send('memory');
  const [answer] = (await once(child, 'message')) as [{ rss: number }];
  return answer.rss;
}

async function compare(info: LabInfo): Promise<void> {
  const httpClient = createHttpClient({ dial: labDial(info), ca: readFileSync(info.caFile, 'utf8') });
  const bert = findAccount(info, 'bert');
  const authorization = `Basic ${Buffer.from(`${bert.userName ?? ''}:${bert.password ?? ''}`).toString('base64')}`;
  const ask = (url: string, addresses: readonly string[]) => (): Promise<unknown> =>
    getUserAvailability({ url, httpClient, authorization: () => authorization, userAgent: 'bench', requestId: createRequestId() }, lookUp(addresses));
  const tunnel = info.parties.relay.namedUrls['endpoint'] ?? '';
  const direct = info.parties.onPremises.namedUrls['ews'] ?? '';
  const colleagues = info.accounts.filter((account) => account.side === 'on-premises' && account.kind === 'user').map((account) => account.address);
  for (const count of [1, 10]) {
    const { one, other } = await measurePair(ask(tunnel, colleagues.slice(0, count)), ask(direct, colleagues.slice(0, count)), 400);
    console.log(`  ${count} mailbox${count === 1 ? ' ' : 'es'}, one week: tunnel p50 ${milliseconds(one.p50)} p99 ${milliseconds(one.p99)}; direct p50 ${milliseconds(other.p50)} p99 ${milliseconds(other.p99)}; tunnel / direct p50 ${ratio(one.p50 / other.p50)}, p99 ${ratio(one.p99 / other.p99)}`);
  }
  await httpClient.close();
}

export async function benchCrossPremises(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'hybridge-bench-'));
  const children: ChildProcess[] = [];
  try {
    const started = performance.now();
    const { lab, portBase } = await startSomewhere(directory);
    const client = createLabClient(lab.info);
    const asker = findAccount(lab.info, 'anna');
    const first = await client.lookUpFreeBusy({ asker, request: lookUp(['bert@contoso.test']), requestId: createRequestId() });
    if (first.freeBusy?.[0]?.ok !== true) throw new Error('The first lookup across failed.');
    console.log(`Whole lab, first start to first answer across: ${((performance.now() - started) / 1000).toFixed(1)} s`);
    await client.close();
    await lab.close();
    const again = performance.now();
    const second = await startLab({ stateDirectory: directory, portBase, processId: process.pid });
    console.log(`Whole lab, second start until set-up is verified: ${((performance.now() - again) / 1000).toFixed(1)} s`);
    const { info } = second;
    await second.close();

    for (const party of parties) children.push(await startParty(party, directory, portBase));
    const idle = await Promise.all(children.map(memoryOf));
    console.log('Lookup of an on-premises user, through relay and agent beside directly, each party its own process');
    await compare(info);
    const busy = await Promise.all(children.map(memoryOf));
    console.log('Resident memory (MB), idle and after the lookups');
    for (const [index, party] of parties.entries()) console.log(`  ${party.padEnd(11)} ${((idle[index] ?? 0) / 1e6).toFixed(0).padStart(5)} ${((busy[index] ?? 0) / 1e6).toFixed(0).padStart(5)}`);
  } finally {
    await Promise.all(
      children.map(async (child) => {
        child.send('stop');
        await once(child, 'exit');
      }),
    );
    rmSync(directory, { recursive: true });
  }
}

await benchCrossPremises();
