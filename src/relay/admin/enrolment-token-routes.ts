import { z } from 'zod';
import type { HttpRoute } from '../../foundation/index.ts';
import { sendJson } from '../../foundation/index.ts';
import type { AdminContext } from './admin-context.ts';
import { readOptions } from './admin-context.ts';

/** Default one hour; at most 30 days. */
const newTokenSchema = z.object({
  lifetimeMs: z
    .number()
    .int()
    .min(1000)
    .max(30 * 24 * 3600 * 1000)
    .default(3600 * 1000),
});

export function enrolmentTokenRoutes({ registry }: AdminContext): HttpRoute[] {
  return [
    {
      method: 'POST',
      path: '/api/tenants/:tenant/enrolment-tokens',
      handle: async (request, response, { tenant = '' }) => {
        const { lifetimeMs } = await readOptions(request, newTokenSchema);
        await registry.tenant(tenant);
        sendJson(response, 201, await registry.tokens.issue(tenant, lifetimeMs));
      },
    },
    { method: 'GET', path: '/api/tenants/:tenant/enrolment-tokens', handle: async (_, response, { tenant = '' }) => sendJson(response, 200, await registry.tokens.list(tenant)) },
    {
      method: 'DELETE',
      path: '/api/enrolment-tokens/:token',
      handle: async (_, response, { token = '' }) => {
        await registry.tokens.remove(token);
        sendJson(response, 200, {});
      },
    },
  ];
}
