import type { Log } from '../../foundation/index.ts';
import type { AdminKey, AdminKeyRole } from '../registry/admin-keys.ts';
import { unknownKey } from '../registry/admin-keys.ts';
import type { AgentRecord } from '../registry/agents.ts';
import type { Application, NewApplication } from '../registry/application.ts';
import type { AuditEntry } from '../registry/audit-log.ts';
import type { AuthorityRecord } from '../registry/authorities.ts';
import type { EnrolmentToken } from '../registry/enrolment-tokens.ts';
import { unknownToken } from '../registry/enrolment-tokens.ts';
import type { Registry, Tenant, TenantChanges } from '../registry/open-registry.ts';
import { mayPublishHost, mayTrustIssuer } from '../registry/tenant-permissions.ts';
import { RelayError } from '../relay-error.ts';
import type { Caller } from './caller.ts';

/**
 * The registry as one caller may see and change it: all of it for the relay's operator, one tenant's part for a key of
 * that tenant. What belongs to somebody else does not exist here: the same errors as for ids that nobody has. Every
 * change is noted in the audit.
 */
export interface OwnRegistry {
  /** The tenant that a list is for: what was asked for, or the caller's own. @throws RelayError `RELAY_TENANT_UNKNOWN` */
  tenantFor(asked: string | null): string | undefined;
  /** The same, where an empty list of a tenant that does not exist would mislead. @throws RelayError `RELAY_TENANT_UNKNOWN` */
  existingTenantFor(asked: string | null): Promise<string | undefined>;
  tenants(): Promise<readonly Tenant[]>;
  tenant(id: string): Promise<Tenant>;
  createTenant(name: string, id?: string): Promise<Tenant>;
  updateTenant(id: string, changes: TenantChanges): Promise<Tenant>;
  removeTenant(id: string): Promise<void>;
  applications(tenantId: string | undefined): readonly Application[];
  application(id: string): Application;
  createApplication(tenantId: string, application: NewApplication, id?: string): Promise<Application>;
  updateApplication(id: string, changes: Partial<NewApplication>): Promise<Application>;
  removeApplication(id: string): Promise<void>;
  tokens(tenantId: string): Promise<readonly EnrolmentToken[]>;
  issueToken(tenantId: string, lifetimeMs: number): Promise<EnrolmentToken & { token: string }>;
  removeToken(id: string): Promise<void>;
  agents(tenantId: string | undefined): readonly AgentRecord[];
  agent(id: string): AgentRecord;
  revokeAgent(id: string): Promise<void>;
  keys(tenantId: string): readonly AdminKey[];
  issueKey(tenantId: string, key: { name: string; role: AdminKeyRole; lifetimeMs?: number | undefined }): Promise<AdminKey & { key: string }>;
  rotateKey(id: string, overlapMs: number): Promise<AdminKey & { key: string }>;
  revokeKey(id: string): Promise<void>;
  audit(tenantId: string | undefined, limit: number): Promise<readonly AuditEntry[]>;
  authorities(): readonly AuthorityRecord[];
  renewAuthority(): Promise<AuthorityRecord>;
  removeAuthority(thumbprint: string): Promise<void>;
}

/** What a tenant's own administrators may pile up; the operator may add more. */
const mostApplications = 200;
const mostOpenTokens = 200;

export function createOwnRegistry(registry: Registry, caller: Caller, { address, log }: { address: string; log: Log }): OwnRegistry {
  const owns = (tenantId: string): boolean => caller.tenantId === undefined || caller.tenantId === tenantId;
  const requireTenant = (tenantId: string): void => {
    if (!owns(tenantId)) throw new RelayError('RELAY_TENANT_UNKNOWN', 'There is no such tenant.', { facts: { tenantId } });
  };
  const requireOperator = (): void => {
    if (caller.tenantId !== undefined) throw new RelayError('RELAY_ADMIN_ROLE', 'Only the operator of the relay may do this.', { facts: { actor: caller.id }, remedy: 'Ask the operator of the relay.' });
  };
  const note = async (action: string, tenantId: string | undefined, object?: string, change?: unknown): Promise<void> => {
    log.info({ audit: action, actor: caller.id, actorName: caller.name, address, ...(tenantId === undefined ? {} : { tenantId }), ...(object === undefined ? {} : { object }), ...(change === undefined ? {} : { change }) }, `changed by an administrator: ${action}`);
    await registry.audit.write({ actor: caller.id, actorName: caller.name, address, action, ...(tenantId === undefined ? {} : { tenantId }), ...(object === undefined ? {} : { object }), ...(change === undefined ? {} : { change }) });
  };
  /** Host names and token issuers that an administrator of a tenant adds must be among those that the operator allows. */
  const requirePermission = async (tenantId: string, settings: Partial<Application>, before?: Application): Promise<void> => {
    if (caller.tenantId === undefined) return;
    const { permissions } = await registry.tenant(tenantId);
    const known = new Set([...(before?.hostNames ?? []), ...(before?.passThroughHosts ?? [])]);
    const host = [...(settings.hostNames ?? []), ...(settings.passThroughHosts ?? [])].find((name) => !known.has(name) && !mayPublishHost(permissions, name));
    if (host !== undefined) throw new RelayError('RELAY_HOST_NOT_ALLOWED', `The host name ${host} is not among the domains of this tenant.`, { facts: { host }, remedy: 'Ask the operator of the relay: hybridge relay tenant update <id> --domain <domain>.' });
    const issuer = settings.accessTokens?.issuers.find((url) => before?.accessTokens?.issuers.includes(url) !== true && !mayTrustIssuer(permissions, url));
    if (issuer !== undefined) throw new RelayError('RELAY_ISSUER_NOT_ALLOWED', `The token issuer ${issuer} is not among those of this tenant.`, { facts: { issuer }, remedy: 'Ask the operator of the relay: hybridge relay tenant update <id> --token-issuer <url>.' });
  };
  const full = (what: string, most: number): RelayError => new RelayError('RELAY_TENANT_FULL', `A tenant has at most ${most} ${what}.`, { remedy: `Remove ${what} that nobody needs, or ask the operator of the relay.` });
  const own: OwnRegistry = {
    tenantFor(asked) {
      if (asked !== null) requireTenant(asked);
      return asked ?? caller.tenantId;
    },
    async existingTenantFor(asked) {
      if (asked !== null) await own.tenant(asked);
      return own.tenantFor(asked);
    },
    tenants: async () => (caller.tenantId === undefined ? registry.tenants() : [await registry.tenant(caller.tenantId)]),
    tenant(id) {
      requireTenant(id);
      return registry.tenant(id);
    },
    async createTenant(name, id) {
      requireOperator();
      const tenant = await registry.createTenant(name, id);
      await note('tenant.create', tenant.id, tenant.id, { name });
      return tenant;
    },
    async updateTenant(id, changes) {
      requireTenant(id);
      requireOperator();
      const tenant = await registry.updateTenant(id, changes);
      await note('tenant.update', id, id, changes);
      return tenant;
    },
    async removeTenant(id) {
      requireTenant(id);
      requireOperator();
      await registry.removeTenant(id);
      await note('tenant.remove', id, id);
    },
    applications: (tenantId) => registry.applications(tenantId).filter((application) => owns(application.tenantId)),
    application(id) {
      const found = registry.application(id);
      if (found === undefined || !owns(found.tenantId)) throw new RelayError('RELAY_APPLICATION_UNKNOWN', 'There is no such application.', { facts: { applicationId: id }, remedy: 'Give the endpoint GUID (Get-HybridApplication); it is never the id of an agent.' });
      return found;
    },
    async createApplication(tenantId, wanted, id) {
      requireTenant(tenantId);
      if (caller.tenantId !== undefined && registry.applications(tenantId).length >= mostApplications) throw full('applications', mostApplications);
      await requirePermission(tenantId, registry.readSettings(wanted));
      const application = await registry.createApplication(tenantId, wanted, id);
      await note('application.create', tenantId, application.id, wanted);
      return application;
    },
    async updateApplication(id, changes) {
      const before = own.application(id);
      await requirePermission(before.tenantId, registry.readSettings({ ...before, ...changes }), before);
      const application = await registry.updateApplication(id, changes);
      await note('application.update', application.tenantId, id, changes);
      return application;
    },
    async removeApplication(id) {
      const { tenantId } = own.application(id);
      await registry.removeApplication(id);
      await note('application.remove', tenantId, id);
    },
    tokens(tenantId) {
      requireTenant(tenantId);
      return registry.tokens.list(tenantId);
    },
    async issueToken(tenantId, lifetimeMs) {
      requireTenant(tenantId);
      await registry.tenant(tenantId);
      if (caller.tenantId !== undefined && (await registry.tokens.countOpen(tenantId)) >= mostOpenTokens) throw full('open enrolment tokens', mostOpenTokens);
      const issued = await registry.tokens.issue(tenantId, lifetimeMs);
      await note('token.issue', tenantId, issued.id, { lifetimeMs });
      return issued;
    },
    async removeToken(id) {
      const { tenantId } = await registry.tokens.get(id);
      if (!owns(tenantId)) throw unknownToken(id);
      await registry.tokens.remove(id);
      await note('token.remove', tenantId, id);
    },
    agents: (tenantId) => registry.agents.list(tenantId).filter((agent) => owns(agent.tenantId)),
    agent(id) {
      const found = registry.agents.get(id);
      if (found === undefined || !owns(found.tenantId)) throw new RelayError('RELAY_AGENT_UNKNOWN', 'There is no such agent.', { facts: { agentId: id } });
      return found;
    },
    async revokeAgent(id) {
      const { tenantId } = own.agent(id);
      await registry.agents.revoke(id);
      await note('agent.revoke', tenantId, id);
    },
    keys(tenantId) {
      requireTenant(tenantId);
      return registry.keys.list(tenantId);
    },
    async issueKey(tenantId, key) {
      requireTenant(tenantId);
      await registry.tenant(tenantId);
      const issued = await registry.keys.issue({ tenantId, ...key });
      await note('key.issue', tenantId, issued.id, key);
      return issued;
    },
    async rotateKey(id, overlapMs) {
      const { tenantId } = ownKey(id);
      const issued = await registry.keys.rotate(id, overlapMs);
      await note('key.rotate', tenantId, id, { overlapMs });
      return issued;
    },
    async revokeKey(id) {
      const { tenantId } = ownKey(id);
      await registry.keys.revoke(id);
      await note('key.revoke', tenantId, id);
    },
    audit: (tenantId, limit) => registry.audit.list({ tenantId: caller.tenantId ?? tenantId, limit }),
    authorities: () => registry.authorities.list(),
    async renewAuthority() {
      requireOperator();
      const authority = await registry.authorities.renew();
      await note('authority.renew', undefined, authority.thumbprint);
      return authority;
    },
    async removeAuthority(thumbprint) {
      requireOperator();
      await registry.authorities.remove(thumbprint);
      await note('authority.remove', undefined, thumbprint);
    },
  };
  const ownKey = (id: string): AdminKey => {
    const key = registry.keys.get(id);
    if (key === undefined || !owns(key.tenantId)) throw unknownKey(id);
    return key;
  };
  return own;
}
