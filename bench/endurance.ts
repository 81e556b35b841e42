// What must outlast every time-out, and what must not fit into memory: a long poll, a streaming notification and a
// WebSocket that stay open for `--minutes` (default 65), then bodies of `--gigabytes` (default 4) in both directions with
// their hashes compared. Relay and agent are processes of their own, with default settings but the poll's response
// time-out. Ends with exit code 1 when anything was cut, late, changed, or made relay or agent grow.
import { createHash, randomBytes } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:https';
import type { RequestOptions } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { parseArgs } from 'node:util';
import { systemClock } from '../src/foundation/index.ts';
import { createCertificateAuthority, issueServerCertificate } from '../src/identity/index.ts';
import { startRelayUnderTest } from './tunnel/planes/hybridge.ts';
import { createProcesses } from './tunnel/processes.ts';
import type { AgentSettings } from './tunnel/settings.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '65' }, gigabytes: { type: 'string', default: '4' }, 'beat-seconds': { type: 'string', default: '30' } } });
const openMs = Number(values.minutes) * 60_000;
const transferBytes = Math.round(Number(values.gigabytes) * 1e9);
const beatMs = Number(values['beat-seconds']) * 1000;
/** What relay or agent may take more than before, however much passes. */
const allowedGrowth = 100 * 2 ** 20;
/** A notification is late after this, which leaves room for a busy machine. */
const lateMs = 5000;

const block = randomBytes(1 << 20);
const failures: string[] = [];
const check = (holds: boolean, what: string): void => {
  console.log(`${holds ? 'holds ' : 'FAILS '} ${what}`);
  if (!holds) failures.push(what);
};

/** Writes so many bytes as fast as they are taken, and hashes them. */
async function pump(stream: { write(chunk: Buffer): boolean; once(event: 'drain', listener: () => void): unknown; end(): unknown }): Promise<Hash> {
  const hash = createHash('sha256');
  for (let left = transferBytes; left > 0; left -= block.length) {
    const chunk = left < block.length ? block.subarray(0, left) : block;
    hash.update(chunk);
    if (!stream.write(chunk)) await new Promise<void>((resolve) => stream.once('drain', resolve));
  }
  stream.end();
  return hash;
}

async function drain(stream: AsyncIterable<Buffer>): Promise<{ bytes: number; digest: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of stream) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, digest: hash.digest('hex') };
}

let sentDown: Promise<Hash> | undefined;
async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  if (incoming.url === '/EWS/poll') setTimeout(() => response.end('the answer'), openMs);
  else if (incoming.url === '/EWS/stream') {
    const beat = setInterval(() => response.write(`${Date.now()}\n`), beatMs);
    setTimeout(() => {
      clearInterval(beat);
      response.end('over\n');
    }, openMs);
  } else if (incoming.url === '/EWS/down') sentDown = pump(response);
  else response.end(JSON.stringify(await drain(incoming)));
}

const residentBytes = (pid: number | undefined): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
const megabytes = (bytes: number): number => Math.round(bytes / 2 ** 20);

const directory = mkdtempSync(join(tmpdir(), 'hybridge-endurance-'));
const processes = createProcesses();
const authority = await createCertificateAuthority({ commonName: 'endurance', clock: systemClock });
const certificate = await issueServerCertificate(authority, { hosts: ['relay.test', '*.relay.test', 'target.test', '127.0.0.1'], days: 3, clock: systemClock });
const ca = authority.certificate;
const target = createServer({ cert: certificate.certificate, key: certificate.privateKey, requestTimeout: 0 }, (incoming, response) => void serve(incoming, response));
target.on('upgrade', (_: IncomingMessage, socket: Duplex) => {
  socket.on('error', () => undefined);
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
  socket.on('data', (chunk: Buffer) => socket.write(chunk));
});
target.listen(0, '127.0.0.1');
await once(target, 'listening');
const relay = await startRelayUnderTest({ processes, directory: join(directory, 'relay'), ca, certificate });
try {
  await relay.admin.createTenant({ name: 'endurance', id: 'endurance' });
  const targets = [{ url: `https://target.test:${(target.address() as AddressInfo).port}` }];
  const application = await relay.admin.createApplication('endurance', { targets });
  const patient = await relay.admin.createApplication('endurance', { targets, responseTimeoutMs: 24 * 3600_000 });
  const { token } = await relay.admin.issueEnrolmentToken('endurance');
  mkdirSync(join(directory, 'agent'));
  const settings: AgentSettings = { directory: join(directory, 'agent'), ca, relayUrl: relay.url, token, dialPort: relay.port };
  const agent = (await processes.fork('agent-process.ts', settings)).child;
  const ask = (path: string, options: Omit<RequestOptions, 'headers'> & { headers?: Record<string, string> } = {}, endpoint = application): ReturnType<typeof request> => {
    const host = new URL(endpoint.externalUrl).hostname;
    return request({ host: '127.0.0.1', port: relay.port, servername: host, ca, agent: false, path, ...options, headers: { host, ...options.headers } });
  };
  const answerOf = async (asked: ReturnType<typeof request>): Promise<IncomingMessage> => ((await once(asked, 'response')) as [IncomingMessage])[0];

  if (openMs > 0) {
    console.log(`A long poll, a stream and a WebSocket for ${values.minutes} minutes …`);
    const poll = async (): Promise<void> => {
      const asked = ask('/EWS/poll', {}, patient);
      asked.end();
      const answer = await answerOf(asked);
      check(answer.statusCode === 200 && String(Buffer.concat(await answer.toArray())) === 'the answer', `a long poll is answered after ${values.minutes} minutes`);
    };
    const stream = async (): Promise<void> => {
      const asked = ask('/EWS/stream');
      asked.end();
      let beats = 0;
      let latest = 0;
      let text = '';
      for await (const chunk of await answerOf(asked)) {
        text = String(chunk);
        if (text === 'over\n') break;
        beats += 1;
        latest = Math.max(latest, Date.now() - Number(text));
      }
      check(text === 'over\n' && beats >= Math.floor(openMs / beatMs) - 1 && latest < lateMs, `${beats} notifications in one answer, none later than ${latest} ms`);
    };
    const webSocket = async (): Promise<void> => {
      const asked = ask('/EWS/socket', { headers: { connection: 'Upgrade', upgrade: 'websocket' } });
      asked.end();
      const [, socket] = (await once(asked, 'upgrade')) as [IncomingMessage, Duplex];
      let echoes = 0;
      let sent = 0;
      for (const until = performance.now() + openMs; performance.now() < until; ) {
        socket.write(`${(sent += 1)}\n`);
        const [echo] = (await once(socket, 'data')) as [Buffer];
        if (String(echo) === `${sent}\n`) echoes += 1;
        await new Promise((resolve) => setTimeout(resolve, Math.min(beatMs, Math.max(0, until - performance.now()))));
      }
      check(echoes === sent, `a WebSocket echoes ${echoes} of ${sent} messages`);
      socket.destroy();
    };
    const ended = await Promise.allSettled([poll(), stream(), webSocket()]);
    for (const one of ended) if (one.status === 'rejected') check(false, String(one.reason));
  }

  const parties = { relay: relay.child.pid, agent: agent.pid };
  const transfer = async (name: string, run: () => Promise<boolean>): Promise<void> => {
    const before = { relay: residentBytes(parties.relay), agent: residentBytes(parties.agent) };
    const peak = { ...before };
    const sampling = setInterval(() => {
      for (const party of ['relay', 'agent'] as const) peak[party] = Math.max(peak[party], residentBytes(parties[party]));
    }, 200);
    const begun = performance.now();
    const same = await run();
    clearInterval(sampling);
    const seconds = (performance.now() - begun) / 1000;
    check(same, `${name} ${values.gigabytes} GB: ${Math.round(transferBytes / 1e6 / seconds)} MB/s, same hash at both ends`);
    for (const party of ['relay', 'agent'] as const) check(peak[party] - before[party] < allowedGrowth, `${party}: ${megabytes(before[party])} MB before, ${megabytes(peak[party])} MB at most`);
  };
  const down = async (): Promise<boolean> => {
    const asked = ask('/EWS/down');
    asked.end();
    const { bytes, digest } = await drain(await answerOf(asked));
    return bytes === transferBytes && digest === (await sentDown)?.digest('hex');
  };
  const up = async (): Promise<boolean> => {
    const asked = ask('/EWS/up', { method: 'POST' });
    const answered = answerOf(asked);
    const hash = await pump(asked);
    const { bytes, digest } = JSON.parse(String(Buffer.concat(await (await answered).toArray()))) as { bytes: number; digest: string };
    return bytes === transferBytes && digest === hash.digest('hex');
  };
  await transfer('down', down);
  await transfer('up', up);
  await transfer('down again', down);
} finally {
  await relay.close();
  await processes.stopAll();
  target.closeAllConnections();
  target.close();
  rmSync(directory, { recursive: true, force: true });
}
process.exitCode = failures.length === 0 ? 0 : 1;
