import { z } from 'zod';
import { sendJson } from '../../foundation/index.ts';
import { tenantLimitChangesSchema } from '../limits/tenant-limits.ts';
import { tenantPermissionsSchema } from '../registry/tenant-permissions.ts';
import type { AdminRoute } from './admin-context.ts';
import { readOptions } from './admin-context.ts';

const newTenantSchema = z.object({ name: z.string().min(1).max(200), id: z.string().regex(/^[0-9A-Za-z][0-9A-Za-z.-]{0,63}$/).optional() });

/** Permissions that are absent stay: the defaults of the whole must not empty them. */
const permissionChangesSchema = z.strictObject({ domains: tenantPermissionsSchema.shape.domains.removeDefault(), tokenIssuers: tenantPermissionsSchema.shape.tokenIssuers.removeDefault() }).partial();

const tenantChangesSchema = z.strictObject({ name: z.string().min(1).max(200), limits: tenantLimitChangesSchema, permissions: permissionChangesSchema }).partial();

export const tenantRoutes: readonly AdminRoute[] = [
  {
    method: 'GET',
    path: '/api/tenants',
    async handle({ response, own }) {
      sendJson(response, 200, await own.tenants());
    },
  },
  {
    method: 'POST',
    path: '/api/tenants',
    async handle({ request, response, own }) {
      const { name, id } = await readOptions(request, newTenantSchema);
      sendJson(response, 201, await own.createTenant(name, id));
    },
  },
  {
    method: 'GET',
    path: '/api/tenants/:tenant',
    async handle({ response, parameters: { tenant = '' }, own }) {
      sendJson(response, 200, await own.tenant(tenant));
    },
  },
  {
    method: 'PATCH',
    path: '/api/tenants/:tenant',
    async handle({ request, response, parameters: { tenant = '' }, own }) {
      sendJson(response, 200, await own.updateTenant(tenant, await readOptions(request, tenantChangesSchema)));
    },
  },
  {
    method: 'DELETE',
    path: '/api/tenants/:tenant',
    async handle({ response, parameters: { tenant = '' }, own }) {
      await own.removeTenant(tenant);
      sendJson(response, 200, {});
    },
  },
];
