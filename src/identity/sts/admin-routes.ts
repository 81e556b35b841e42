import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { HttpRoute } from '../../foundation/index.ts';
import { readJson, requestIdOf, requestQuery, sendJson } from '../../foundation/index.ts';
import { IdentityError } from '../identity-error.ts';
import { gatewayOperations } from '../federation/gateway/gateway-operations.ts';
import * as input from './admin-input.ts';
import { readAudit, writeAudit } from './audit.ts';
import { addKeyCredential, addPasswordCredential, removeCredential } from './credentials.ts';
import { deleteUser, listDeletedUsers, purgeDeletedUser, restoreUser } from './deleted-users.ts';
import type { RestoreUser } from './deleted-users.ts';
import { createServicePrincipal, getServicePrincipal, listServicePrincipals, removeServicePrincipal, updateServicePrincipal } from './service-principals.ts';
import { signInOperations } from './sign-in-operations.ts';
import { publishedKeys, removeSigningKey, rollSigningKey } from './signing-keys.ts';
import type { StsContext } from './sts-context.ts';
import { createTenant, getTenant, listTenants, removeTenant, updateTenant } from './tenants.ts';
import { createUser, getUser, listUsers, setUserPassword, setUserPasswordHash, updateUser } from './users.ts';

/** One call of an administrator. */
export interface Call {
  context: StsContext;
  request: IncomingMessage;
  parameters: Readonly<Record<string, string>>;
  /** Id of the tenant in the path; empty where there is none. */
  tenantId: string;
  body: unknown;
  /** Notes a change in the audit. */
  note(action: string, target: string, details?: Readonly<Record<string, unknown>>): Promise<void>;
}

/** What a call answers: a value (200, or 201 for POST), or nothing (204). */
type Operation = (call: Call) => Promise<unknown>;

const largestBody = 1 << 20;
const newestAuditEntries = 1000;

/** The administrators' API: JSON in and out, every call with `Authorization: Bearer {admin key}`. */
export function createAdminRoutes(context: StsContext, adminKey: string): HttpRoute[] {
  const route = (method: HttpRoute['method'], path: string, operation: Operation): HttpRoute => ({
    method,
    path,
    async handle(request, response, parameters) {
      checkKey(request, adminKey);
      const tenantId = parameters['tenant'] === undefined ? '' : (await getTenant(context, parameters['tenant'])).id;
      const body = method === 'POST' || method === 'PATCH' || method === 'PUT' ? await readInputOf(request) : undefined;
      const requestId = requestIdOf(request.headers);
      response.setHeader('request-id', requestId);
      const note: Call['note'] = (action, target, details = {}) =>
        writeAudit(context.db, { at: context.clock.now(), tenantId: tenantId === '' ? null : tenantId, actor: 'administrator', action, target, requestId, details });
      const result = await operation({ context, request, parameters, tenantId, body, note });
      if (result !== undefined) return sendJson(response, method === 'POST' ? 201 : 200, result);
      response.writeHead(204, { 'cache-control': 'no-store' }).end();
    },
  });
  return [
    ...tenantOperations.map(([method, path, operation]) => route(method, path, operation)),
    ...userOperations.map(([method, path, operation]) => route(method, path, operation)),
    ...servicePrincipalOperations.map(([method, path, operation]) => route(method, path, operation)),
    ...signInOperations.map(([method, path, operation]) => route(method, path, operation)),
    ...gatewayOperations.map(([method, path, operation]) => route(method, path, operation)),
    ...serviceOperations.map(([method, path, operation]) => route(method, path, operation)),
  ];
}

/** A call without a body is one without settings: what needs some says which. */
async function readInputOf(request: IncomingMessage): Promise<unknown> {
  const isEmpty = request.headers['transfer-encoding'] === undefined && Number(request.headers['content-length'] ?? 0) === 0;
  return isEmpty ? {} : await readJson(request, largestBody);
}

/** Both sides are hashed first, so that neither content nor length shows in the time taken. */
function checkKey(request: IncomingMessage, adminKey: string): void {
  const [, given = ''] = /^bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? [];
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  if (timingSafeEqual(digest(given), digest(adminKey)) && adminKey !== '') return;
  throw new IdentityError('IDENTITY_STS_NOT_AUTHORIZED', 'The admin key is missing or wrong.', { facts: { status: 401 }, remedy: 'Send the admin key of the token service as a bearer token.' });
}

export type Operations = readonly (readonly [HttpRoute['method'], string, Operation])[];

const tenantOperations: Operations = [
  ['GET', '/tenants', ({ context }) => listTenants(context)],
  [
    'POST',
    '/tenants',
    async ({ context, body, note }) => {
      const tenant = await createTenant(context, input.readInput(input.newTenant, body) as Parameters<typeof createTenant>[1]);
      await note('tenant.create', tenant.id, { domains: tenant.domains });
      return tenant;
    },
  ],
  ['GET', '/tenants/:tenant', ({ context, tenantId }) => getTenant(context, tenantId)],
  [
    'PATCH',
    '/tenants/:tenant',
    async ({ context, tenantId, body, note }) => {
      const changes = input.readInput(input.tenantChanges, body) as Parameters<typeof updateTenant>[2];
      const tenant = await updateTenant(context, tenantId, changes);
      await note('tenant.update', tenantId, changes);
      return tenant;
    },
  ],
  [
    'DELETE',
    '/tenants/:tenant',
    async ({ context, tenantId, note }) => {
      await removeTenant(context, tenantId);
      await note('tenant.remove', tenantId);
    },
  ],
];

const userOperations: Operations = [
  ['GET', '/tenants/:tenant/users', ({ context, tenantId }) => listUsers(context, tenantId)],
  [
    'POST',
    '/tenants/:tenant/users',
    async ({ context, tenantId, body, note }) => {
      const user = await createUser(context, tenantId, input.readInput(input.newUser, body) as Parameters<typeof createUser>[2]);
      await note('user.create', user.userPrincipalName, { objectId: user.objectId });
      return user;
    },
  ],
  ['GET', '/tenants/:tenant/users/:user', ({ context, tenantId, parameters }) => getUser(context, tenantId, parameters['user'] ?? '')],
  [
    'PATCH',
    '/tenants/:tenant/users/:user',
    async ({ context, tenantId, parameters, body, note }) => {
      const changes = input.readInput(input.userChanges, body) as Parameters<typeof updateUser>[3];
      const user = await updateUser(context, tenantId, parameters['user'] ?? '', changes);
      await note('user.update', user.userPrincipalName, changes);
      return user;
    },
  ],
  [
    'POST',
    '/tenants/:tenant/users/:user/password',
    async ({ context, tenantId, parameters, body, note }) => {
      const user = await setUserPassword(context, tenantId, parameters['user'] ?? '', input.readInput(input.newPassword, body).password);
      await note('user.password.set', user.userPrincipalName);
      return user;
    },
  ],
  [
    'POST',
    '/tenants/:tenant/users/:user/password-hash',
    async ({ context, tenantId, parameters, body, note }) => {
      const user = await setUserPasswordHash(context, tenantId, parameters['user'] ?? '', input.readInput(input.newPasswordHash, body).hash);
      await note('user.password.synchronize', user.userPrincipalName);
      return user;
    },
  ],
  [
    'DELETE',
    '/tenants/:tenant/users/:user',
    async ({ context, tenantId, parameters, note }) => {
      await deleteUser(context, tenantId, parameters['user'] ?? '');
      await note('user.remove', parameters['user'] ?? '');
    },
  ],
  ['GET', '/tenants/:tenant/deleted-users', ({ context, tenantId }) => listDeletedUsers(context, tenantId)],
  [
    'POST',
    '/tenants/:tenant/deleted-users/:user/restore',
    async ({ context, tenantId, parameters, body, note }) => {
      const user = await restoreUser(context, tenantId, parameters['user'] ?? '', input.readInput(input.restoredUser, body) as RestoreUser);
      await note('user.restore', user.userPrincipalName, { objectId: user.objectId });
      return user;
    },
  ],
  [
    'DELETE',
    '/tenants/:tenant/deleted-users/:user',
    async ({ context, tenantId, parameters, note }) => {
      await purgeDeletedUser(context, tenantId, parameters['user'] ?? '');
      await note('user.purge', parameters['user'] ?? '');
    },
  ],
];

const servicePrincipalOperations: Operations = [
  ['GET', '/tenants/:tenant/service-principals', ({ context, tenantId }) => listServicePrincipals(context, tenantId)],
  [
    'POST',
    '/tenants/:tenant/service-principals',
    async ({ context, tenantId, body, note }) => {
      const created = await createServicePrincipal(context, tenantId, input.readInput(input.newServicePrincipal, body) as Parameters<typeof createServicePrincipal>[2]);
      await note('servicePrincipal.create', created.appId, { displayName: created.displayName });
      return created;
    },
  ],
  ['GET', '/tenants/:tenant/service-principals/:principal', ({ context, tenantId, parameters }) => getServicePrincipal(context, tenantId, parameters['principal'] ?? '')],
  [
    'PATCH',
    '/tenants/:tenant/service-principals/:principal',
    async ({ context, tenantId, parameters, body, note }) => {
      const changes = input.readInput(input.servicePrincipalChanges, body) as Parameters<typeof updateServicePrincipal>[3];
      const updated = await updateServicePrincipal(context, tenantId, parameters['principal'] ?? '', changes);
      await note('servicePrincipal.update', updated.appId, changes);
      return updated;
    },
  ],
  [
    'DELETE',
    '/tenants/:tenant/service-principals/:principal',
    async ({ context, tenantId, parameters, note }) => {
      await removeServicePrincipal(context, tenantId, parameters['principal'] ?? '');
      await note('servicePrincipal.remove', parameters['principal'] ?? '');
    },
  ],
  [
    'POST',
    '/tenants/:tenant/service-principals/:principal/key-credentials',
    async ({ context, tenantId, parameters, body, note }) => {
      const credential = input.readInput(input.newKeyCredential, body) as Parameters<typeof addKeyCredential>[3];
      const added = await addKeyCredential(context, tenantId, parameters['principal'] ?? '', credential);
      await note('servicePrincipal.keyCredential.add', parameters['principal'] ?? '', { keyId: added.keyId, thumbprint: added.thumbprint });
      return added;
    },
  ],
  [
    'POST',
    '/tenants/:tenant/service-principals/:principal/password-credentials',
    async ({ context, tenantId, parameters, body, note }) => {
      const options = input.readInput(input.newPasswordCredential, body) as Parameters<typeof addPasswordCredential>[3];
      const added = await addPasswordCredential(context, tenantId, parameters['principal'] ?? '', options);
      await note('servicePrincipal.passwordCredential.add', parameters['principal'] ?? '', { keyId: added.keyId });
      return added;
    },
  ],
  [
    'DELETE',
    '/tenants/:tenant/service-principals/:principal/credentials/:credential',
    async ({ context, tenantId, parameters, note }) => {
      const keyId = parameters['credential'] ?? '';
      await removeCredential(context, tenantId, parameters['principal'] ?? '', keyId);
      await note('servicePrincipal.credential.remove', parameters['principal'] ?? '', { keyId });
    },
  ],
];

const serviceOperations: Operations = [
  ['GET', '/signing-keys', ({ context }) => publishedKeys(context)],
  [
    'POST',
    '/signing-keys',
    async ({ context, body, note }) => {
      const { activeFrom } = input.readInput(input.signingKeyRoll, body);
      const key = await rollSigningKey(context, activeFrom === undefined ? {} : { activeFrom: Math.max(activeFrom, context.clock.now()) });
      await note('signingKey.roll', key.thumbprint, { activeFrom: new Date(key.activeFrom).toISOString() });
      return key;
    },
  ],
  [
    'DELETE',
    '/signing-keys/:key',
    async ({ context, parameters, note }) => {
      await removeSigningKey(context, parameters['key'] ?? '');
      await note('signingKey.remove', parameters['key'] ?? '');
    },
  ],
  ['GET', '/audit', ({ context, request }) => readAudit(context.db, Math.min(Math.max(Number(requestQuery(request).get('limit') ?? 100) || 100, 1), newestAuditEntries))],
];
