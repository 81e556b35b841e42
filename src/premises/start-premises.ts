import { Registry } from 'prom-client';
import type { AccessLog, Clock, Dial, ListenOptions, Log } from '../foundation/index.ts';
import { createHttpClient, noAccessLog, silentLog, startAdminListener, systemClock } from '../foundation/index.ts';
import { caldavCalendars, createAvailabilityEngine } from '../availability/index.ts';
import type { CalDavSettings } from '../availability/index.ts';
import { createAutodiscoverService, createEwsService, createPoxAutodiscoverService, ewsFaultAnswer } from '../ews/index.ts';
import type { LookUpFreeBusy } from '../ews/index.ts';
import type { WebServer } from '../management/index.ts';
import type { Organization } from '../organization/index.ts';
import { createTransport } from '../transport/index.ts';
import type { Transport, TransportOptions } from '../transport/index.ts';
import { createAdminRoutes } from './admin-routes.ts';
import { createAnonymousAnswers } from './anonymous-answers.ts';
import { currentAuthCertificate } from './auth-certificate.ts';
import { createAuthentication } from './authentication.ts';
import { autodiscoverAnswers } from './autodiscover-answers.ts';
import { createEwsAccess } from './ews-access.ts';
import { createFederation } from './federation.ts';
import { knownDefects } from './known-defects.ts';
import { mailboxServices } from './mailbox-services.ts';
import { createMetadataRefresh } from './metadata-refresh.ts';
import { createMoveProxyConnectivity } from './move-proxy-connectivity.ts';
import { createMoveProxy } from './move-proxy.ts';
import { createPremisesMetrics } from './premises-metrics.ts';
import { createRequestHandler } from './request-handler.ts';
import { PremisesError } from './premises-error.ts';
import { createOAuthConnectivity } from './oauth-connectivity.ts';
import { openPublicListeners } from './public-listeners.ts';
import { readServerIdentity } from './server-identity.ts';
import type { ServerIdentity } from './server-identity.ts';
import { createRestingComponents } from './resting-components.ts';
import { createServerToServerTokens } from './server-to-server-tokens.ts';
import { createSettingsVersion } from './settings-version.ts';
import { virtualDirectoryMethods } from './virtual-directories.ts';
import { createWindowsSignIn } from './windows-sign-in.ts';
import type { WindowsSignIn } from './windows-sign-in.ts';

export interface PremisesListener extends ListenOptions {
  /** PEM certificate chain and key. */
  cert: string;
  key: string;
}

export interface PremisesOptions {
  /** The organisation that this party serves. It stays open when the party closes. */
  organization: Organization;
  /** Which of the two organisations of a hybrid this is; some cmdlets exist on one side only. */
  side: 'OnPremises' | 'Cloud';
  /** Which Exchange server object of the organisation this party is. Default: the first. */
  serverName?: string;
  /** The tenant in the path of the admin API. */
  tenantId: string;
  /** The public side: EWS and Autodiscover. */
  public: PremisesListener;
  /**
   * A second listener for the public side, without TLS: IIS has one on port 80, and load balancers that take TLS off send
   * requests there. Tokens are refused on it, as published, and Basic is neither offered nor taken. Default: none.
   */
  plain?: ListenOptions;
  /** The operators' side: admin API, metrics, health. */
  admin: PremisesListener;
  /** Takes mail from other servers. Without it mail only goes out. */
  smtp?: PremisesListener;
  /** MX records, for connectors without smart hosts. Default: the system's. */
  resolveMx?: TransportOptions['resolveMx'];
  /** When mail that waits is tried again, and given up. Default: as Exchange does. */
  mailSchedule?: TransportOptions['schedule'];
  /** How this party reaches token services and the other organisation. */
  dial: Dial;
  /** PEM certificates that outgoing connections trust instead of the built-in roots. */
  ca?: string | readonly string[];
  /**
   * Offers NTLM at virtual directories with `WindowsAuthentication`. Default false. The organisation must have been opened
   * with `ntlm`.
   */
  ntlm?: boolean;
  /** Gives directory synchronisation the hashes of passwords; on premises. Default false. */
  passwordHashSync?: boolean;
  /** Largest request body, bytes. Default 72 MiB: a message of 50 MiB in base64. Without sign-in nothing of a body is kept. */
  maximumRequestBytes?: number;
  /** A client that takes longer is cut off, milliseconds: to send a request's head (default 60,000), and all of it (default 300,000). */
  timeouts?: { headMs?: number; requestMs?: number };
  /** How long lookups in other organisations may take, milliseconds: until a connection is there (default 10,000), and in all (default 25,000). */
  lookUpTimeouts?: { connectMs: number; deadlineMs: number };
  /**
   * How long sign-in settings of the organisation count after they were changed, milliseconds. Exchange keeps them for
   * minutes. Default 0: a change counts at once. `Restart-Service W3SVC` makes it count at once in any case.
   */
  settingsCacheMs?: number;
  /** How often the keys of authorization servers are read anew, milliseconds. Default 86,400,000: daily. 0: only when a token names an unknown key. */
  metadataRefreshMs?: number;
  /** Reads an authorization server's keys anew as soon as a token names one that is not known. Default true; Exchange waits for the next day. */
  readsUnknownKeys?: boolean;
  /** Takes what happens in people's calendars, for free/busy, from a CalDAV server instead of the organisation's own store. */
  calDav?: CalDavSettings;
  clock?: Clock;
  log?: Log;
  accessLog?: AccessLog;
}

export interface RunningPremises {
  urls: { ews: string; autodiscover: string; admin: string; metrics: string };
  ports: { public: number; admin: number; plain?: number; smtp?: number };
  /** Stops accepting, lets requests in work finish for `graceMs` (default 5,000), and ends what is left. */
  close(graceMs?: number): Promise<void>;
}

/** How often it is looked whether the next Auth certificate is due; every request for a token looks, too. */
const rollOverIntervalMs = 300_000;

/**
 * Runs one organisation: its virtual directories on the public listener, its admin API on another. Configuration is
 * read from the organisation and followed as it changes; nothing needs a restart.
 *
 * @throws PremisesError `PREMISES_NO_SERVER`, `PREMISES_NO_NT_HASHES`
 */
export async function startPremises(options: PremisesOptions): Promise<RunningPremises> {
  const { organization, tenantId } = options;
  const clock = options.clock ?? systemClock;
  const log = options.log ?? silentLog;
  const server = await readServerIdentity(organization, options.serverName);
  const registry = new Registry();
  const metrics = createPremisesMetrics(registry);
  const httpClient = createHttpClient({ dial: options.dial, ...(options.lookUpTimeouts === undefined ? {} : { connectTimeoutMs: options.lookUpTimeouts.connectMs }), ...(options.ca === undefined ? {} : { ca: options.ca }) });
  const settings = createSettingsVersion(organization.configuration, clock, options.settingsCacheMs ?? 0);
  const metadata = createMetadataRefresh({ organization, httpClient, clock, log });
  const refreshKeys = async (authServer: string): Promise<boolean> => {
    const isChanged = await metadata.afterUnknownKey(authServer);
    if (isChanged) settings.forget();
    return isChanged;
  };
  const authentication = createAuthentication({ organization, clock, log, side: options.side, settings, ...(options.readsUnknownKeys === false ? {} : { refreshKeys }), ...(options.ntlm === true ? { windows: windowsSignIn(options, server, { clock, log }) } : {}) });
  const tokens = createServerToServerTokens({ organization, serverName: server.name, httpClient, clock, log });
  const federation = createFederation({ organization, httpClient, clock });
  // What it has learnt of other organisations ends with it.
  const newEngine = (): LookUpFreeBusy => createAvailabilityEngine({
    organization: options.calDav === undefined ? organization : { ...organization, calendars: caldavCalendars({ ...options.calDav, organization, httpClient, clock, log }) },
    httpClient,
    getAuthorization: (targetUrl, requester, requestId) => tokens.authorizationFor(targetUrl, requester, requestId),
    getDelegation: federation.getDelegation,
    side: options.side,
    clock,
    log,
    serverName: server.name,
    serverVersion: server.version,
    ...(options.lookUpTimeouts === undefined ? {} : { deadlineMs: options.lookUpTimeouts.deadlineMs }),
  });
  let lookUpFreeBusy = newEngine();
  const webServer: WebServer = {
    restart() {
      settings.forget();
      tokens.forget();
      lookUpFreeBusy = newEngine();
    },
    testOAuth: createOAuthConnectivity({ organization, tokens, httpClient, clock, reload: () => settings.forget() }),
    testMoveProxy: createMoveProxyConnectivity(httpClient),
  };
  const mail = await openMail(options, server, { clock, log });
  const ews = createEwsService({ lookUpFreeBusy: (request, requester, context) => lookUpFreeBusy(request, requester, context), mailboxes: mailboxServices(organization, { mail, clock, log }), serverVersion: server.version, clock, log });
  const answers = autodiscoverAnswers(organization, server.name);
  const autodiscover = createAutodiscoverService({ ...answers, serverVersion: server.version, log });
  const handler = createRequestHandler({
    ews,
    autodiscover,
    poxAutodiscover: createPoxAutodiscoverService({ ...answers, clock, log }),
    authentication,
    delegation: federation.validator,
    anonymous: createAnonymousAnswers({ organization, urls: answers.urls }),
    methods: virtualDirectoryMethods(organization, server.name, settings),
    ewsFault: (code, message) => ewsFaultAnswer(code, message, server.version),
    ewsAccess: createEwsAccess(organization, settings),
    isResting: createRestingComponents(organization, server.name, settings),
    moveProxy: createMoveProxy(organization, server.name, settings),
    serverName: server.name,
    defects: knownDefects(server.version),
    maximumRequestBytes: options.maximumRequestBytes ?? 72 * 1024 * 1024,
    metrics,
    clock,
    log,
    accessLog: options.accessLog ?? noAccessLog,
  });
  const publicListener = await openPublicListeners({
    tls: options.public,
    ...(options.plain === undefined ? {} : { plain: options.plain }),
    ...(options.timeouts === undefined ? {} : { timeouts: options.timeouts }),
    handler,
    log,
  }).catch(async (error: unknown) => {
    await mail.close(0);
    await httpClient.close();
    throw error;
  });
  try {
    const smtpListener = options.smtp === undefined ? undefined : await mail.listen(options.smtp);
    const adminListener = await startAdminListener({
      ...options.admin,
      log,
      ready: () => true,
      metrics: registry,
      routes: createAdminRoutes({ organization, side: options.side, tenantId, serverName: server.fqdn, webServer, httpClient, authentication, federation, passwordHashSync: options.passwordHashSync, clock, log }),
    });
    const { metadataRefreshMs = 86_400_000 } = options;
    const refreshing = metadataRefreshMs > 0 ? setInterval(() => void metadata.all().then(settings.forget, (error: unknown) => log.error({ err: error }, 'metadata was not refreshed')), metadataRefreshMs).unref() : undefined;
    // The next Auth certificate takes over on its day even where nobody asks for a token then.
    const rollingOver = setInterval(() => void currentAuthCertificate(organization, clock, log).catch((error: unknown) => log.error({ err: error }, 'the Auth certificate was not looked at')), rollOverIntervalMs).unref();
    const base = `https://${publicListener.host}:${publicListener.port}`;
    const adminBase = `https://${adminListener.host}:${adminListener.port}`;
    return {
      urls: {
        ews: `${base}/EWS/Exchange.asmx`,
        autodiscover: `${base}/autodiscover/autodiscover.svc`,
        admin: `${adminBase}/adminapi/beta/${tenantId}/InvokeCommand`,
        metrics: `${adminBase}/metrics`,
      },
      ports: { public: publicListener.port, admin: adminListener.port, ...(publicListener.plainPort === undefined ? {} : { plain: publicListener.plainPort }), ...(smtpListener === undefined ? {} : { smtp: smtpListener.port }) },
      async close(graceMs = 5_000) {
        clearInterval(refreshing);
        clearInterval(rollingOver);
        // Streams of notifications would hold the listener for all of the grace time.
        ews.close();
        await Promise.all([publicListener.close(graceMs), adminListener.close(graceMs), mail.close(graceMs)]);
        await httpClient.close();
      },
    };
  } catch (error) {
    await mail.close(0);
    await publicListener.close();
    await httpClient.close();
    throw error;
  }
}

/** The organisation's mail. A server that takes mail has a Receive connector from the day on which it was set up. */
async function openMail(options: PremisesOptions, server: ServerIdentity, { clock, log }: { clock: Clock; log: Log }): Promise<Transport> {
  const { organization, side, smtp } = options;
  if (side === 'OnPremises' && smtp !== undefined && (await organization.configuration.list('ReceiveConnector')).length === 0) {
    await organization.configuration.create('ReceiveConnector', `Default Frontend ${server.name}`, { Server: server.name });
  }
  return createTransport({
    organization,
    side,
    serverName: server.fqdn,
    dial: options.dial,
    ...(options.ca === undefined ? {} : { ca: options.ca }),
    ...(smtp === undefined ? {} : { certificate: { cert: smtp.cert, key: smtp.key } }),
    ...(options.resolveMx === undefined ? {} : { resolveMx: options.resolveMx }),
    ...(options.mailSchedule === undefined ? {} : { schedule: options.mailSchedule }),
    clock,
    log,
  });
}

function windowsSignIn({ organization, public: { cert } }: PremisesOptions, server: ServerIdentity, context: { clock: Clock; log: Log }): WindowsSignIn {
  if (!organization.directory.keepsNtHashes) {
    throw new PremisesError('PREMISES_NO_NT_HASHES', 'NTLM is switched on for the server, but the organisation keeps no NT hashes.', {
      remedy: 'Open the organisation with NTLM and a key file, or switch NTLM off.',
    });
  }
  return createWindowsSignIn({ organization, server, certificate: cert, ...context });
}
