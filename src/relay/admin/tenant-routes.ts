import { z } from 'zod';
import type { HttpRoute } from '../../foundation/index.ts';
import { sendJson } from '../../foundation/index.ts';
import type { AdminContext } from './admin-context.ts';
import { readOptions } from './admin-context.ts';

const newTenantSchema = z.object({ name: z.string().min(1).max(200), id: z.string().regex(/^[0-9A-Za-z][0-9A-Za-z.-]{0,63}$/).optional() });

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
      method: 'DELETE',
      path: '/api/tenants/:tenant',
      handle: async (_, response, { tenant = '' }) => {
        await registry.removeTenant(tenant);
        sendJson(response, 200, {});
      },
    },
  ];
}
