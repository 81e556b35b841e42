import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { systemClock } from '../../foundation/index.ts';
import { tenantLimitsSchema } from '../../relay/index.ts';
import type { RelayOptions } from '../../relay/index.ts';
import type { LoadedConfiguration, ServiceLogs } from '../../service/index.ts';
import { ConfigurationError, listenerSettings, logSettings, readAdminKey, readAuthorities, readCertificatePair, secretReference } from '../../service/index.ts';

const domain = z.string().regex(/^(?!.{254})(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i, 'Write a domain such as relay.example, without https:// and without *.');
const seconds = z.number().min(0.1).max(86_400);

/** `relay.yaml`. Paths are relative to its folder. */
export const relayConfigurationSchema = z.strictObject({
  /** Folder of `relay.sqlite`: tenants, applications, agents and the authority that certifies agents. */
  stateDirectory: z.string().min(1),
  /** Domains under which `<guid>.<domain>` is published; the first is the relay's own name. */
  domains: z.array(domain).min(1),
  /** PEM files; together they cover the domains and their wildcards. The first serves names that no other fits. */
  certificates: z.array(z.strictObject({ certificate: z.string().min(1), privateKey: z.string().min(1) })).min(1),
  /** For clients and agents alike. */
  public: z.strictObject({ ...listenerSettings, port: listenerSettings.port.default(443) }).prefault({}),
  /** For operators: admin API, health, metrics. */
  admin: z.strictObject({
    ...listenerSettings,
    port: listenerSettings.port.default(8443),
    key: secretReference,
    /** PEM file of the authority of the first certificate, for commands on this machine; the built-in ones otherwise. */
    ca: z.string().min(1).optional(),
  }),
  /** The public port as the outside sees it. */
  externalPort: z.int().min(1).max(65535).optional(),
  agentCertificateDays: z.int().min(1).max(825).default(90),
  /** Lets administrators enrol agents by a sign-in (device code) at a token service. */
  signIn: z
    .strictObject({
      /** `https://login.example`, without a tenant. */
      authority: z.string().regex(/^https:\/\/[^\s?#]+$/i, 'Write https://host[:port].'),
      /** Application id under which agents are registered there, as a public client. */
      clientId: z.string().min(1),
      /** Service principal name of the relay there; `https://<first domain>` otherwise. */
      resource: z.string().regex(/^https:\/\/[^\s/?#]+$/i, 'Write https://host.').optional(),
      /** The role in the relay's application that lets a person enrol agents. */
      role: z.string().min(1).default('HybridAgent.Enroll'),
      /** Directories of the token service (GUID) and the relay's tenants that they stand for. */
      tenants: z.array(z.strictObject({ directory: z.guid(), tenant: z.string().min(1) })).min(1),
      /** PEM file of authorities to trust for the token service instead of the built-in ones. */
      ca: z.string().min(1).optional(),
    })
    .optional(),
  /** Answers administrators of tenants, with keys of their own, at the relay's host name and public port as well. */
  tenantApi: z.boolean().default(false),
  /** For each client address. */
  connectionLimits: z.strictObject({ perSecond: z.number().positive().default(100), burst: z.int().positive().default(1000), concurrent: z.int().positive().default(2000) }).prefault({}),
  /** What every tenant may use over all its applications; null: no limit. `hybridge relay tenant update` makes exceptions. */
  tenantLimits: z.strictObject(tenantLimitsSchema.shape).prefault({}),
  /** How long clients may take; applications have time-outs of their own for their targets. */
  timeouts: z
    .strictObject({
      keepAliveSeconds: seconds.default(120),
      headSeconds: seconds.default(30),
      bodySeconds: seconds.default(120),
      /** A body must come at this rate in the long run, from the tenth second on. */
      bodyBytesPerSecond: z.int().positive().default(240),
      /** In which a client must take what waits for it of an answer. */
      readSeconds: seconds.default(60),
      passThroughIdleSeconds: seconds.default(3600),
    })
    .prefault({}),
  /** Addresses and networks of load balancers whose connections begin with a PROXY protocol header, version 1 or 2. */
  proxies: z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], 'Write an address, or a network such as 10.0.0.0/8.')).default([]),
  /** PEM file of the authorities to trust when metadata of token issuers is fetched; the built-in ones otherwise. */
  tokenIssuersCa: z.string().min(1).optional(),
  ...logSettings,
});

export type RelayConfiguration = LoadedConfiguration<z.output<typeof relayConfigurationSchema>>;

/** What `startRelay` takes; reads the files that the configuration names. @throws ConfigurationError */
export function relayOptions(configuration: RelayConfiguration, logs: ServiceLogs): RelayOptions {
  const { settings } = configuration;
  const { admin, timeouts, signIn } = settings;
  const text = (key: string, file: string): string => readAuthorities(configuration, key, file);
  const certificates = atLeastOne(settings.certificates.map((files, index) => readCertificatePair(configuration, `certificates.${index}`, files)));
  checkCertificates(configuration, certificates, logs);
  return {
    stateDirectory: configuration.path(settings.stateDirectory),
    domains: atLeastOne(settings.domains),
    certificates,
    listen: settings.public,
    admin: { host: admin.host, port: admin.port, key: readAdminKey(configuration, 'admin.key', admin.key) },
    agentCertificateDays: settings.agentCertificateDays,
    tenantApi: settings.tenantApi,
    connectionLimits: settings.connectionLimits,
    tenantLimits: settings.tenantLimits,
    timeouts: {
      keepAliveMs: timeouts.keepAliveSeconds * 1000,
      headMs: timeouts.headSeconds * 1000,
      bodyMs: timeouts.bodySeconds * 1000,
      bodyBytesPerSecond: timeouts.bodyBytesPerSecond,
      readMs: timeouts.readSeconds * 1000,
      passThroughIdleMs: timeouts.passThroughIdleSeconds * 1000,
    },
    proxies: settings.proxies,
    ...(settings.tokenIssuersCa === undefined ? {} : { tokenIssuersCa: text('tokenIssuersCa', settings.tokenIssuersCa) }),
    log: logs.log,
    accessLog: logs.accessLog,
    ...(signIn === undefined ? {} : { signIn: { authority: signIn.authority, clientId: signIn.clientId, role: signIn.role, tenants: signIn.tenants, ...(signIn.resource === undefined ? {} : { resource: signIn.resource }), ...(signIn.ca === undefined ? {} : { ca: text('signIn.ca', signIn.ca) }) } }),
    ...(settings.externalPort === undefined ? {} : { externalPort: settings.externalPort }),
  };
}

/** No agent gets in where the relay's own name is not covered; what else is wrong with certificates hinders clients, and is told. */
function checkCertificates({ file, settings }: RelayConfiguration, certificates: readonly { certificate: string }[], { log }: ServiceLogs): void {
  const parsed = certificates.map(({ certificate }) => new X509Certificate(certificate));
  const covers = (host: string): boolean => parsed.some((one) => one.checkHost(host) !== undefined);
  const bare = settings.domains.filter((name) => !covers(name));
  if (bare.length > 0) throw new ConfigurationError('CONFIGURATION_INVALID', { file, problems: [{ key: 'certificates', message: `No certificate covers ${bare.join(', ')}.`, remedy: `Give one for each domain and the names below it: ${bare.map((name) => `${name} and *.${name}`).join(', ')}.` }] });
  for (const name of settings.domains) if (!covers(`endpoint.${name}`)) log.warn({ domain: name }, `no certificate covers *.${name}: clients will refuse endpoints that no certificate names`);
  for (const [index, { validTo, validToDate }] of parsed.entries()) if (validToDate.getTime() < systemClock.now()) log.warn({ certificate: settings.certificates[index]?.certificate, expired: validToDate }, `certificates.${index} has expired (${validTo}): clients and agents will refuse it`);
}

function atLeastOne<Item>(items: readonly Item[]): [Item, ...Item[]] {
  const [first, ...rest] = items;
  if (first === undefined) throw new RangeError('the schema lets no empty list through');
  return [first, ...rest];
}
