import { join } from 'node:path';
import type { AccessLog, Clock, ListenOptions, Log } from '../foundation/index.ts';
import { noAccessLog, silentLog, startAdminListener, systemClock } from '../foundation/index.ts';
import type { CertificateWithKey } from '../identity/index.ts';
import { createPathPolicy } from '../tunnel/index.ts';
import { guardRoutes } from './admin/admin-context.ts';
import type { AdminContext } from './admin/admin-context.ts';
import { agentRoutes } from './admin/agent-routes.ts';
import { applicationRoutes } from './admin/application-routes.ts';
import { authorityRoutes } from './admin/authority-routes.ts';
import { enrolmentTokenRoutes } from './admin/enrolment-token-routes.ts';
import { tailRoutes } from './admin/tail-routes.ts';
import { tenantRoutes } from './admin/tenant-routes.ts';
import { createTrafficCounters } from './admin/traffic-counters.ts';
import { createTrafficFeed } from './admin/traffic-feed.ts';
import type { AdministratorSignInOptions } from './enrolment/administrator-sign-in.ts';
import { createAdministratorSignIn } from './enrolment/administrator-sign-in.ts';
import { createLinkDirectory } from './links/link-directory.ts';
import { createLinkListener } from './links/link-listener.ts';
import { serveClient } from './proxy/client-connection.ts';
import { createDeadlines } from './proxy/deadlines.ts';
import { passThrough } from './proxy/pass-through.ts';
import type { ProxyContext, ProxyTimeouts } from './proxy/proxy-context.ts';
import { defaultProxyTimeouts } from './proxy/proxy-context.ts';
import { serveHttp2 } from './proxy/http2/serve-http2.ts';
import { createRequestRates } from './proxy/request-rates.ts';
import type { ConnectionLimits } from './public/connection-limiter.ts';
import { createConnectionLimiter, defaultConnectionLimits } from './public/connection-limiter.ts';
import { createOwnHostHandler } from './public/create-own-host-handler.ts';
import type { PublicListener } from './public/public-listener.ts';
import { startPublicListener } from './public/public-listener.ts';
import { createRelayMetrics } from './relay-metrics.ts';
import { openRegistry } from './registry/open-registry.ts';
import type { Application } from './registry/application.ts';

export interface RelayOptions {
  /** Holds `relay.sqlite`: registry and the authority for agents. */
  stateDirectory: string;
  /** Domains under which `<guid>.<domain>` is published; the domain itself is the relay's own host. At least one. */
  domains: readonly [string, ...string[]];
  /** Server certificates covering the domains and their wildcards; chosen by name, the first is the default. */
  certificates: readonly [CertificateWithKey, ...CertificateWithKey[]];
  /** The public port, for clients and agents alike. */
  listen?: ListenOptions;
  /** The operators' listener; uses the first certificate. `key` is the bearer key of the admin API. */
  admin: ListenOptions & { key: string };
  /** The public port as the outside sees it, for external URLs. Default: the port that is bound. */
  externalPort?: number;
  /** Days that agents' certificates are valid. Default 90. */
  agentCertificateDays?: number;
  /** Lets administrators enrol agents by signing in at a token service; absent: tokens only. */
  signIn?: AdministratorSignInOptions;
  connectionLimits?: Partial<ConnectionLimits>;
  timeouts?: Partial<ProxyTimeouts>;
  /** Milliseconds between pings on links. Default 1,000; four silent ones end a link. */
  pingIntervalMs?: number;
  clock?: Clock;
  log?: Log;
  accessLog?: AccessLog;
}

export interface RunningRelay {
  urls: {
    /** `https://<first domain>[:port]`. */
    public: string;
    /** `https://<admin address>:<port>`. */
    admin: string;
  };
  /** The bound public port. */
  port: number;
  adminPort: number;
  /** Takes no more requests, lets those in work finish for `graceMs` (default 0), ends everything. */
  close(graceMs?: number): Promise<void>;
}

/**
 * Starts a relay: one public port for clients and agents, one operators' port.
 *
 * @throws HybridgeError `LISTEN_…`, `STORE_…`
 */
export async function startRelay(options: RelayOptions): Promise<RunningRelay> {
  const clock = options.clock ?? systemClock;
  const log = options.log ?? silentLog;
  const domains = options.domains.map((domain) => domain.toLowerCase());
  const relayHost = domains[0] ?? '';
  const registry = await openRegistry({ file: join(options.stateDirectory, 'relay.sqlite'), clock, domains });
  const links = createLinkDirectory();
  const counters = createTrafficCounters();
  const feed = createTrafficFeed();
  const deadlines = createDeadlines();
  const rates = createRequestRates();
  const policies = new WeakMap<Application, (path: string) => boolean>();
  let draining = false;
  let publicListener: PublicListener | undefined;
  const metrics = createRelayMetrics({
    links: () => links.all().length,
    clientConnections: () => publicListener?.clients ?? 0,
    streams: () => links.all().reduce((sum, link) => sum + link.activeStreams, 0),
  });
  const certificateDays = options.agentCertificateDays ?? 90;
  const signIn = options.signIn === undefined ? undefined : createAdministratorSignIn(options.signIn, { relayHost, clock, log });
  const linkListener = createLinkListener({
    registry,
    links,
    certificate: options.certificates[0],
    relayHost,
    clock,
    log,
    certificateDays,
    ...(options.pingIntervalMs === undefined ? {} : { pingIntervalMs: options.pingIntervalMs }),
  });
  const context: ProxyContext = {
    route: (host) => routeByHost(host, domains, registry.application),
    allows(application, path) {
      let policy = policies.get(application);
      if (policy === undefined) policies.set(application, (policy = createPathPolicy(application.allowedPaths)));
      return policy(path);
    },
    links,
    relayHost,
    clock,
    log,
    accessLog: feed.tee(options.accessLog ?? noAccessLog),
    metrics,
    timeouts: { ...defaultProxyTimeouts, ...options.timeouts },
    deadlines,
    admitRequest: rates.admit,
    count: counters.count,
    draining: () => draining,
  };
  publicListener = await startPublicListener({
    ...options.listen,
    certificates: options.certificates,
    ownHosts: new Set(domains),
    ownHost: createOwnHostHandler({ registry, clock, log, certificateDays, ...(signIn === undefined ? {} : { signIn }) }),
    serve: (socket, client) => (socket.alpnProtocol === 'h2' ? serveHttp2(socket, client, context) : serveClient(socket, client, context)),
    acceptLink: linkListener.accept,
    passThrough(socket, serverName, client) {
      const application = registry.applicationByPassThroughHost(serverName);
      if (application !== undefined) passThrough(socket, serverName, application, client, context);
      return application !== undefined;
    },
    limiter: createConnectionLimiter({ ...defaultConnectionLimits, ...options.connectionLimits }),
    metrics,
    log,
  });
  const { listener, drain: drainClients } = publicListener;
  const { port } = listener;
  const suffix = portSuffix(options.externalPort ?? port);
  const admin: AdminContext = { registry, links, counters, clock, externalUrls: (id) => domains.map((domain) => `https://${id}.${domain}${suffix}`) };
  const { key, ...adminListen } = options.admin;
  const adminListener = await startAdminListener({
    ...adminListen,
    cert: options.certificates[0].certificate,
    key: options.certificates[0].privateKey,
    log,
    ready: () => !draining,
    metrics: metrics.registry,
    routes: guardRoutes([...tenantRoutes(admin), ...applicationRoutes(admin), ...enrolmentTokenRoutes(admin), ...agentRoutes(admin), ...authorityRoutes(admin), ...tailRoutes(feed, clock)], key),
  });
  log.info({ port, adminPort: adminListener.port, domains }, 'relay started');

  let closing: Promise<void> | undefined;
  const close = async (graceMs: number): Promise<void> => {
    draining = true;
    const closed = listener.close(graceMs);
    await drainClients();
    await linkListener.destroy();
    await closed;
    await adminListener.close();
    deadlines.close();
    await signIn?.close();
    await registry.close();
    log.info('relay stopped');
  };
  return {
    urls: { public: `https://${relayHost}${suffix}`, admin: `https://${adminListener.host}:${adminListener.port}` },
    port,
    adminPort: adminListener.port,
    close(graceMs = 0) {
      closing ??= close(graceMs);
      return closing;
    },
  };
}

function routeByHost(host: string, domains: readonly string[], application: (id: string) => Application | undefined): Application | undefined {
  const dot = host.indexOf('.');
  return dot !== -1 && domains.includes(host.slice(dot + 1)) ? application(host.slice(0, dot)) : undefined;
}

function portSuffix(port: number): string {
  return port === 443 ? '' : `:${port}`;
}
