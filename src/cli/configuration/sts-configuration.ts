import { z } from 'zod';
import type { StsOptions } from '../../identity/index.ts';
import type { LoadedConfiguration, ServiceLogs } from '../../service/index.ts';
import { logSettings, readAdminKey, readAuthorities, secretReference } from '../../service/index.ts';
import { secureListener, secureListenerSettings } from './secure-listener.ts';

/** `sts.yaml`. Paths are relative to its folder. */
export const stsConfigurationSchema = z.strictObject({
  /** Folder of `sts.sqlite`: tenants, users, principals and signing keys. */
  stateDirectory: z.string().min(1),
  /** The name under which clients know the service. */
  hostName: z.string().min(1),
  /** Base of everything that metadata and issuers name; `https://<hostName>` otherwise. */
  publicUrl: z.string().regex(/^https:\/\/\S+$/i, 'Write https://host[:port].').optional(),
  public: secureListenerSettings(443),
  /** Its certificate is the public one where it has none of its own. */
  admin: secureListenerSettings(8444).partial({ certificate: true, privateKey: true }).extend({ key: secretReference }),
  /** How on-premises organisations are asked about passwords. */
  passThrough: z
    .strictObject({
      /** PEM file of authorities that are trusted besides those of Node. */
      ca: z.string().min(1).optional(),
      timeoutSeconds: z.int().min(1).max(120).default(20),
    })
    .prefault({}),
  ...logSettings,
});

export type StsConfiguration = LoadedConfiguration<z.output<typeof stsConfigurationSchema>>;

/** What `startSts` takes; reads the files that the configuration names. @throws ConfigurationError */
export function stsOptions(configuration: StsConfiguration, logs: ServiceLogs): StsOptions {
  const { settings } = configuration;
  const { admin, passThrough } = settings;
  return {
    stateDirectory: configuration.path(settings.stateDirectory),
    hostName: settings.hostName,
    public: secureListener(configuration, 'public', settings.public),
    admin: secureListener(configuration, 'admin', { certificate: settings.public.certificate, privateKey: settings.public.privateKey, ...admin }),
    adminKey: readAdminKey(configuration, 'admin.key', admin.key),
    passThrough: { timeoutMs: passThrough.timeoutSeconds * 1000, ...(passThrough.ca === undefined ? {} : { ca: readAuthorities(configuration, 'passThrough.ca', passThrough.ca) }) },
    log: logs.log,
    accessLog: logs.accessLog,
    ...(settings.publicUrl === undefined ? {} : { publicUrl: settings.publicUrl }),
  };
}
