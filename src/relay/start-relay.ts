import { BlockList, isIPv6 } from 'node:net';
import { join } from 'node:path';
import type { AccessLog, Clock, Dial, ListenOptions, Log } from '../foundation/index.ts';
import { createAdminHandler, createHttpClient, noAccessLog, silentLog, startAdminListener, systemClock, systemDial } from '../foundation/index.ts';
import type { CertificateWithKey } from '../identity/index.ts';
import { fetchAuthMetadata } from '../identity/index.ts';
import { createPathPolicy } from '../tunnel/index.ts';
import { createIssuerSource } from './access-tokens/create-issuer-source.ts';
import { createTokenGate } from './access-tokens/create-token-gate.ts';
import { guardRoutes } from './admin/admin-context.ts';
import type { AdminContext } from './admin/admin-context.ts';
import { agentRoutes } from './admin/agent-routes.ts';
import { applicationRoutes } from './admin/application-routes.ts';
import { adminKeyRoutes } from './admin/admin-key-routes.ts';
import { auditRoutes } from './admin/audit-routes.ts';
import { authorityRoutes } from './admin/authority-routes.ts';
import { createCallers } from './admin/caller.ts';
import { enrolmentTokenRoutes } from './admin/enrolment-token-routes.ts';
import { tailRoutes } from './admin/tail-routes.ts';
import { tenantRoutes } from './admin/tenant-routes.ts';
import { createTrafficCounters } from './admin/traffic-counters.ts';
import { createTrafficFeed } from './admin/traffic-feed.ts';
import type { AdministratorSignInOptions } from './enrolment/administrator-sign-in.ts';
import { createAdministratorSignIn } from './enrolment/administrator-sign-in.ts';
import { createLimiter } from './limits/create-limiter.ts';
import { createFairShare } from './limits/fair-share.ts';
import { createFairTurns } from './limits/fair-turns.ts';
import type { TenantLimits } from './limits/tenant-limits.ts';
import { applyLimitChanges, tenantLimitsSchema } from './limits/tenant-limits.ts';
import { createLinkDirectory } from './links/link-directory.ts';
import { createLinkListener } from './links/link-listener.ts';
import { serveClient } from './proxy/client-connection.ts';
import { createDeadlines } from './proxy/deadlines.ts';
import { passThrough } from './proxy/pass-through.ts';
import type { ProxyContext, ProxyTimeouts } from './proxy/proxy-context.ts';
import { defaultProxyTimeouts } from './proxy/proxy-context.ts';
import { serveHttp2 } from './proxy/http2/serve-http2.ts';
import type { ConnectionLimits } from './public/connection-limiter.ts';
import { createConnectionLimiter, defaultConnectionLimits } from './public/connection-limiter.ts';
import { createOwnHostHandler } from './public/create-own-host-handler.ts';
import type { PublicListener } from './public/public-listener.ts';
import { startPublicListener } from './public/public-listener.ts';
import { createRelayMetrics } from './relay-metrics.ts';
import type { Registry } from './registry/open-registry.ts';
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
  /** Answers the admin API at the relay's own host name, too, for keys of tenants (never the operator's). Default false. */
  tenantApi?: boolean;
  connectionLimits?: Partial<ConnectionLimits>;
  /** What every tenant may use, unless it has limits of its own. */
  tenantLimits?: Partial<TenantLimits>;
  /** Addresses and networks (`10.0.0.0/8`) of load balancers whose connections begin with a PROXY protocol header. */
  proxies?: readonly string[];
  /** PEM certificates to trust for the metadata of token issuers instead of the built-in roots. */
  tokenIssuersCa?: string | readonly string[];
  /** How token issuers are reached. */
  dial?: Dial;
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
  const share = createFairShare();
  const turns = createFairTurns();
  const tenantLimits: TenantLimits = { ...tenantLimitsSchema.parse({}), ...options.tenantLimits };
  const limiter = createLimiter({ limitsOf: tenantLimitsOf(tenantLimits, registry.limitsOf) });
  const httpClient = createHttpClient({ dial: options.dial ?? systemDial, ...(options.tokenIssuersCa === undefined ? {} : { ca: options.tokenIssuersCa }) });
  const tokens = createTokenGate({ issuers: createIssuerSource({ fetchMetadata: (url) => fetchAuthMetadata(url, httpClient), clock, log }), clock, log });
  const policies = new WeakMap<Application, (path: string) => boolean>();
  let draining = false;
  let publicListener: PublicListener | undefined;
  const metrics = createRelayMetrics({
    links: () => links.all().length,
    clientConnections: () => publicListener?.clients ?? 0,
    streams: () => links.all().reduce((sum, link) => sum + link.activeStreams, 0),
    waiting: () => share.waiting + turns.waiting,
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
  const route = (host: string): Application | undefined => routeByHost(host, domains, registry);
  registry.onApplicationsChanged(() => limiter.forget((id) => registry.application(id) !== undefined || registry.applications(id).length > 0));
  const context: ProxyContext = {
    route,
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
    limiter,
    share,
    turns,
    tokens,
    count: counters.count,
    draining: () => draining,
  };
  let suffix = '';
  const admin: AdminContext = { registry, links, counters, clock, log, externalUrls: (id) => domains.map((domain) => `https://${id}.${domain}${suffix}`) };
  const routes = [...tenantRoutes, ...applicationRoutes(admin), ...enrolmentTokenRoutes, ...agentRoutes(admin), ...adminKeyRoutes, ...auditRoutes, ...authorityRoutes, ...tailRoutes(feed, registry.keys, clock)];
  publicListener = await startPublicListener({
    ...options.listen,
    certificates: options.certificates,
    ownHosts: new Set(domains),
    ownHost: createOwnHostHandler({
      registry,
      clock,
      log,
      certificateDays,
      addressOf: (socket) => publicListener?.addressOf(socket) ?? '',
      ...(signIn === undefined ? {} : { signIn }),
      ...(options.tenantApi === true ? { tenantApi: createAdminHandler(guardRoutes(routes, createCallers(registry.keys), admin), log) } : {}),
    }),
    serve: (socket, client) => (socket.alpnProtocol === 'h2' ? serveHttp2(socket, client, context) : serveClient(socket, client, context)),
    acceptLink: linkListener.accept,
    passThrough(socket, serverName, client) {
      const application = registry.applicationByPassThroughHost(serverName);
      if (application !== undefined) passThrough(socket, serverName, application, client, context);
      return application !== undefined;
    },
    place: limiter.place,
    ...(options.proxies === undefined ? {} : { proxies: blockListOf(options.proxies) }),
    admitHandshake(serverName, begin) {
      const application = serverName === undefined ? undefined : (registry.applicationByPassThroughHost(serverName) ?? route(serverName));
      return (application === undefined || limiter.admitHandshake(application)) && turns.enter(application?.tenantId ?? '', begin);
    },
    limiter: createConnectionLimiter({ ...defaultConnectionLimits, ...options.connectionLimits }),
    metrics,
    log,
  });
  const { listener, drain: drainClients } = publicListener;
  const { port } = listener;
  suffix = portSuffix(options.externalPort ?? port);
  const { key, ...adminListen } = options.admin;
  const adminListener = await startAdminListener({
    ...adminListen,
    cert: options.certificates[0].certificate,
    key: options.certificates[0].privateKey,
    log,
    ready: () => !draining,
    metrics: metrics.registry,
    routes: guardRoutes(routes, createCallers(registry.keys, key), admin),
  });
  // What an authority certifies must not outlive it; a relay may run for years.
  const renewAuthority = async (): Promise<void> => {
    if (await registry.authorities.renewWhenDue(certificateDays)) log.warn('the authority for agents came near its end: another one issues from now on, the old one is accepted until it is over');
  };
  await renewAuthority();
  const authorityTimer = setInterval(() => {
    renewAuthority().catch((error: unknown) => log.error({ err: error }, 'the authority for agents could not be renewed'));
  }, dayMs);
  authorityTimer.unref();
  log.info({ port, adminPort: adminListener.port, domains }, 'relay started');

  let closing: Promise<void> | undefined;
  const close = async (graceMs: number): Promise<void> => {
    draining = true;
    clearInterval(authorityTimer);
    feed.close();
    const closed = listener.close(graceMs);
    await drainClients();
    await linkListener.destroy();
    await closed;
    await adminListener.close();
    deadlines.close();
    share.close();
    turns.close();
    await httpClient.destroy();
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

function routeByHost(host: string, domains: readonly string[], registry: Registry): Application | undefined {
  const dot = host.indexOf('.');
  return dot !== -1 && domains.includes(host.slice(dot + 1)) ? registry.application(host.slice(0, dot)) : registry.applicationByHostName(host);
}

/** What a tenant may use, put together once for each of its changes: this is asked with every request. */
function tenantLimitsOf(everybody: TenantLimits, changesOf: Registry['limitsOf']): (tenantId: string) => TenantLimits {
  const merged = new WeakMap<object, TenantLimits>();
  return (tenantId) => {
    const changes = changesOf(tenantId);
    const known = merged.get(changes);
    if (known !== undefined) return known;
    const limits = applyLimitChanges(everybody, changes);
    merged.set(changes, limits);
    return limits;
  };
}

function blockListOf(proxies: readonly string[]): BlockList {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = '', prefix] = proxy.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

const dayMs = 24 * 3600_000;

function portSuffix(port: number): string {
  return port === 443 ? '' : `:${port}`;
}
