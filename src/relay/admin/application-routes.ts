import { z } from 'zod';
import type { HttpRoute } from '../../foundation/index.ts';
import { requestQuery, sendJson } from '../../foundation/index.ts';
import type { Application, NewApplication } from '../registry/application.ts';
import { RelayError } from '../relay-error.ts';
import type { AdminContext } from './admin-context.ts';
import { readOptions } from './admin-context.ts';
import type { ApplicationView } from './relay-views.ts';

/** Settings are checked by the registry; here only that it is an object, and the id that a caller may choose. */
const newApplicationSchema = z.looseObject({ id: z.guid().optional() });

export function applicationRoutes({ registry, externalUrls }: AdminContext): HttpRoute[] {
  const view = (application: Application): ApplicationView => {
    const urls = externalUrls(application.id);
    return { ...application, externalUrl: urls[0] ?? '', externalUrls: [...urls] };
  };
  return [
    {
      method: 'GET',
      path: '/api/applications',
      handle: (request, response) => sendJson(response, 200, registry.applications(requestQuery(request).get('tenant') ?? undefined).map(view)),
    },
    {
      method: 'POST',
      path: '/api/tenants/:tenant/applications',
      handle: async (request, response, { tenant = '' }) => {
        const { id, ...settings } = await readOptions(request, newApplicationSchema);
        sendJson(response, 201, view(await registry.createApplication(tenant, settings as unknown as NewApplication, id?.toLowerCase())));
      },
    },
    {
      method: 'GET',
      path: '/api/applications/:application',
      handle: (_, response, { application = '' }) => {
        const found = registry.application(application.toLowerCase());
        if (found === undefined) throw new RelayError('RELAY_APPLICATION_UNKNOWN', 'There is no such application.', { facts: { applicationId: application } });
        sendJson(response, 200, view(found));
      },
    },
    {
      method: 'PATCH',
      path: '/api/applications/:application',
      handle: async (request, response, { application = '' }) => {
        const changes = await readOptions(request, z.looseObject({}));
        sendJson(response, 200, view(await registry.updateApplication(application.toLowerCase(), changes)));
      },
    },
    {
      method: 'DELETE',
      path: '/api/applications/:application',
      handle: async (_, response, { application = '' }) => {
        await registry.removeApplication(application.toLowerCase());
        sendJson(response, 200, {});
      },
    },
  ];
}
