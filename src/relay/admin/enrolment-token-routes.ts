import { z } from 'zod';
import { sendJson } from '../../foundation/index.ts';
import type { AdminRoute } from './admin-context.ts';
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

export const enrolmentTokenRoutes: readonly AdminRoute[] = [
  {
    method: 'POST',
    path: '/api/tenants/:tenant/enrolment-tokens',
    async handle({ request, response, parameters: { tenant = '' }, own }) {
      const { lifetimeMs } = await readOptions(request, newTokenSchema);
      sendJson(response, 201, await own.issueToken(tenant, lifetimeMs));
    },
  },
  {
    method: 'GET',
    path: '/api/tenants/:tenant/enrolment-tokens',
    async handle({ response, parameters: { tenant = '' }, own }) {
      sendJson(response, 200, await own.tokens(tenant));
    },
  },
  {
    method: 'DELETE',
    path: '/api/enrolment-tokens/:token',
    async handle({ response, parameters: { token = '' }, own }) {
      await own.removeToken(token);
      sendJson(response, 200, {});
    },
  },
];
