import { chmodSync, closeSync, openSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { getCACertificates } from 'node:tls';
import { Counter, Histogram, Registry } from 'prom-client';
import type { Dispatcher } from 'undici';
import type { AccessLog, Clock, ListenOptions, Log } from '../../foundation/index.ts';
import { createHttpClient, listen, noAccessLog, silentLog, startAdminListener, systemClock, systemDial, makeFolder } from '../../foundation/index.ts';
import { openStore } from '../../store/index.ts';
import { createAdminRoutes } from './admin-routes.ts';
import { createPublicHandler } from './public-handler.ts';
import { defaultHashCost } from './secret-hash.ts';
import { ensureSigningKey } from './signing-keys.ts';
import type { StsContext } from './sts-context.ts';
import { stsMigrations } from './sts-schema.ts';
import { createTokenService } from './token-service.ts';

export interface StsListener extends ListenOptions {
  /** PEM certificate chain and key. */
  cert: string;
  key: string;
}

export interface StsOptions {
  /** Folder of `sts.sqlite`. Made where absent; the file is readable for its owner only. */
  stateDirectory: string;
  /** The name under which clients know the service, e.g. `login.cloud.test`. */
  hostName: string;
  /** Base of everything that metadata and issuers name. Default `https://{hostName}`: give it where clients use another port. */
  publicUrl?: string;
  /** Token endpoints and metadata. */
  public: StsListener;
  /** Health, metrics and the admin API. */
  admin: StsListener;
  /** Bearer key of the admin API: at least 16 printable ASCII characters without blanks. */
  adminKey: string;
  /** scrypt's N for passwords and client secrets, a power of two. Default 32,768: 32 MiB and some 60 ms each. */
  passwordHashCost?: number;
  /** TXT records, by which organisations prove their domains to the federation gateway. Default: the system's resolver. */
  resolveText?: (name: string) => Promise<readonly (readonly string[])[]>;
  /** How pass-through authentication asks on-premises organisations. */
  passThrough?: PassThroughOptions;
  clock?: Clock;
  log?: Log;
  accessLog?: AccessLog;
}

export interface PassThroughOptions {
  /** The caller's, which stays open. Default: one that trusts what Node does, and `ca`. */
  httpClient?: Dispatcher;
  /** PEM of authorities that are trusted besides. */
  ca?: string;
  /** How long a question may take. Default 20,000. */
  timeoutMs?: number;
}

export interface RunningSts {
  urls: { public: string; admin: string };
  ports: { public: number; admin: number };
  /** Stops accepting, lets requests in work finish for `graceMs` (default 5,000), and ends what is left. */
  close(graceMs?: number): Promise<void>;
}

/**
 * Runs the token service: what Azure AD and the Access Control Service are to a hybrid organisation, with its own
 * tenants, users, service principals and signing keys in one file.
 *
 * @throws StoreError, HybridgeError `LISTEN_…`, and TypeError for an unusable admin key
 */
export async function startSts(options: StsOptions): Promise<RunningSts> {
  if (!/^[\x21-\x7e]{16,}$/.test(options.adminKey)) throw new TypeError('The admin key of the token service needs at least 16 printable characters without blanks.');
  const clock = options.clock ?? systemClock;
  const log = options.log ?? silentLog;
  const hostName = options.hostName.toLowerCase();
  const store = await openStore({ file: prepareFile(options.stateDirectory), migrations: stsMigrations });
  const { httpClient: given, ca, timeoutMs = 20_000 } = options.passThrough ?? {};
  const httpClient = given ?? createHttpClient({ dial: systemDial, ...(ca === undefined ? {} : { ca: [ca, ...getCACertificates('default')] }) });
  const closeClient = async (): Promise<void> => (given === undefined ? httpClient.destroy() : undefined);
  const context: StsContext = { db: store.db, clock, log, hostName, passThrough: { httpClient, timeoutMs }, publicUrl: (options.publicUrl ?? `https://${hostName}`).replace(/\/$/, ''), hashCost: options.passwordHashCost ?? defaultHashCost, ...(options.resolveText === undefined ? {} : { resolveText: options.resolveText }) };
  const registry = new Registry();
  const closing: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(closing.map((end) => end()));
    await closeClient();
    await store.close();
  };
  try {
    await ensureSigningKey(context);
    const handler = createPublicHandler({ service: createTokenService(context), accessLog: options.accessLog ?? noAccessLog, metrics: createMetrics(registry) });
    const server = createServer({ cert: options.public.cert, key: options.public.key, minVersion: 'TLSv1.2', requestTimeout: 30_000, headersTimeout: 15_000 }, handler);
    server.on('tlsClientError', (error, socket) => log.debug({ err: error, client: socket.remoteAddress }, 'TLS handshake failed'));
    const publicListener = await listen(server, options.public);
    closing.push(() => publicListener.close());
    const adminListener = await startAdminListener({ ...options.admin, log, ready: () => true, metrics: registry, routes: createAdminRoutes(context, options.adminKey) });
    closing.push(() => adminListener.close());
    let closed: Promise<void> | undefined;
    return {
      urls: { public: `https://${publicListener.host}:${publicListener.port}`, admin: `https://${adminListener.host}:${adminListener.port}` },
      ports: { public: publicListener.port, admin: adminListener.port },
      close(graceMs = 5_000) {
        closed ??= Promise.all([publicListener.close(graceMs), adminListener.close(graceMs)]).then(closeClient).then(() => store.close());
        return closed;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The store holds private keys: its file is made for the owner alone before anything is written; SQLite's side files take its mode. */
function prepareFile(stateDirectory: string): string {
  makeFolder(stateDirectory, { mode: 0o700 });
  const file = join(stateDirectory, 'sts.sqlite');
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  return file;
}

function createMetrics(registry: Registry): Parameters<typeof createPublicHandler>[0]['metrics'] {
  return {
    requests: new Counter({ name: 'hybridge_sts_requests_total', help: 'Requests answered, by endpoint and AADSTS code or status.', labelNames: ['endpoint', 'outcome'], registers: [registry] }),
    duration: new Histogram({ name: 'hybridge_sts_request_duration_seconds', help: 'Time from request head to answer.', labelNames: ['endpoint'], registers: [registry] }),
  };
}
