import { X509Certificate } from 'node:crypto';
import { hostname } from 'node:os';
import type { AccessLog, Clock, Dial, ListenOptions, Log } from '../foundation/index.ts';
import { noAccessLog, silentLog, startAdminListener, systemClock, systemDial } from '../foundation/index.ts';
import type { AgentMessage, RelayMessage } from '../tunnel/index.ts';
import { createAgentMetrics } from './agent-metrics.ts';
import { certificateProblem, clockProblem, createAgentProblems, unwritable } from './agent-problems.ts';
import type { AgentStatus } from './agent-status.ts';
import { agentVersion } from './agent-version.ts';
import { openAgentState } from './identity/agent-state.ts';
import { createRenewal } from './identity/create-renewal.ts';
import type { OutboundProxy } from './links/dial-through-proxy.ts';
import { dialThroughProxy } from './links/dial-through-proxy.ts';
import type { KeptLink } from './links/keep-link.ts';
import { keepLink } from './links/keep-link.ts';
import type { RelayLink } from './links/open-relay-link.ts';
import { openRelayLink } from './links/open-relay-link.ts';
import { createAgentTraffic } from './streams/agent-traffic.ts';
import { servePassThrough } from './streams/serve-pass-through.ts';
import { serveStream } from './streams/serve-stream.ts';
import { defaultForbiddenAddresses, forbidAddresses } from './targets/forbidden-addresses.ts';
import { createApplications } from './targets/applications.ts';

export interface AgentOptions {
  /** As filled by `enrollAgent`. */
  stateDirectory: string;
  /** PEM certificates to trust for the relay instead of the built-in roots. */
  ca?: string | readonly string[];
  /** PEM certificates to trust for targets instead of the built-in roots. */
  targetCa?: string | readonly string[];
  /** Host names of targets that this agent may connect to, `*.example` for all below. Default: whatever the relay says. */
  allowedTargets?: readonly string[];
  /** Addresses that it must not, whatever a name leads to: `loopback`, `link-local`, `metadata`, networks. Default the latter two names. */
  forbiddenAddresses?: readonly string[];
  /** Links to the relay. Default 2. */
  links?: number;
  /** Connections kept dialled and never used, for each target. Default 2. */
  warmConnections?: number;
  /** Milliseconds to connect to a target, handshake included. Default 10,000. */
  connectTimeoutMs?: number;
  machineName?: string;
  /** What it tells the relay of its release. Default: its own. */
  version?: string;
  /** How the relay is reached. */
  dial?: Dial;
  /** Outbound proxy for the links with the relay; targets are never reached through it. */
  proxy?: OutboundProxy;
  /** How targets are reached. Default: the same as `dial`. */
  targetDial?: Dial;
  /** Operators' listener; absent: none. PEM certificate and key. */
  admin?: ListenOptions & { certificate: string; privateKey: string };
  /** Milliseconds between pings. Default 1,000; four silent ones end a link. */
  pingIntervalMs?: number;
  /** Milliseconds of the first pause after a failure and of the longest. Default 100 and 15,000. */
  reconnectPauseMs?: { minimum: number; maximum: number };
  clock?: Clock;
  random?: () => number;
  log?: Log;
  accessLog?: AccessLog;
}

export interface RunningAgent {
  /** `admin`: `https://<address>:<port>` of the operators' listener, where there is one. */
  urls: { admin?: string };
  status(): AgentStatus;
  /** Resolves when a link is up; rejects when the agent is closed before. */
  ready(): Promise<void>;
  /** Takes no more connections, lets requests in work finish for `graceMs` (default 0), ends everything. */
  close(graceMs?: number): Promise<void>;
}

/** Milliseconds between reports to the relay. */
const reportEveryMs = 5000;

/**
 * Starts an agent. It returns at once and keeps trying to reach the relay; `ready` tells when it has.
 *
 * @throws AgentError `AGENT_NOT_ENROLLED`, `AGENT_STATE_UNREADABLE`; HybridgeError `LISTEN_…`
 */
export async function startAgent(options: AgentOptions): Promise<RunningAgent> {
  const log = options.log ?? silentLog;
  const clock = options.clock ?? systemClock;
  const random = options.random ?? Math.random;
  const dial = options.dial ?? systemDial;
  const relayDial = options.proxy === undefined ? dial : dialThroughProxy(options.proxy, dial);
  const state = openAgentState(options.stateDirectory);
  let identity = state.identity();
  const relay = new URL(identity.relayUrl);
  const traffic = createAgentTraffic();
  const kept: KeptLink[] = [];
  const waiting = new Set<{ resolve: () => void; reject: (error: Error) => void }>();
  let configuration = state.configuration();

  const applications = createApplications({
    dial: forbidAddresses(options.forbiddenAddresses ?? defaultForbiddenAddresses, options.targetDial ?? options.dial),
    warmConnections: options.warmConnections ?? 2,
    connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
    onHealthChanged: () => report(),
    random,
    ...(options.targetCa === undefined ? {} : { targetCa: list(options.targetCa) }),
    ...(options.allowedTargets === undefined ? {} : { allowedTargets: options.allowedTargets }),
  });
  if (configuration !== undefined) applications.configure(configuration.applications);

  const statusMessage = (): AgentMessage => ({ type: 'status', counters: { ...traffic }, targets: applications.statuses(), ...(problems.list.length === 0 ? {} : { problems: [...problems.list] }) });
  const report = (): void => {
    for (const link of kept.flatMap((place) => place.links)) link.send(statusMessage());
  };
  const problems = createAgentProblems(log);
  /** Saves, and says so where the disk does not take it; the agent goes on with what it has. */
  const save = (what: 'configuration' | 'certificate', write: () => void): boolean => {
    try {
      write();
      problems.set('AGENT_STATE_UNWRITABLE', undefined);
      return true;
    } catch (error) {
      problems.set('AGENT_STATE_UNWRITABLE', unwritable(what, error));
      return false;
    }
  };
  let unsaved = false;
  const saveConfiguration = (): void => {
    const newest = configuration;
    if (newest !== undefined) unsaved = !save('configuration', () => state.saveConfiguration(newest));
  };
  const renewal = createRenewal({
    identity: () => identity,
    clock,
    log,
    send: (message) => kept.flatMap((place) => (place.status.state === 'up' ? place.links : [])).at(0)?.send(message),
    renewed(fresh) {
      // What is not on disk would be gone with the next start, and the old one still serves.
      if (!save('certificate', () => state.saveIdentity(fresh))) return false;
      identity = fresh;
      for (const place of kept) place.replace();
      return true;
    },
  });
  const hello = (): AgentMessage => ({
    type: 'hello',
    version: options.version ?? agentVersion,
    machineName: options.machineName ?? identity.machineName ?? hostname(),
    capabilities: ['http/1.1', 'pass-through'],
    ...(configuration === undefined ? {} : { configurationRevision: configuration.revision }),
  });
  const receive = (message: RelayMessage, link: RelayLink, place: KeptLink | undefined): void => {
    switch (message.type) {
      case 'welcome':
        place?.welcomed();
        if (message.time !== undefined) problems.set('AGENT_CLOCK_WRONG', clockProblem(clock.now() - message.time));
        link.send(statusMessage());
        renewal.check();
        return;
      case 'configuration':
        if (message.revision === configuration?.revision) return;
        configuration = message;
        applications.configure(message.applications);
        saveConfiguration();
        log.info({ revision: message.revision, applications: message.applications.length }, 'configuration received');
        return;
      case 'refused':
        renewal.failed();
        place?.refused({ code: message.code, message: message.message, ...(message.remedy === undefined ? {} : { remedy: message.remedy }) });
        return;
      case 'drain':
        place?.replace();
        return;
      case 'renewed':
        renewal.complete(message.certificate);
    }
  };
  const open = (place: () => KeptLink | undefined, onClosed: (error: Error | undefined) => void): Promise<RelayLink> =>
    openRelayLink({
      host: relay.hostname.replace(/^\[|\]$/g, ''),
      port: Number(relay.port || '443'),
      dial: relayDial,
      certificate: identity.certificate,
      privateKey: identity.privateKey,
      hello,
      connectTimeoutMs: 10_000,
      onMessage: (message, link) => receive(message, link, place()),
      onStream(stream, applicationId, passThroughName) {
        const context = { applications, traffic, log, accessLog: options.accessLog ?? noAccessLog };
        if (passThroughName === undefined) serveStream(stream, applicationId, context);
        else void servePassThrough(stream, applicationId, passThroughName, context);
      },
      onClosed: (_, error) => onClosed(error),
      ...(options.ca === undefined ? {} : { ca: list(options.ca) }),
      ...(options.pingIntervalMs === undefined ? {} : { pingIntervalMs: options.pingIntervalMs }),
    });
  const isReady = (): boolean => kept.some((place) => place.status.state === 'up');
  const stateChanged = (): void => {
    if (!isReady()) return;
    for (const waiter of waiting) waiter.resolve();
    waiting.clear();
  };
  for (let index = 0; index < Math.max(1, options.links ?? 2); index += 1) {
    const place: KeptLink = keepLink({
      open: (onClosed) => open(() => place, onClosed),
      onStateChanged: stateChanged,
      random,
      minimumPauseMs: options.reconnectPauseMs?.minimum ?? 100,
      maximumPauseMs: options.reconnectPauseMs?.maximum ?? 15_000,
      log,
    });
    kept.push(place);
  }
  const reporting = setInterval(() => {
    renewal.check();
    if (unsaved) saveConfiguration();
    lookAround();
    report();
  }, reportEveryMs);
  const lookAround = (): void => {
    const { validFromDate, validToDate } = new X509Certificate(identity.certificate);
    problems.set('AGENT_CERTIFICATE_LIFE', certificateProblem(validToDate.getTime(), validFromDate.getTime(), clock.now()));
    problems.set('AGENT_LOG_UNWRITABLE', options.accessLog?.failing === true ? { message: 'Lines of the access log are lost.', remedy: 'Make room on its disk, and check the permissions of its folder; the log has the cause.' } : undefined);
  };
  lookAround();
  const status = (): AgentStatus => ({
    agentId: identity.agentId,
    tenantId: identity.tenantId,
    version: options.version ?? agentVersion,
    relayUrl: identity.relayUrl,
    ready: isReady(),
    links: kept.map((place) => place.status),
    targets: applications.statuses(),
    counters: { ...traffic },
    certificateExpiresAt: new X509Certificate(identity.certificate).validToDate.getTime(),
    problems: problems.list,
  });
  const adminListener =
    options.admin === undefined
      ? undefined
      : await startAdminListener({ ...options.admin, cert: options.admin.certificate, key: options.admin.privateKey, log, ready: isReady, metrics: createAgentMetrics(status) });
  log.info({ agentId: identity.agentId, relay: identity.relayUrl }, 'agent started');

  let closing: Promise<void> | undefined;
  const close = async (graceMs: number): Promise<void> => {
    clearInterval(reporting);
    for (const waiter of waiting) waiter.reject(new Error('The agent was closed.'));
    await drainLinks(kept, graceMs);
    for (const place of kept) place.destroy();
    applications.close();
    await adminListener?.close();
    log.info('agent stopped');
  };
  return {
    urls: adminListener === undefined ? {} : { admin: `https://${adminListener.host}:${adminListener.port}` },
    status,
    ready: () => (isReady() ? Promise.resolve() : new Promise((resolve, reject) => waiting.add({ resolve, reject }))),
    close(graceMs = 0) {
      closing ??= close(graceMs);
      return closing;
    },
  };
}

/** Announces the departure, then waits until no stream is left or the time is over. */
async function drainLinks(kept: readonly KeptLink[], graceMs: number): Promise<void> {
  const links = (): RelayLink[] => kept.flatMap((place) => place.links);
  for (const link of links()) link.send({ type: 'drain' });
  const until = performance.now() + graceMs;
  const busy = (): boolean => links().some((link) => link.activeStreams > 0);
  while (busy() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
  for (const place of kept) place.stop();
}

function list(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
