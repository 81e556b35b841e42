import { z } from 'zod';
import { requestQuery, sendJson } from '../../foundation/index.ts';
import type { Application, NewApplication } from '../registry/application.ts';
import type { AdminContext, AdminRoute } from './admin-context.ts';
import { readOptions } from './admin-context.ts';
import type { ApplicationView } from './relay-views.ts';

/** Settings are checked by the registry; here only that it is an object, and the id that a caller may choose. */
const newApplicationSchema = z.looseObject({ id: z.guid().optional() });

export function applicationRoutes({ externalUrls }: AdminContext): AdminRoute[] {
  const view = (application: Application): ApplicationView => {
    const urls = externalUrls(application.id);
    return { ...application, externalUrl: urls[0] ?? '', externalUrls: [...urls] };
  };
  return [
    { method: 'GET', path: '/api/applications', handle: async ({ request, response, own }) => sendJson(response, 200, own.applications(await own.existingTenantFor(requestQuery(request).get('tenant'))).map(view)) },
    {
      method: 'POST',
      path: '/api/tenants/:tenant/applications',
      async handle({ request, response, parameters: { tenant = '' }, own }) {
        const { id, ...settings } = await readOptions(request, newApplicationSchema);
        sendJson(response, 201, view(await own.createApplication(tenant, settings as unknown as NewApplication, id?.toLowerCase())));
      },
    },
    { method: 'GET', path: '/api/applications/:application', handle: ({ response, parameters: { application = '' }, own }) => sendJson(response, 200, view(own.application(application.toLowerCase()))) },
    {
      method: 'PATCH',
      path: '/api/applications/:application',
      async handle({ request, response, parameters: { application = '' }, own }) {
        const changes = await readOptions(request, z.looseObject({}));
        sendJson(response, 200, view(await own.updateApplication(application.toLowerCase(), changes)));
      },
    },
    {
      method: 'DELETE',
      path: '/api/applications/:application',
      async handle({ response, parameters: { application = '' }, own }) {
        await own.removeApplication(application.toLowerCase());
        sendJson(response, 200, {});
      },
    },
  ];
}
