import { z } from 'zod';
import { readInput } from '../../sts/admin-input.ts';
import type { Operations } from '../../sts/admin-routes.ts';
import { getUserRow } from '../../sts/users.ts';
import { addFederatedCertificate, createFederatedApplication, getFederatedApplication, listFederatedApplications, removeFederatedApplication } from './federated-applications.ts';
import type { NewFederatedApplication } from './federated-applications.ts';
import { delegationStates } from './gateway-refusal.ts';

const certificate = z.string().min(1).max(32_768);
const uri = z.string().min(1).max(512);
const newApplication = z.strictObject({ applicationId: z.string().regex(/^[0-9A-F]{16}$/).optional(), certificate, uris: z.array(uri).max(100).optional(), domains: z.array(z.string().min(1).max(253)).max(1000).optional(), ofService: z.boolean().optional() });
const newCertificate = z.strictObject({ certificate });
const newState = z.strictObject({ state: z.enum(delegationStates).nullable(), inPlaceOf: z.enum(delegationStates).optional() });

/** The administrators' side of the federation gateway. */
export const gatewayOperations: Operations = [
  ['GET', '/federated-applications', ({ context }) => listFederatedApplications(context)],
  [
    'POST',
    '/federated-applications',
    async ({ context, body, note }) => {
      const created = await createFederatedApplication(context, readInput(newApplication, body) as NewFederatedApplication);
      await note('federatedApplication.create', created.applicationId, { uris: created.uris, domains: created.domains });
      return created;
    },
  ],
  [
    'DELETE',
    '/federated-applications/:application',
    async ({ context, parameters, note }) => {
      await removeFederatedApplication(context, parameters['application'] ?? '');
      await note('federatedApplication.remove', parameters['application'] ?? '');
    },
  ],
  [
    'POST',
    '/federated-applications/:application/certificates',
    async ({ context, parameters, body, note }) => {
      const applicationId = parameters['application'] ?? '';
      await getFederatedApplication(context, applicationId);
      await addFederatedCertificate(context, applicationId, readInput(newCertificate, body).certificate);
      await note('federatedApplication.certificate.add', applicationId);
      return getFederatedApplication(context, applicationId);
    },
  ],
  [
    'PUT',
    '/tenants/:tenant/users/:user/delegation-state',
    async ({ context, tenantId, parameters, body, note }) => {
      const { objectId: userId, userPrincipalName } = await getUserRow(context, tenantId, parameters['user'] ?? '');
      const { state, inPlaceOf } = readInput(newState, body);
      const former = context.db.deleteFrom('delegationState').where('userId', '=', userId);
      const [{ numDeletedRows: ended } = { numDeletedRows: 0n }] = await (inPlaceOf === undefined ? former : former.where('state', '=', inPlaceOf)).execute();
      if (inPlaceOf !== undefined && ended === 0n) return;
      if (state !== null) await context.db.insertInto('delegationState').values({ userId, state }).execute();
      await note('user.delegationState', userPrincipalName, { state });
    },
  ],
];
