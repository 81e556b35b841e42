import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import { errorCode, errorText, HybridgeError } from '../../foundation/index.ts';
import type { NewApplication } from '../registry/application.ts';
import type { TenantChanges } from '../registry/open-registry.ts';
import { RelayError } from '../relay-error.ts';
import type { AdminKeyView, AgentView, ApplicationView, AuditEntryView, AuthorityView, EnrolmentTokenView, IssuedKeyView, IssuedTokenView, TenantView } from './relay-views.ts';
import { adminKeyViewSchema, agentViewSchema, applicationViewSchema, auditEntryViewSchema, authorityViewSchema, enrolmentTokenViewSchema, issuedKeyViewSchema, issuedTokenViewSchema, tenantViewSchema } from './relay-views.ts';

export interface RelayAdminClientOptions {
  /** The admin listener, e.g. `https://127.0.0.1:8443`. */
  url: string;
  httpClient: Dispatcher;
  /** The relay's admin key. */
  key: string;
  /** Milliseconds for one call. Default 15,000. */
  timeoutMs?: number;
}

/**
 * The relay's admin API for other parties. Every call throws `HybridgeError` with the relay's own code
 * (`RELAY_APPLICATION_UNKNOWN`…), or `RELAY_ADMIN_UNREACHABLE`.
 */
export interface RelayAdminClient {
  listTenants(): Promise<readonly TenantView[]>;
  getTenant(id: string): Promise<TenantView>;
  createTenant(tenant: { name: string; id?: string }): Promise<TenantView>;
  updateTenant(id: string, changes: TenantChanges): Promise<TenantView>;
  removeTenant(id: string): Promise<void>;
  listApplications(tenantId?: string): Promise<readonly ApplicationView[]>;
  getApplication(id: string): Promise<ApplicationView>;
  /** `id`, a GUID, is chosen by the relay unless given. */
  createApplication(tenantId: string, application: NewApplication & { id?: string }): Promise<ApplicationView>;
  updateApplication(id: string, changes: Partial<NewApplication>): Promise<ApplicationView>;
  removeApplication(id: string): Promise<void>;
  /** `lifetimeMs` defaults to one hour. The token itself is in this answer only. */
  issueEnrolmentToken(tenantId: string, options?: { lifetimeMs?: number }): Promise<IssuedTokenView>;
  listEnrolmentTokens(tenantId: string): Promise<readonly EnrolmentTokenView[]>;
  removeEnrolmentToken(id: string): Promise<void>;
  listAgents(tenantId?: string): Promise<readonly AgentView[]>;
  getAgent(id: string): Promise<AgentView>;
  /** Takes the agent's permission away and ends its links at once. */
  revokeAgent(id: string): Promise<void>;
  /** The key itself is in this answer only. `lifetimeMs` absent: until it is revoked; `role` defaults to `administrator`. */
  issueKey(tenantId: string, key: { name: string; role?: AdminKeyView['role']; lifetimeMs?: number }): Promise<IssuedKeyView>;
  listKeys(tenantId: string): Promise<readonly AdminKeyView[]>;
  /** Gives a key another secret; the one before is accepted for `overlapMs` more, an hour by default. */
  rotateKey(id: string, options?: { overlapMs?: number }): Promise<IssuedKeyView>;
  revokeKey(id: string): Promise<void>;
  /** Who changed what, newest first; 100 entries by default. */
  listAudit(options?: { tenantId?: string; limit?: number }): Promise<readonly AuditEntryView[]>;
  /** Who issues the agents' certificates. */
  getAuthority(): Promise<AuthorityView>;
  /** All whose agents are let in, newest first. */
  listAuthorities(): Promise<readonly AuthorityView[]>;
  /** Makes another authority, which issues from now on. */
  renewAuthority(): Promise<AuthorityView>;
  /** Accepts an authority no longer. */
  removeAuthority(thumbprint: string): Promise<void>;
}

const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string(), remedy: z.string().optional() }) });
const nothing = z.looseObject({});

export function createRelayAdminClient(options: RelayAdminClientOptions): RelayAdminClient {
  const call = async <Value>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, schema: z.ZodType<Value>, body?: unknown): Promise<Value> => {
    const { status, value } = await send(options, method, path, body);
    if (status >= 400) throw relayRefusal(status, value);
    const parsed = schema.safeParse(value);
    if (!parsed.success) throw unreachable('The answer of the relay was not understood.', parsed.error);
    return parsed.data;
  };
  const part = encodeURIComponent;
  const ofTenant = (path: string, tenantId: string | undefined): string => (tenantId === undefined ? path : `${path}?tenant=${part(tenantId)}`);
  return {
    listTenants: () => call('GET', '/api/tenants', z.array(tenantViewSchema)),
    getTenant: (id) => call('GET', `/api/tenants/${part(id)}`, tenantViewSchema),
    createTenant: (tenant) => call('POST', '/api/tenants', tenantViewSchema, tenant),
    updateTenant: (id, changes) => call('PATCH', `/api/tenants/${part(id)}`, tenantViewSchema, changes),
    removeTenant: async (id) => void (await call('DELETE', `/api/tenants/${part(id)}`, nothing)),
    listApplications: (tenantId) => call('GET', ofTenant('/api/applications', tenantId), z.array(applicationViewSchema)),
    getApplication: (id) => call('GET', `/api/applications/${part(id)}`, applicationViewSchema),
    createApplication: (tenantId, application) => call('POST', `/api/tenants/${part(tenantId)}/applications`, applicationViewSchema, application),
    updateApplication: (id, changes) => call('PATCH', `/api/applications/${part(id)}`, applicationViewSchema, changes),
    removeApplication: async (id) => void (await call('DELETE', `/api/applications/${part(id)}`, nothing)),
    issueEnrolmentToken: (tenantId, token) => call('POST', `/api/tenants/${part(tenantId)}/enrolment-tokens`, issuedTokenViewSchema, token ?? {}),
    listEnrolmentTokens: (tenantId) => call('GET', `/api/tenants/${part(tenantId)}/enrolment-tokens`, z.array(enrolmentTokenViewSchema)),
    removeEnrolmentToken: async (id) => void (await call('DELETE', `/api/enrolment-tokens/${part(id)}`, nothing)),
    listAgents: (tenantId) => call('GET', ofTenant('/api/agents', tenantId), z.array(agentViewSchema)),
    getAgent: (id) => call('GET', `/api/agents/${part(id)}`, agentViewSchema),
    revokeAgent: async (id) => void (await call('DELETE', `/api/agents/${part(id)}`, nothing)),
    issueKey: (tenantId, key) => call('POST', `/api/tenants/${part(tenantId)}/keys`, issuedKeyViewSchema, key),
    listKeys: (tenantId) => call('GET', `/api/tenants/${part(tenantId)}/keys`, z.array(adminKeyViewSchema)),
    rotateKey: (id, rotation) => call('POST', `/api/keys/${part(id)}/rotate`, issuedKeyViewSchema, rotation ?? {}),
    revokeKey: async (id) => void (await call('DELETE', `/api/keys/${part(id)}`, nothing)),
    listAudit: ({ tenantId, limit = 100 } = {}) => call('GET', `/api/audit?limit=${limit}${tenantId === undefined ? '' : `&tenant=${part(tenantId)}`}`, z.array(auditEntryViewSchema)),
    getAuthority: () => call('GET', '/api/authority', authorityViewSchema),
    listAuthorities: () => call('GET', '/api/authorities', z.array(authorityViewSchema)),
    renewAuthority: () => call('POST', '/api/authorities', authorityViewSchema),
    removeAuthority: async (thumbprint) => void (await call('DELETE', `/api/authorities/${part(thumbprint)}`, nothing)),
  };
}

/** What the relay refused, with its own code; `RELAY_ADMIN_UNREACHABLE` for an answer that is none of the admin API's. */
export function relayRefusal(status: number, value: unknown): HybridgeError {
  const failure = errorSchema.safeParse(value);
  if (!failure.success) return unreachable(`The relay answered with status ${status}.`);
  const { code, message, remedy } = failure.data.error;
  return new HybridgeError(code, message, { facts: { status }, ...(remedy === undefined ? {} : { remedy }) });
}

async function send(options: RelayAdminClientOptions, method: Dispatcher.HttpMethod, path: string, body: unknown): Promise<{ status: number; value: unknown }> {
  try {
    const response = await request(new URL(path, options.url), {
      method,
      dispatcher: options.httpClient,
      headers: { authorization: `Bearer ${options.key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(options.timeoutMs ?? 15_000),
    });
    return { status: response.statusCode, value: await response.body.json() };
  } catch (error) {
    throw unanswered(error);
  }
}

/** Node's and OpenSSL's codes for a certificate that is not accepted. */
const certificateError = /^(?:CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|ERR_TLS_CERT_|HOSTNAME_MISMATCH)/;

function unanswered(error: unknown): RelayError {
  const cause = errorCode(error) ?? errorCode((error as { cause?: unknown }).cause);
  if (cause === undefined || !certificateError.test(cause)) return unreachable(`The admin API of the relay does not answer${cause === undefined ? '' : ` (${cause})`}.`, error);
  return unreachable(
    `The certificate of the relay is not accepted (${cause}).`,
    error,
    cause === 'ERR_TLS_CERT_ALTNAME_INVALID' ? 'Use a name that its certificate covers, mostly that of the relay itself.' : cause === 'CERT_HAS_EXPIRED' || cause === 'CERT_NOT_YET_VALID' ? 'Compare the clocks, then renew the certificate of the relay.' : 'Name its authority: --ca FILE, or admin.ca in relay.yaml.',
  );
}

function unreachable(message: string, cause?: unknown, remedy = 'Check the address of the admin listener and that the relay runs.'): RelayError {
  return new RelayError('RELAY_ADMIN_UNREACHABLE', message, {
    facts: { cause: errorCode(cause) ?? (cause === undefined ? undefined : errorText(cause)) },
    cause,
    retryable: true,
    remedy,
  });
}
