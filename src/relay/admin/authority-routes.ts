import { sendJson } from '../../foundation/index.ts';
import type { AdminRoute } from './admin-context.ts';
import type { AuthorityView } from './relay-views.ts';

/** The authorities for agents, their certificates only. `/api/authority` is the one that issues. */
export const authorityRoutes: readonly AdminRoute[] = [
  {
    method: 'GET',
    path: '/api/authority',
    handle({ response, own }) {
      sendJson(response, 200, own.authorities()[0]);
    },
  },
  { method: 'GET', path: '/api/authorities', handle: ({ response, own }) => sendJson(response, 200, own.authorities() satisfies readonly AuthorityView[]) },
  {
    method: 'POST',
    path: '/api/authorities',
    async handle({ response, own }) {
      sendJson(response, 201, await own.renewAuthority());
    },
  },
  {
    method: 'DELETE',
    path: '/api/authorities/:thumbprint',
    async handle({ response, parameters: { thumbprint = '' }, own }) {
      await own.removeAuthority(thumbprint);
      sendJson(response, 200, {});
    },
  },
];
