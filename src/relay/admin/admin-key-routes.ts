import { z } from 'zod';
import { sendJson } from '../../foundation/index.ts';
import type { AdminRoute } from './admin-context.ts';
import { readOptions } from './admin-context.ts';

const dayMs = 24 * 3600_000;

const newKeySchema = z.strictObject({
  name: z.string().min(1).max(200),
  role: z.enum(['administrator', 'reader']).default('administrator'),
  /** Absent: until it is revoked. */
  lifetimeMs: z.number().int().min(1000).max(10 * 366 * dayMs).optional(),
});

/** How long the key before is accepted as well: an hour, unless something else is said. */
const rotationSchema = z.strictObject({ overlapMs: z.number().int().min(0).max(30 * dayMs).default(3600_000) });

export const adminKeyRoutes: readonly AdminRoute[] = [
  {
    method: 'POST',
    path: '/api/tenants/:tenant/keys',
    async handle({ request, response, parameters: { tenant = '' }, own }) {
      sendJson(response, 201, await own.issueKey(tenant, await readOptions(request, newKeySchema)));
    },
  },
  { method: 'GET', path: '/api/tenants/:tenant/keys', handle: ({ response, parameters: { tenant = '' }, own }) => sendJson(response, 200, own.keys(tenant)) },
  {
    method: 'POST',
    path: '/api/keys/:key/rotate',
    async handle({ request, response, parameters: { key = '' }, own }) {
      const { overlapMs } = await readOptions(request, rotationSchema);
      sendJson(response, 200, await own.rotateKey(key, overlapMs));
    },
  },
  {
    method: 'DELETE',
    path: '/api/keys/:key',
    async handle({ response, parameters: { key = '' }, own }) {
      await own.revokeKey(key);
      sendJson(response, 200, {});
    },
  },
];
