import { closeSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Kysely } from 'kysely';
import type { Clock, Log } from '../foundation/index.ts';
import { silentLog, systemClock, makeFolder } from '../foundation/index.ts';
import type { Migration, Store } from '../store/index.ts';
import { openStore } from '../store/index.ts';
import { createAudit } from './audit/audit.ts';
import type { Audit } from './audit/audit.ts';
import { auditMigrations } from './audit/audit-schema.ts';
import type { AuditSchema } from './audit/audit-schema.ts';
import { calendarMigrations } from './calendars/calendar-schema.ts';
import type { CalendarSchema } from './calendars/calendar-schema.ts';
import { calendarProcessingMigrations, createCalendarProcessing } from './calendars/calendar-processing.ts';
import type { CalendarProcessingSchema, CalendarProcessingStore } from './calendars/calendar-processing.ts';
import { createCalendars } from './calendars/calendars.ts';
import type { Calendars } from './calendars/calendars.ts';
import { openConfiguration } from './configuration/configuration.ts';
import type { Configuration } from './configuration/configuration.ts';
import { configurationMigrations } from './configuration/configuration-schema.ts';
import type { ConfigurationSchema } from './configuration/configuration-schema.ts';
import { serverRightsMigrations } from './configuration/grant-server-rights.ts';
import { createCredentials, credentialMigrations } from './credentials/credentials.ts';
import type { CredentialSchema, Credentials } from './credentials/credentials.ts';
import { createDirectory, removeNtHashes } from './directory/directory.ts';
import type { Directory } from './directory/directory.ts';
import { directoryMigrations, ntHashMigrations } from './directory/directory-schema.ts';
import type { DirectorySchema } from './directory/directory-schema.ts';
import { adoptFormerCalendars } from './mailboxes/adopt-former-calendars.ts';
import { calendarWindowMigrations } from './mailboxes/calendar-window.ts';
import { createMailboxes, openMailboxContext } from './mailboxes/create-mailboxes.ts';
import type { Mailboxes } from './mailboxes/mailbox.ts';
import { mailboxMigrations, oofReplyMigrations } from './mailboxes/mailbox-schema.ts';
import type { MailboxSchema } from './mailboxes/mailbox-schema.ts';
import { createMailSettings, mailSettingsMigrations } from './mail-settings/mail-settings.ts';
import type { MailSettingsSchema, MailSettingsStore } from './mail-settings/mail-settings.ts';
import { openNtHashCipher } from './directory/nt-hash-cipher.ts';
import type { PasswordCost } from './directory/password-hash.ts';
import { openTransportQueue } from './transport-queue/transport-queue.ts';
import type { TransportQueue } from './transport-queue/transport-queue.ts';
import { transportMigrations } from './transport-queue/transport-queue-schema.ts';
import type { TransportSchema } from './transport-queue/transport-queue-schema.ts';

export type OrganizationSchema = DirectorySchema & ConfigurationSchema & AuditSchema & CalendarSchema & MailboxSchema & CredentialSchema & CalendarProcessingSchema & TransportSchema & MailSettingsSchema;

/** The schema's whole history. A place in it is a version, so later steps go to the end, whichever part they belong to. */
const migrations = [...directoryMigrations, ...configurationMigrations, ...auditMigrations, ...calendarMigrations, ...ntHashMigrations, ...credentialMigrations, ...mailboxMigrations, ...serverRightsMigrations, ...calendarWindowMigrations, ...calendarProcessingMigrations, ...transportMigrations, ...oofReplyMigrations, ...mailSettingsMigrations] as unknown as readonly Migration<OrganizationSchema>[];

export interface OpenOrganizationOptions {
  /** Path of the database file, or `:memory:`. */
  file: string;
  clock?: Clock;
  log?: Log;
  /** What new passwords cost to hash. Default 32 MiB and three passes; only tests and generated people may want less. */
  passwordCost?: PasswordCost;
  /**
   * Keeps the NT hash of every password, which NTLM needs, encrypted under a key in this file. Without it (the default)
   * none are kept, and those of an earlier time are removed. An NT hash is as good as the password: see docs/identity.md.
   */
  ntlm?: { keyFile: string };
  /** Another process may have it open too: what looks abandoned at opening may be that process's, and stays. */
  shared?: boolean;
  /** Key under which credentials for other organisations are kept. Default `<file>.key`, made when the first is stored. */
  credentialKeyFile?: string;
}

/** One organisation's data, open. */
export interface Organization {
  readonly directory: Directory;
  readonly configuration: Configuration;
  readonly calendars: Calendars;
  readonly calendarProcessing: CalendarProcessingStore;
  readonly mailboxes: Mailboxes;
  /** Who acts for a mailbox, and what its correspondents are told. */
  readonly mailSettings: MailSettingsStore;
  /** Mail on its way. */
  readonly transportQueue: TransportQueue;
  readonly audit: Audit;
  /** With which this organisation signs in elsewhere. */
  readonly credentials: Credentials;
  /** The tables themselves, for what no interface offers. */
  readonly store: Store<OrganizationSchema>;
  close(): Promise<void>;
}

/**
 * Opens an organisation's store, brings its schema forward and makes the objects that there must be exactly one of.
 *
 * @throws StoreError `STORE_NEWER_VERSION`, `STORE_UNREADABLE`
 * @throws OrganizationError `ORGANIZATION_NT_HASH_KEY` when the key file cannot be used
 */
export async function openOrganization(options: OpenOrganizationOptions): Promise<Organization> {
  const clock = options.clock ?? systemClock;
  const log = options.log ?? silentLog;
  const ntHashCipher = options.ntlm === undefined ? undefined : openNtHashCipher(options.ntlm.keyFile);
  keepPrivate(options.file);
  const store = await openStore<OrganizationSchema>({ file: options.file, migrations });
  const part = <Schema>(): Kysely<Schema> => store.db as unknown as Kysely<Schema>;
  const directory = createDirectory(part<DirectorySchema>(), {
    clock,
    ...(options.passwordCost === undefined ? {} : { passwordCost: options.passwordCost }),
    ...(ntHashCipher === undefined ? {} : { ntHashCipher }),
  });
  if (ntHashCipher === undefined && options.shared !== true) {
    const removed = await removeNtHashes(part<DirectorySchema>());
    if (removed > 0) log.warn({ removed }, 'NTLM is off: the NT hashes have been removed');
  }
  const mailboxContext = await openMailboxContext(part<CalendarSchema & MailboxSchema>(), { clock, shared: options.shared === true });
  const calendars = createCalendars(mailboxContext, { timeZoneOf: async (mailbox) => (await directory.byGuid(mailbox))?.timeZone });
  await adoptFormerCalendars(mailboxContext);
  const mailboxes = createMailboxes(mailboxContext);
  const calendarProcessing = createCalendarProcessing(part<CalendarProcessingSchema>());
  const mailSettings = createMailSettings(part<MailSettingsSchema>());
  const configuration = await openConfiguration(part<ConfigurationSchema>(), clock);
  configuration.onChange((change) => log.info({ ...change }, 'configuration changed'));
  return {
    directory: {
      ...directory,
      async remove(guid) {
        const removed = await directory.remove(guid);
        if (removed) await mailboxes.clear(guid);
        if (removed) await calendarProcessing.clear(guid.toLowerCase());
        if (removed) await mailSettings.clear(guid.toLowerCase());
        return removed;
      },
    },
    configuration,
    calendars,
    calendarProcessing,
    mailboxes,
    mailSettings,
    transportQueue: await openTransportQueue(part<TransportSchema>(), { clock, shared: options.shared === true }),
    audit: createAudit(part<AuditSchema>(), clock),
    credentials: createCredentials(part<CredentialSchema>(), options.credentialKeyFile ?? (options.file === ':memory:' ? undefined : `${options.file}.key`)),
    store,
    close: () => store.close(),
  };
}

/** A new file is readable for its owner only: it holds private keys. What cannot be made is left for `openStore` to say. */
function keepPrivate(file: string): void {
  if (file === ':memory:') return;
  try {
    makeFolder(dirname(file), { mode: 0o700 });
    closeSync(openSync(file, 'ax', 0o600));
  } catch {
    return;
  }
}
