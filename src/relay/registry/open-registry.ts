import { randomUUID } from 'node:crypto';
import type { Clock } from '../../foundation/index.ts';
import type { CertificateAuthority } from '../../identity/index.ts';
import { createCertificateAuthority } from '../../identity/index.ts';
import { openStore } from '../../store/index.ts';
import { RelayError } from '../relay-error.ts';
import type { Application, NewApplication } from './application.ts';
import { applicationSettingsSchema } from './application.ts';
import type { Agents } from './agents.ts';
import { openAgents } from './agents.ts';
import type { EnrolmentTokens } from './enrolment-tokens.ts';
import { createEnrolmentTokens } from './enrolment-tokens.ts';
import { registryMigrations } from './registry-schema.ts';

export interface Tenant {
  id: string;
  name: string;
  /** Epoch milliseconds. */
  createdAt: number;
}

/** Who may publish what. Applications and agents are held in memory as well: every connection asks for them. */
export interface Registry {
  readonly authority: CertificateAuthority;
  readonly tokens: EnrolmentTokens;
  readonly agents: Agents;
  tenants(): Promise<readonly Tenant[]>;
  /** @throws RelayError `RELAY_TENANT_UNKNOWN` */
  tenant(id: string): Promise<Tenant>;
  createTenant(name: string, id?: string): Promise<Tenant>;
  removeTenant(id: string): Promise<void>;
  application(id: string): Application | undefined;
  applicationByPassThroughHost(host: string): Application | undefined;
  applications(tenantId?: string): readonly Application[];
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
  const storedAuthority = await db.selectFrom('authority').selectAll().executeTakeFirst();
  const authority =
    storedAuthority === undefined
      ? await createCertificateAuthority({ commonName: 'Hybridge relay: agents', clock })
      : { certificate: storedAuthority.certificate, privateKey: storedAuthority.private_key };
  if (storedAuthority === undefined) await db.insertInto('authority').values({ id: 1, certificate: authority.certificate, private_key: authority.privateKey }).execute();

  const applications = new Map<string, Application>();
  const passThrough = new Map<string, string>();
  const listeners: ((tenantId: string) => void)[] = [];
  const remember = (application: Application): void => {
    forget(application.id);
    applications.set(application.id, application);
    for (const host of application.passThroughHosts) passThrough.set(host, application.id);
  };
  const forget = (id: string): void => {
    for (const host of applications.get(id)?.passThroughHosts ?? []) passThrough.delete(host);
    applications.delete(id);
  };
  for (const row of await db.selectFrom('application').selectAll().execute()) {
    const settings = applicationSettingsSchema.parse(JSON.parse(row.settings));
    remember({ ...settings, id: row.id, tenantId: row.tenant_id, createdAt: row.created_at });
  }
  const changed = (tenantId: string): void => {
    for (const listener of listeners) listener(tenantId);
  };
  const refuseTakenHosts = (id: string, hosts: readonly string[]): void => {
    const own = (name: string): boolean => options.domains.some((domain) => name === domain || name.endsWith(`.${domain}`));
    const host = hosts.find((name) => own(name) || (passThrough.get(name) ?? id) !== id);
    if (host !== undefined) throw new RelayError('RELAY_HOST_TAKEN', `The host name ${host} belongs to the relay or to another application.`, { facts: { host } });
  };
  const agents = await openAgents(db, clock);

  const registry: Registry = {
    authority,
    tokens: createEnrolmentTokens(db, clock),
    agents,
    async tenants() {
      const rows = await db.selectFrom('tenant').selectAll().orderBy('created_at').execute();
      return rows.map((row) => ({ id: row.id, name: row.name, createdAt: row.created_at }));
    },
    async tenant(id) {
      const row = await db.selectFrom('tenant').selectAll().where('id', '=', id).executeTakeFirst();
      if (row === undefined) throw new RelayError('RELAY_TENANT_UNKNOWN', 'There is no such tenant.', { facts: { tenantId: id } });
      return { id: row.id, name: row.name, createdAt: row.created_at };
    },
    async createTenant(name, id = randomUUID()) {
      const tenant = { id, name, createdAt: clock.now() };
      await db.insertInto('tenant').values({ id, name, created_at: tenant.createdAt }).execute();
      return tenant;
    },
    async removeTenant(id) {
      await registry.tenant(id);
      await db.deleteFrom('tenant').where('id', '=', id).execute();
      for (const application of registry.applications(id)) forget(application.id);
      agents.forgetTenant(id);
      changed(id);
    },
    application: (id) => applications.get(id),
    applicationByPassThroughHost: (host) => applications.get(passThrough.get(host) ?? ''),
    applications: (tenantId) => [...applications.values()].filter((application) => tenantId === undefined || application.tenantId === tenantId),
    async createApplication(tenantId, wanted, id = randomUUID()) {
      await registry.tenant(tenantId);
      const settings = parseSettings(wanted);
      refuseTakenHosts(id, settings.passThroughHosts);
      const application = { ...settings, id, tenantId, createdAt: clock.now() };
      await db.insertInto('application').values({ id, tenant_id: tenantId, settings: JSON.stringify(settings), created_at: application.createdAt }).execute();
      remember(application);
      changed(tenantId);
      return application;
    },
    async updateApplication(id, changes) {
      const { id: _id, tenantId, createdAt, ...before } = knownApplication(applications, id);
      const settings = parseSettings({ ...before, ...changes });
      refuseTakenHosts(id, settings.passThroughHosts);
      await db.updateTable('application').set({ settings: JSON.stringify(settings) }).where('id', '=', id).execute();
      const application = { ...settings, id, tenantId, createdAt };
      remember(application);
      changed(tenantId);
      return application;
    },
    async removeApplication(id) {
      const { tenantId } = knownApplication(applications, id);
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

function knownApplication(applications: ReadonlyMap<string, Application>, id: string): Application {
  const application = applications.get(id);
  if (application === undefined) throw new RelayError('RELAY_APPLICATION_UNKNOWN', 'There is no such application.', { facts: { applicationId: id } });
  return application;
}

function parseSettings(value: unknown): ReturnType<typeof applicationSettingsSchema.parse> {
  const parsed = applicationSettingsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new RelayError('RELAY_OPTION_INVALID', `The application is not valid: ${issues.join('; ')}.`, { facts: { issues } });
}
