import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import { IdentityError } from '../identity-error.ts';
import type { FederatedApplication, NewFederatedApplication } from '../federation/gateway/federated-applications.ts';
import type { DelegationState } from '../federation/gateway/gateway-refusal.ts';
import type { AuditEntry } from './audit.ts';
import type { RestoreUser } from './deleted-users.ts';
import type {
  NewStsKeyCredential,
  NewStsServicePrincipal,
  NewStsTenant,
  NewStsUser,
  StsAuthenticator,
  StsConsent,
  StsDeletedUser,
  StsDomain,
  StsDomainAuthentication,
  StsGroup,
  StsKeyCredential,
  StsPasswordCredential,
  StsRoleAssignment,
  StsServicePrincipal,
  StsSigningKey,
  StsTenant,
  StsUser,
} from './sts-types.ts';

export interface StsAdminClientOptions {
  /** Base of the admin listener, e.g. `https://127.0.0.1:8444`. */
  url: string;
  httpClient: Dispatcher;
  /** The admin key. */
  key: string;
}

/**
 * The administrators' API as functions. `tenant` is an id or a domain, `user` an object id or user principal name,
 * `principal` an application id or object id. Every function rejects with IdentityError: `IDENTITY_STS_NOT_FOUND`,
 * `IDENTITY_STS_CONFLICT`, `IDENTITY_STS_INPUT`, `IDENTITY_STS_NOT_AUTHORIZED`, `IDENTITY_CERTIFICATE_UNREADABLE`, or
 * `IDENTITY_STS_ADMIN_FAILED` for everything else, no answer among it.
 */
export interface StsAdminClient {
  listTenants(): Promise<readonly StsTenant[]>;
  getTenant(tenant: string): Promise<StsTenant>;
  createTenant(tenant: NewStsTenant): Promise<StsTenant>;
  updateTenant(tenant: string, changes: Partial<Omit<NewStsTenant, 'id'>>): Promise<StsTenant>;
  removeTenant(tenant: string): Promise<void>;
  listDomains(tenant: string): Promise<readonly StsDomain[]>;
  /** Says how the people of a domain prove themselves. Passwords that are not kept here any more are forgotten. */
  setDomainAuthentication(tenant: string, domain: string, authentication: StsDomainAuthentication): Promise<StsDomain>;
  listUsers(tenant: string): Promise<readonly StsUser[]>;
  getUser(tenant: string, user: string): Promise<StsUser>;
  createUser(tenant: string, user: NewStsUser): Promise<StsUser>;
  updateUser(tenant: string, user: string, changes: Partial<Omit<NewStsUser, 'objectId' | 'password'>>): Promise<StsUser>;
  setUserPassword(tenant: string, user: string, password: string): Promise<StsUser>;
  /** The password as the hash that the on-premises organisation keeps of it. */
  setUserPasswordHash(tenant: string, user: string, hash: string): Promise<StsUser>;
  /** The person can be restored for 30 days. */
  removeUser(tenant: string, user: string): Promise<void>;
  /** Who can be restored, the last deleted first. */
  listDeletedUsers(tenant: string): Promise<readonly StsDeletedUser[]>;
  /** By object id. */
  restoreUser(tenant: string, user: string, options?: RestoreUser): Promise<StsUser>;
  /** Ends the time in which a deleted person can be restored. */
  purgeDeletedUser(tenant: string, user: string): Promise<void>;
  /** Sets up an authenticator app; the secret is in this answer and nowhere else. */
  createAuthenticator(tenant: string, user: string): Promise<StsAuthenticator>;
  removeAuthenticator(tenant: string, user: string): Promise<void>;
  /** Ends every session and refresh token of a user. */
  revokeSignIns(tenant: string, user: string): Promise<StsUser>;
  /** What the user agreed to by themselves, the newest first. */
  listConsents(tenant: string, user: string): Promise<readonly StsConsent[]>;
  /** The same of all users of the tenant. */
  listTenantConsents(tenant: string): Promise<readonly StsConsent[]>;
  /** Takes back the user's consents to one application, of one resource or of all. */
  removeConsents(tenant: string, user: string, client: string, resource?: string): Promise<void>;
  listGroups(tenant: string): Promise<readonly StsGroup[]>;
  createGroup(tenant: string, displayName: string): Promise<StsGroup>;
  /** Groups go by object id. */
  removeGroup(tenant: string, group: string): Promise<void>;
  addGroupMember(tenant: string, group: string, user: string): Promise<void>;
  removeGroupMember(tenant: string, group: string, user: string): Promise<void>;
  listRoleAssignments(tenant: string, principal: string): Promise<readonly StsRoleAssignment[]>;
  assignRole(tenant: string, principal: string, assignment: StsRoleAssignment): Promise<StsRoleAssignment>;
  removeRoleAssignment(tenant: string, principal: string, assignment: StsRoleAssignment): Promise<void>;
  listServicePrincipals(tenant: string): Promise<readonly StsServicePrincipal[]>;
  getServicePrincipal(tenant: string, principal: string): Promise<StsServicePrincipal>;
  createServicePrincipal(tenant: string, principal: NewStsServicePrincipal): Promise<StsServicePrincipal>;
  /** Names given replace the whole list. */
  updateServicePrincipal(tenant: string, principal: string, changes: Partial<Omit<NewStsServicePrincipal, 'appId'>>): Promise<StsServicePrincipal>;
  removeServicePrincipal(tenant: string, principal: string): Promise<void>;
  addKeyCredential(tenant: string, principal: string, credential: NewStsKeyCredential): Promise<StsKeyCredential>;
  /** The secret is in this answer and nowhere else. */
  addPasswordCredential(tenant: string, principal: string, options?: { displayName?: string; endDate?: number }): Promise<StsPasswordCredential & { secretText: string }>;
  removeCredential(tenant: string, principal: string, keyId: string): Promise<void>;
  listFederatedApplications(): Promise<readonly FederatedApplication[]>;
  /** Registers an organisation with the federation gateway on the operator's word: no proof of its domains is asked for. */
  createFederatedApplication(application: NewFederatedApplication): Promise<FederatedApplication>;
  removeFederatedApplication(applicationId: string): Promise<void>;
  addFederatedCertificate(applicationId: string, certificate: string): Promise<FederatedApplication>;
  /** What the federation gateway finds wanting about a person's account; null for nothing. A new password or user principal name ends it. With `inPlaceOf` only where it is that one now. */
  setDelegationState(tenant: string, user: string, state: DelegationState | null, options?: { inPlaceOf?: DelegationState }): Promise<void>;
  listSigningKeys(): Promise<readonly StsSigningKey[]>;
  /** Publishes a new key; it signs from `activeFrom` (epoch milliseconds, default now). */
  rollSigningKey(options?: { activeFrom?: number }): Promise<StsSigningKey>;
  /** By `x5t` or thumbprint. */
  removeSigningKey(key: string): Promise<void>;
  /** The newest entries first. Default 100, at most 1,000. */
  listAudit(limit?: number): Promise<readonly AuditEntry[]>;
}

export function createStsAdminClient(options: StsAdminClientOptions): StsAdminClient {
  const call = createCall(options);
  const tenantPath = (tenant: string): string => `/tenants/${encodeURIComponent(tenant)}`;
  const userPath = (tenant: string, user: string): string => `${tenantPath(tenant)}/users/${encodeURIComponent(user)}`;
  const principalPath = (tenant: string, principal: string): string => `${tenantPath(tenant)}/service-principals/${encodeURIComponent(principal)}`;
  return {
    listTenants: () => call('GET', '/tenants'),
    getTenant: (tenant) => call('GET', tenantPath(tenant)),
    createTenant: (tenant) => call('POST', '/tenants', tenant),
    updateTenant: (tenant, changes) => call('PATCH', tenantPath(tenant), changes),
    removeTenant: (tenant) => call('DELETE', tenantPath(tenant)),
    listDomains: (tenant) => call('GET', `${tenantPath(tenant)}/domains`),
    setDomainAuthentication: (tenant, domain, authentication) => call('PUT', `${tenantPath(tenant)}/domains/${encodeURIComponent(domain)}/authentication`, authentication),
    listUsers: (tenant) => call('GET', `${tenantPath(tenant)}/users`),
    getUser: (tenant, user) => call('GET', userPath(tenant, user)),
    createUser: (tenant, user) => call('POST', `${tenantPath(tenant)}/users`, user),
    updateUser: (tenant, user, changes) => call('PATCH', userPath(tenant, user), changes),
    setUserPassword: (tenant, user, password) => call('POST', `${userPath(tenant, user)}/password`, { password }),
    setUserPasswordHash: (tenant, user, hash) => call('POST', `${userPath(tenant, user)}/password-hash`, { hash }),
    removeUser: (tenant, user) => call('DELETE', userPath(tenant, user)),
    listDeletedUsers: (tenant) => call('GET', `${tenantPath(tenant)}/deleted-users`),
    restoreUser: (tenant, user, options = {}) => call('POST', `${tenantPath(tenant)}/deleted-users/${encodeURIComponent(user)}/restore`, options),
    purgeDeletedUser: (tenant, user) => call('DELETE', `${tenantPath(tenant)}/deleted-users/${encodeURIComponent(user)}`),
    createAuthenticator: (tenant, user) => call('POST', `${userPath(tenant, user)}/authenticator`, {}),
    removeAuthenticator: (tenant, user) => call('DELETE', `${userPath(tenant, user)}/authenticator`),
    revokeSignIns: (tenant, user) => call('POST', `${userPath(tenant, user)}/revoke`, {}),
    listConsents: (tenant, user) => call('GET', `${userPath(tenant, user)}/consents`),
    listTenantConsents: (tenant) => call('GET', `${tenantPath(tenant)}/consents`),
    removeConsents: (tenant, user, client, resource) => call('DELETE', `${userPath(tenant, user)}/consents/${encodeURIComponent(client)}${resource === undefined ? '' : `/${encodeURIComponent(resource)}`}`),
    listGroups: (tenant) => call('GET', `${tenantPath(tenant)}/groups`),
    createGroup: (tenant, displayName) => call('POST', `${tenantPath(tenant)}/groups`, { displayName }),
    removeGroup: (tenant, group) => call('DELETE', `${tenantPath(tenant)}/groups/${encodeURIComponent(group)}`),
    addGroupMember: (tenant, group, user) => call('POST', `${tenantPath(tenant)}/groups/${encodeURIComponent(group)}/members`, { user }),
    removeGroupMember: (tenant, group, user) => call('DELETE', `${tenantPath(tenant)}/groups/${encodeURIComponent(group)}/members/${encodeURIComponent(user)}`),
    listRoleAssignments: (tenant, principal) => call('GET', `${principalPath(tenant, principal)}/role-assignments`),
    assignRole: (tenant, principal, assignment) => call('POST', `${principalPath(tenant, principal)}/role-assignments`, assignment),
    removeRoleAssignment: (tenant, principal, { role, principalId }) => call('DELETE', `${principalPath(tenant, principal)}/role-assignments/${encodeURIComponent(role)}/${encodeURIComponent(principalId)}`),
    listServicePrincipals: (tenant) => call('GET', `${tenantPath(tenant)}/service-principals`),
    getServicePrincipal: (tenant, principal) => call('GET', principalPath(tenant, principal)),
    createServicePrincipal: (tenant, principal) => call('POST', `${tenantPath(tenant)}/service-principals`, principal),
    updateServicePrincipal: (tenant, principal, changes) => call('PATCH', principalPath(tenant, principal), changes),
    removeServicePrincipal: (tenant, principal) => call('DELETE', principalPath(tenant, principal)),
    addKeyCredential: (tenant, principal, credential) => call('POST', `${principalPath(tenant, principal)}/key-credentials`, credential),
    addPasswordCredential: (tenant, principal, settings = {}) => call('POST', `${principalPath(tenant, principal)}/password-credentials`, settings),
    removeCredential: (tenant, principal, keyId) => call('DELETE', `${principalPath(tenant, principal)}/credentials/${encodeURIComponent(keyId)}`),
    listFederatedApplications: () => call('GET', '/federated-applications'),
    createFederatedApplication: (application) => call('POST', '/federated-applications', application),
    removeFederatedApplication: (applicationId) => call('DELETE', `/federated-applications/${encodeURIComponent(applicationId)}`),
    addFederatedCertificate: (applicationId, certificate) => call('POST', `/federated-applications/${encodeURIComponent(applicationId)}/certificates`, { certificate }),
    setDelegationState: (tenant, user, state, options) => call('PUT', `${userPath(tenant, user)}/delegation-state`, { state, ...options }),
    listSigningKeys: () => call('GET', '/signing-keys'),
    rollSigningKey: (settings = {}) => call('POST', '/signing-keys', settings),
    removeSigningKey: (key) => call('DELETE', `/signing-keys/${encodeURIComponent(key)}`),
    listAudit: (limit = 100) => call('GET', `/audit?limit=${limit}`),
  };
}

const errorAnswer = z.object({ error: z.object({ code: z.string().max(100), message: z.string().max(2000), remedy: z.string().max(2000).optional() }) });

const knownCodes = ['IDENTITY_STS_NOT_FOUND', 'IDENTITY_STS_CONFLICT', 'IDENTITY_STS_INPUT', 'IDENTITY_STS_NOT_AUTHORIZED', 'IDENTITY_CERTIFICATE_UNREADABLE'] as const;

/** The answers are those of our own service, reached with its admin key over verified TLS: their shape is trusted. */
function createCall({ url, httpClient, key }: StsAdminClientOptions): <Result>(method: Dispatcher.HttpMethod, path: string, body?: unknown) => Promise<Result> {
  const base = url.replace(/\/$/, '');
  return async <Result>(method: Dispatcher.HttpMethod, path: string, body?: unknown): Promise<Result> => {
    const headers = { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    try {
      const answer = await request(`${base}${path}`, {
        dispatcher: httpClient,
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(30_000),
      });
      const text = await answer.body.text();
      if (answer.statusCode >= 300) throw adminError(answer.statusCode, text, { method, path });
      return (text === '' ? undefined : JSON.parse(text)) as Result;
    } catch (error) {
      if (error instanceof IdentityError) throw error;
      throw new IdentityError('IDENTITY_STS_ADMIN_FAILED', 'The admin API of the token service cannot be reached.', { facts: { url: base, method, path }, retryable: true, cause: error });
    }
  };
}

function adminError(status: number, text: string, facts: Record<string, unknown>): IdentityError {
  const parsed = errorAnswer.safeParse(parseJson(text));
  if (!parsed.success) return new IdentityError('IDENTITY_STS_ADMIN_FAILED', 'The admin API of the token service failed.', { facts: { ...facts, status } });
  const { code, message, remedy } = parsed.data.error;
  const known = knownCodes.find((candidate) => candidate === code) ?? 'IDENTITY_STS_ADMIN_FAILED';
  return new IdentityError(known, message, { facts: { ...facts, status, code }, ...(remedy === undefined ? {} : { remedy }) });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
