import type { HttpRoute } from '../../foundation/index.ts';
import { sendJson } from '../../foundation/index.ts';
import type { AdminContext } from './admin-context.ts';

/** The authority for agents, its certificate only. */
export function authorityRoutes({ registry }: AdminContext): HttpRoute[] {
  return [{ method: 'GET', path: '/api/authority', handle: (_, response) => sendJson(response, 200, { certificate: registry.authority.certificate }) }];
}
