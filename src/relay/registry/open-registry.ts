import { randomUUID } from 'node:crypto';
import type { Clock } from '../../foundation/index.ts';
import { openStore } from '../../store/index.ts';
import type { TenantLimitChanges } from '../limits/tenant-limits.ts';
import { tenantLimitChangesSchema } from '../limits/tenant-limits.ts';
import { RelayError } from '../relay-error.ts';
import type { Application, ApplicationSettings, NewApplication } from './application.ts';
import { applicationSettingsSchema } from './application.ts';
import type { Agents } from './agents.ts';
import { openAgents } from './agents.ts';
import type { AdminKeys } from './admin-keys.ts';
import { openAdminKeys } from './admin-keys.ts';
import type { AuditLog } from './audit-log.ts';
import { createAuditLog } from './audit-log.ts';
import type { Authorities } from './authorities.ts';
import { openAuthorities } from './authorities.ts';
import type { EnrolmentTokens } from './enrolment-tokens.ts';
import { createEnrolmentTokens } from './enrolment-tokens.ts';
import type { RegistrySchema } from './registry-schema.ts';
import { registryMigrations } from './registry-schema.ts';
import type { TenantPermissions } from './tenant-permissions.ts';
import { tenantPermissionsSchema } from './tenant-permissions.ts';

export interface Tenant {
  id: string;
  name: string;
  /** Where it differs from what the relay gives every tenant. */
  limits: TenantLimitChanges;
  /** What its own administrators may do beside managing what it has. */
  permissions: TenantPermissions;
  /** Epoch milliseconds. */
  createdAt: number;
}

/** What is absent stays; permissions replace those of the same name. */
export interface TenantChanges {
  name?: string | undefined;
  limits?: TenantLimitChanges | undefined;
  permissions?: { [Name in keyof TenantPermissions]?: TenantPermissions[Name] | undefined } | undefined;
}

/** Who may publish what. Applications and agents are held in memory as well: every connection asks for them. */
export interface Registry {
  readonly authorities: Authorities;
  readonly tokens: EnrolmentTokens;
  readonly agents: Agents;
  readonly keys: AdminKeys;
  readonly audit: AuditLog;
  tenants(): Promise<readonly Tenant[]>;
  /** @throws RelayError `RELAY_TENANT_UNKNOWN` */
  tenant(id: string): Promise<Tenant>;
  createTenant(name: string, id?: string): Promise<Tenant>;
  /** Replaces what is given; limits that are null are none, absent ones stay. @throws RelayError `RELAY_TENANT_UNKNOWN` */
  updateTenant(id: string, changes: TenantChanges): Promise<Tenant>;
  removeTenant(id: string): Promise<void>;
  /** Where a tenant differs from what the relay gives everybody. */
  limitsOf(tenantId: string): TenantLimitChanges;
  application(id: string): Application | undefined;
  applicationByPassThroughHost(host: string): Application | undefined;
  /** The application that publishes a host name of its own, with TLS ending at the relay. */
  applicationByHostName(host: string): Application | undefined;
  applications(tenantId?: string): readonly Application[];
  /** What settings mean, defaults filled in. @throws RelayError `RELAY_OPTION_INVALID` */
  readSettings(application: NewApplication): ApplicationSettings;
  /** @throws RelayError `RELAY_OPTION_INVALID`, `RELAY_TENANT_UNKNOWN`, `RELAY_HOST_TAKEN` */
  createApplication(tenantId: string, application: NewApplication, id?: string): Promise<Application>;
  /** Replaces the settings that are given. Same errors, and `RELAY_APPLICATION_UNKNOWN`. */
  updateApplication(id: string, changes: Partial<NewApplication>): Promise<Application>;
  removeApplication(id: string): Promise<void>;
  /** Called after each change of a tenant's applications. */
  onApplicationsChanged(listener: (tenantId: string) => void): void;
  close(): Promise<void>;
}

export interface RegistryOptions {
  file: string;
  clock: Clock;
  /** The relay's own domains, which no application may pass through. */
  domains: readonly string[];
}

/** Opens the relay's own data, making the authority for agents' certificates at the first start. */
export async function openRegistry(options: RegistryOptions): Promise<Registry> {
  const { clock } = options;
  const { db, close } = await openStore({ file: options.file, migrations: registryMigrations });
  const applications = new Map<string, Application>();
  /** Ids of applications by host names of their own, of both kinds. */
  const passThrough = new Map<string, string>();
  const hostNames = new Map<string, string>();
  const tenantLimits = new Map<string, TenantLimitChanges>();
  const listeners: ((tenantId: string) => void)[] = [];
  const remember = (application: Application): void => {
    forget(application.id);
    applications.set(application.id, application);
    for (const host of application.passThroughHosts) passThrough.set(host, application.id);
    for (const host of application.hostNames) hostNames.set(host, application.id);
  };
  const forget = (id: string): void => {
    const application = applications.get(id);
    for (const host of application?.passThroughHosts ?? []) passThrough.delete(host);
    for (const host of application?.hostNames ?? []) hostNames.delete(host);
    applications.delete(id);
  };
  for (const row of await db.selectFrom('application').selectAll().execute()) {
    const settings = applicationSettingsSchema.parse(JSON.parse(row.settings));
    remember({ ...settings, id: row.id, tenantId: row.tenant_id, createdAt: row.created_at });
  }
  const changed = (tenantId: string): void => {
    for (const listener of listeners) listener(tenantId);
  };
  for (const row of await db.selectFrom('tenant').select(['id', 'limits']).execute()) tenantLimits.set(row.id, tenantLimitChangesSchema.parse(JSON.parse(row.limits)));
  const refuseTakenHosts = (id: string, settings: ApplicationSettings): void => {
    const own = (name: string): boolean => options.domains.some((domain) => name === domain || name.endsWith(`.${domain}`));
    const taken = (name: string): boolean => [passThrough, hostNames].some((hosts) => (hosts.get(name) ?? id) !== id);
    const both = settings.hostNames.find((name) => settings.passThroughHosts.includes(name));
    if (both !== undefined) throw new RelayError('RELAY_OPTION_INVALID', `The host name ${both} can end TLS at the relay or pass it through, not both.`, { facts: { host: both } });
    const host = [...settings.passThroughHosts, ...settings.hostNames].find((name) => own(name) || taken(name));
    if (host !== undefined) throw new RelayError('RELAY_HOST_TAKEN', `The host name ${host} belongs to the relay or to another application.`, { facts: { host } });
  };
  const agents = await openAgents(db, clock);
  const keys = await openAdminKeys(db, clock);
  /** Clients of an endpoint may go on for years: its GUID never becomes another tenant's. */
  const retire = async (application: Application): Promise<void> => {
    await db.insertInto('former_application').values({ id: application.id, tenant_id: application.tenantId }).onConflict((conflict) => conflict.doNothing()).execute();
  };

  const registry: Registry = {
    authorities: await openAuthorities(db, clock),
    tokens: createEnrolmentTokens(db, clock),
    agents,
    keys,
    audit: createAuditLog(db, clock),
    async tenants() {
      const rows = await db.selectFrom('tenant').selectAll().orderBy('created_at').execute();
      return rows.map(tenantOf);
    },
    async tenant(id) {
      const row = await db.selectFrom('tenant').selectAll().where('id', '=', id).executeTakeFirst();
      if (row === undefined) throw new RelayError('RELAY_TENANT_UNKNOWN', 'There is no such tenant.', { facts: { tenantId: id } });
      return tenantOf(row);
    },
    async createTenant(name, id = randomUUID()) {
      const tenant = { id, name, limits: {}, permissions: tenantPermissionsSchema.parse({}), createdAt: clock.now() };
      await db.insertInto('tenant').values({ id, name, created_at: tenant.createdAt, limits: '{}', permissions: '{}' }).execute();
      return tenant;
    },
    async updateTenant(id, changes) {
      const before = await registry.tenant(id);
      const tenant = { ...before, name: changes.name ?? before.name, limits: { ...before.limits, ...changes.limits }, permissions: { domains: changes.permissions?.domains ?? before.permissions.domains, tokenIssuers: changes.permissions?.tokenIssuers ?? before.permissions.tokenIssuers } };
      await db.updateTable('tenant').set({ name: tenant.name, limits: JSON.stringify(tenant.limits), permissions: JSON.stringify(tenant.permissions) }).where('id', '=', id).execute();
      tenantLimits.set(id, tenant.limits);
      return tenant;
    },
    limitsOf: (tenantId) => tenantLimits.get(tenantId) ?? noChanges,
    async removeTenant(id) {
      await registry.tenant(id);
      tenantLimits.delete(id);
      for (const application of registry.applications(id)) await retire(application);
      await db.deleteFrom('tenant').where('id', '=', id).execute();
      for (const application of registry.applications(id)) forget(application.id);
      agents.forgetTenant(id);
      keys.forgetTenant(id);
      changed(id);
    },
    application: (id) => applications.get(id),
    applicationByPassThroughHost: (host) => applications.get(passThrough.get(host) ?? ''),
    applicationByHostName: (host) => applications.get(hostNames.get(host) ?? ''),
    applications: (tenantId) => [...applications.values()].filter((application) => tenantId === undefined || application.tenantId === tenantId),
    readSettings: parseSettings,
    async createApplication(tenantId, wanted, id = randomUUID()) {
      await registry.tenant(tenantId);
      if (applications.has(id)) throw new RelayError('RELAY_HOST_TAKEN', 'This endpoint GUID belongs to another application.', { facts: { applicationId: id } });
      const former = await db.selectFrom('former_application').select('tenant_id').where('id', '=', id).executeTakeFirst();
      if (former !== undefined && former.tenant_id !== tenantId) throw new RelayError('RELAY_HOST_TAKEN', 'This endpoint GUID was another tenant’s.', { facts: { applicationId: id }, remedy: 'Let the relay choose one.' });
      const settings = parseSettings(wanted);
      refuseTakenHosts(id, settings);
      const application = { ...settings, id, tenantId, createdAt: clock.now() };
      await db.insertInto('application').values({ id, tenant_id: tenantId, settings: JSON.stringify(settings), created_at: application.createdAt }).execute();
      remember(application);
      changed(tenantId);
      return application;
    },
    async updateApplication(id, changes) {
      const { id: _id, tenantId, createdAt, ...before } = knownApplication(applications, id);
      const settings = parseSettings({ ...before, ...changes });
      refuseTakenHosts(id, settings);
      await db.updateTable('application').set({ settings: JSON.stringify(settings) }).where('id', '=', id).execute();
      const application = { ...settings, id, tenantId, createdAt };
      remember(application);
      changed(tenantId);
      return application;
    },
    async removeApplication(id) {
      const application = knownApplication(applications, id);
      const { tenantId } = application;
      await retire(application);
      await db.deleteFrom('application').where('id', '=', id).execute();
      forget(id);
      changed(tenantId);
    },
    onApplicationsChanged(listener) {
      listeners.push(listener);
    },
    close,
  };
  return registry;
}

const noChanges: TenantLimitChanges = {};

function tenantOf(row: RegistrySchema['tenant']): Tenant {
  return { id: row.id, name: row.name, limits: tenantLimitChangesSchema.parse(JSON.parse(row.limits)), permissions: tenantPermissionsSchema.parse(JSON.parse(row.permissions)), createdAt: row.created_at };
}

function knownApplication(applications: ReadonlyMap<string, Application>, id: string): Application {
  const application = applications.get(id);
  if (application === undefined) throw new RelayError('RELAY_APPLICATION_UNKNOWN', 'There is no such application.', { facts: { applicationId: id }, remedy: 'Give the endpoint GUID (Get-HybridApplication); it is never the id of an agent.' });
  return application;
}

function parseSettings(value: unknown): ApplicationSettings {
  const parsed = applicationSettingsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new RelayError('RELAY_OPTION_INVALID', `The application is not valid: ${issues.join('; ')}.`, { facts: { issues } });
}
