import { z } from 'zod';
import { requestQuery, sendJson } from '../../foundation/index.ts';
import { RelayError } from '../relay-error.ts';
import type { AdminRoute } from './admin-context.ts';

const limitSchema = z.coerce.number().int().min(1).max(1000).default(100);

/** `GET /api/audit[?tenant=…&limit=…]`: who changed what, newest first. */
export const auditRoutes: readonly AdminRoute[] = [
  {
    method: 'GET',
    path: '/api/audit',
    async handle({ request, response, own }) {
      const query = requestQuery(request);
      const limit = limitSchema.safeParse(query.get('limit') ?? undefined);
      if (!limit.success) throw new RelayError('RELAY_OPTION_INVALID', 'The limit must be a number from 1 to 1,000.');
      sendJson(response, 200, await own.audit(own.tenantFor(query.get('tenant')), limit.data));
    },
  },
];
