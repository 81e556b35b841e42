import { z } from 'zod';
import type { HttpRoute } from '../../foundation/index.ts';
import { sendJson } from '../../foundation/index.ts';
import { tenantLimitChangesSchema } from '../limits/tenant-limits.ts';
import type { AdminContext } from './admin-context.ts';
import { readOptions } from './admin-context.ts';

const newTenantSchema = z.object({ name: z.string().min(1).max(200), id: z.string().regex(/^[0-9A-Za-z][0-9A-Za-z.-]{0,63}$/).optional() });

const tenantChangesSchema = z.strictObject({ name: z.string().min(1).max(200), limits: tenantLimitChangesSchema }).partial();

export function tenantRoutes({ registry }: AdminContext): HttpRoute[] {
  return [
    { method: 'GET', path: '/api/tenants', handle: async (_, response) => sendJson(response, 200, await registry.tenants()) },
    {
      method: 'POST',
      path: '/api/tenants',
      handle: async (request, response) => {
        const { name, id } = await readOptions(request, newTenantSchema);
        sendJson(response, 201, await registry.createTenant(name, id));
      },
    },
    { method: 'GET', path: '/api/tenants/:tenant', handle: async (_, response, { tenant = '' }) => sendJson(response, 200, await registry.tenant(tenant)) },
    {
      method: 'PATCH',
      path: '/api/tenants/:tenant',
      handle: async (request, response, { tenant = '' }) => {
        sendJson(response, 200, await registry.updateTenant(tenant, await readOptions(request, tenantChangesSchema)));
      },
    },
    {
      method: 'DELETE',
      path: '/api/tenants/:tenant',
      handle: async (_, response, { tenant = '' }) => {
        await registry.removeTenant(tenant);
        sendJson(response, 200, {});
      },
    },
  ];
}
