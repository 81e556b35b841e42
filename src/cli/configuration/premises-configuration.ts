import { z } from 'zod';
import { systemDial } from '../../foundation/index.ts';
import type { PremisesOptions } from '../../premises/index.ts';
import type { LoadedConfiguration, ServiceLogs } from '../../service/index.ts';
import { listenerSettings, logSettings, readAuthorities, secretReference } from '../../service/index.ts';
import { secureListener, secureListenerSettings } from './secure-listener.ts';

/** `premises.yaml`. Paths are relative to its folder. */
export const premisesConfigurationSchema = z.strictObject({
  /** Folder of `organization.sqlite`: everything that the organisation is. */
  stateDirectory: z.string().min(1),
  side: z.enum(['OnPremises', 'Cloud']).default('OnPremises'),
  /** The tenant in the path of the admin API. */
  tenantId: z.string().min(1),
  public: secureListenerSettings(443),
  /** A second public listener, without TLS, for load balancers that take TLS off. Tokens and Basic are refused on it. */
  plain: z.strictObject({ ...listenerSettings, port: listenerSettings.port.default(80) }).optional(),
  /** Takes mail by SMTP. Its certificate, which servers that mail is sent to are shown as well, is the public one where it has none of its own. */
  smtp: secureListenerSettings(25).partial({ certificate: true, privateKey: true }).optional(),
  /** Its certificate is the public one where it has none of its own. */
  admin: secureListenerSettings(444).partial({ certificate: true, privateKey: true }).prefault({}),
  /** PEM file of authorities that outgoing connections trust instead of the built-in ones. */
  ca: z.string().min(1).optional(),
  /** How long sign-in settings count after they were changed, as Exchange keeps them. `Restart-Service W3SVC` ends it. */
  settingsCacheMs: z.int().min(0).max(86_400_000).default(0),
  /** How often the keys of authorization servers are read anew; 0: only when a token names a key that is not known. */
  metadataRefreshMs: z.union([z.literal(0), z.int().min(60_000).max(2_147_483_647)], 'Write 0, or 60000 (a minute) to 2147483647.').default(86_400_000),
  /** Reads those keys at once when a token names one that is not known. `false`: at the next time only, as Exchange does. */
  readsUnknownKeys: z.boolean().default(true),
  /** Offers NTLM; the file holds the key under which NT hashes are kept, and is made where absent. */
  ntlm: z.strictObject({ keyFile: z.string().min(1) }).optional(),
  /** Gives directory synchronisation the salted hashes of passwords: see docs/shell.md. */
  passwordHashSync: z.boolean().default(false),
  /** Free/busy comes from a CalDAV server instead of the organisation's own calendars: see docs/caldav.md. */
  calDav: z
    .strictObject({
      url: z.string().regex(/^(?:https:\/\/|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/])/, 'Write an https address; plain http only on this machine.'),
      userName: z.string().min(1),
      password: secretReference,
      cacheSeconds: z.int().min(0).max(3600).default(300),
      timeoutSeconds: z.int().min(1).max(60).default(10),
    })
    .optional(),
  maximumRequestMebibytes: z.number().min(1).max(1024).default(72),
  /** What an organisation that does not exist yet begins with. */
  initial: z
    .strictObject({
      organizationName: z.string().min(1),
      serverName: z.string().regex(/^[A-Za-z0-9-]{1,15}$/, 'Write a computer name: up to 15 letters, digits and hyphens.'),
      serverFqdn: z.string().min(1),
      acceptedDomains: z.array(z.string().min(1)).min(1),
      administrator: z.string().regex(/^[^@\s]+@[^@\s]+$/, 'Write a user principal name: name@domain.'),
      administratorPassword: secretReference,
    })
    .optional(),
  ...logSettings,
});

export type PremisesConfiguration = LoadedConfiguration<z.output<typeof premisesConfigurationSchema>>;

/** What `startPremises` takes, but for the organisation; reads the files that the configuration names. @throws ConfigurationError */
export function premisesOptions(configuration: PremisesConfiguration, logs: ServiceLogs): Omit<PremisesOptions, 'organization'> {
  const { settings } = configuration;
  const { calDav } = settings;
  return {
    side: settings.side,
    tenantId: settings.tenantId,
    public: secureListener(configuration, 'public', settings.public),
    admin: secureListener(configuration, 'admin', { certificate: settings.public.certificate, privateKey: settings.public.privateKey, ...settings.admin }),
    ...(settings.smtp === undefined ? {} : { smtp: secureListener(configuration, 'smtp', { certificate: settings.public.certificate, privateKey: settings.public.privateKey, ...settings.smtp }) }),
    dial: systemDial,
    ntlm: settings.ntlm !== undefined,
    passwordHashSync: settings.passwordHashSync,
    settingsCacheMs: settings.settingsCacheMs,
    metadataRefreshMs: settings.metadataRefreshMs,
    readsUnknownKeys: settings.readsUnknownKeys,
    ...(settings.plain === undefined ? {} : { plain: settings.plain }),
    ...(calDav === undefined ? {} : { calDav: { url: calDav.url, userName: calDav.userName, password: configuration.secret('calDav.password', calDav.password), cacheMs: calDav.cacheSeconds * 1000, timeoutMs: calDav.timeoutSeconds * 1000 } }),
    maximumRequestBytes: settings.maximumRequestMebibytes * 1024 * 1024,
    log: logs.log,
    accessLog: logs.accessLog,
    ...(settings.ca === undefined ? {} : { ca: readAuthorities(configuration, 'ca', settings.ca) }),
  };
}
