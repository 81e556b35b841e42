import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { IncomingHttpHeaders, RequestListener, RequestOptions } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Server as NetServer, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import type { SecureContextOptions, TLSSocket } from 'node:tls';
import { enrollAgent, startAgent } from '../../../src/agent/index.ts';
import type { AgentOptions, RunningAgent } from '../../../src/agent/index.ts';
import type { AccessLog, AccessLogEntry, Dial } from '../../../src/foundation/index.ts';
import { createHttpClient, systemClock, systemDial } from '../../../src/foundation/index.ts';
import { createCertificateAuthority, issueServerCertificate } from '../../../src/identity/index.ts';
import { createRelayAdminClient, startRelay } from '../../../src/relay/index.ts';
import type { ApplicationView, RelayAdminClient, RelayOptions, RunningRelay } from '../../../src/relay/index.ts';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface TunnelWorld {
  ca: string;
  relay: RunningRelay;
  admin: RelayAdminClient;
  relayLog: AccessLogEntry[];
  agentLog: AccessLogEntry[];
  dial: Dial;
  /** Starts an HTTPS target on loopback; the address is `https://target.test:<port>`. */
  startTarget(listener: RequestListener, more?: SecureContextOptions): Promise<{ url: string; server: Server; port: number }>;
  /** A target that answers each connection with bytes of the test's choosing. */
  startRawTarget(serve: (socket: TLSSocket, transport: Socket) => void): Promise<string>;
  publish(targets: string | readonly string[], tenant?: string, more?: Record<string, unknown>): Promise<ApplicationView>;
  enrol(tenant?: string): Promise<{ stateDirectory: string; agentId: string }>;
  startAgent(tenant?: string, more?: Partial<AgentOptions>): Promise<RunningAgent & { agentId: string; stateDirectory: string }>;
  /** A TLS connection with the relay, named for an application. */
  connect(application: ApplicationView | string): Promise<TLSSocket>;
  /** Sends bytes and collects everything until the relay closes. */
  exchange(application: ApplicationView | string, bytes: string | Buffer): Promise<string>;
  request(application: ApplicationView, path: string, options?: Omit<RequestOptions, 'headers'> & { headers?: Record<string, string>; body?: string | Buffer }): Promise<Answer>;
  close(): Promise<void>;
}

/** Relay, agents and targets on loopback, with real sockets and TLS; names under `.test` resolve to 127.0.0.1. */
export async function startTunnelWorld(relayOptions: Partial<RelayOptions> = {}): Promise<TunnelWorld> {
  const directory = mkdtempSync(join(tmpdir(), 'hybridge-tunnel-'));
  const authority = await createCertificateAuthority({ commonName: 'test', clock: systemClock });
  const certificate = await issueServerCertificate(authority, { hosts: ['relay.test', '*.relay.test', '*.other.test', 'mail.contoso.test', 'mail.fabrikam.test', 'localhost', '127.0.0.1'], days: 2, clock: systemClock });
  const targetCertificate = await issueServerCertificate(authority, { hosts: ['target.test', '127.0.0.1'], days: 2, clock: systemClock });
  const ca = authority.certificate;
  const relayLog: AccessLogEntry[] = [];
  const agentLog: AccessLogEntry[] = [];
  const collect = (entries: AccessLogEntry[]): AccessLog => ({
    write: (entry) => void entries.push(entry),
    close: () => Promise.resolve(),
  });
  const dial: Dial = (host, port, signal) => systemDial(host.endsWith('.test') ? '127.0.0.1' : host, port, signal);
  const relay = await startRelay({
    stateDirectory: join(directory, 'relay'),
    domains: ['relay.test', 'other.test', 'localhost'],
    certificates: [certificate],
    admin: { key: 'admin-key' },
    accessLog: collect(relayLog),
    pingIntervalMs: 200,
    dial,
    tokenIssuersCa: ca,
    ...relayOptions,
  });
  const httpClient = createHttpClient({ dial, ca });
  const admin = createRelayAdminClient({ url: relay.urls.admin, httpClient, key: 'admin-key' });
  const closers: (() => unknown)[] = [];
  const tenants = new Set<string>();
  const useTenant = async (tenant: string): Promise<void> => {
    if (tenants.has(tenant)) return;
    tenants.add(tenant);
    await admin.createTenant({ name: tenant, id: tenant });
  };
  const listenTarget = async (server: NetServer): Promise<number> => {
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return (server.address() as AddressInfo).port;
  };
  const hostOf = (application: ApplicationView | string): string => (typeof application === 'string' ? application : new URL(application.externalUrl).hostname);

  const world: TunnelWorld = {
    ca,
    relay,
    admin,
    relayLog,
    agentLog,
    dial,
    async startTarget(listener, more = {}) {
      const server = createServer({ cert: targetCertificate.certificate, key: targetCertificate.privateKey, ...more }, listener);
      const port = await listenTarget(server);
      closers.push(() => {
        server.closeAllConnections();
        server.close();
      });
      return { url: `https://target.test:${port}`, server, port };
    },
    async startRawTarget(serve) {
      const sockets = new Set<Socket>();
      const transports = new Map<number | undefined, Socket>();
      const server = tls.createServer({ cert: targetCertificate.certificate, key: targetCertificate.privateKey }, (socket) => {
        sockets.add(socket);
        socket.on('error', () => undefined);
        serve(socket, transports.get(socket.remotePort) as Socket);
      });
      server.on('connection', (transport: Socket) => transports.set(transport.remotePort, transport));
      const port = await listenTarget(server);
      closers.push(() => {
        for (const socket of sockets) socket.destroy();
        server.close();
      });
      return `https://target.test:${port}`;
    },
    async publish(targets, tenant = 'contoso', more = {}) {
      await useTenant(tenant);
      const urls = typeof targets === 'string' ? [targets] : targets;
      return admin.createApplication(tenant, { targets: urls.map((url) => ({ url })), ...more });
    },
    async enrol(tenant = 'contoso') {
      await useTenant(tenant);
      const { token } = await admin.issueEnrolmentToken(tenant);
      const stateDirectory = mkdtempSync(join(directory, 'agent-'));
      const { agentId } = await enrollAgent({ relayUrl: `https://relay.test:${relay.port}`, token, stateDirectory, ca, dial });
      return { stateDirectory, agentId };
    },
    async startAgent(tenant = 'contoso', more = {}) {
      const { stateDirectory, agentId } = await world.enrol(tenant);
      const agent = await startAgent({ stateDirectory, ca, targetCa: ca, dial, accessLog: collect(agentLog), pingIntervalMs: 200, ...more });
      closers.push(() => agent.close());
      await agent.ready();
      return Object.assign(agent, { agentId, stateDirectory });
    },
    connect: (application) =>
      new Promise((resolve, reject) => {
        const socket = tls.connect({ host: '127.0.0.1', port: relay.port, servername: hostOf(application), ca: [ca], ALPNProtocols: ['http/1.1'] });
        socket.once('secureConnect', () => resolve(socket));
        socket.once('error', reject);
        closers.push(() => socket.destroy());
      }),
    async exchange(application, bytes) {
      const socket = await world.connect(application);
      const received: Buffer[] = [];
      const done = new Promise<string>((resolve) => {
        socket.on('data', (chunk: Buffer) => received.push(chunk));
        socket.once('close', () => resolve(Buffer.concat(received).toString('latin1')));
        socket.on('error', () => undefined);
      });
      socket.write(bytes);
      return done;
    },
    request(application, path, { body, ...options } = {}) {
      return new Promise((resolve, reject) => {
        const host = hostOf(application);
        const request = https.request({ host: '127.0.0.1', port: relay.port, servername: host, ca: [ca], path, agent: false, ...options, headers: { host: `${host}:${relay.port}`, ...options.headers } }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
          response.once('error', reject);
        });
        request.once('error', reject);
        request.end(body);
      });
    },
    async close() {
      for (const close of closers.reverse()) await close();
      await relay.close();
      await httpClient.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  return world;
}
