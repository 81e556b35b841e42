import * as input from './admin-input.ts';
import type { Operations } from './admin-routes.ts';
import { createAuthenticator, removeAuthenticator } from './authenticators.ts';
import { listConsents, listTenantConsents, removeConsents } from './consents.ts';
import { listDomains, setDomainAuthentication } from './domain-authentication.ts';
import { addGroupMember, assignAppRole, createGroup, listAppRoleAssignments, listGroups, removeAppRoleAssignment, removeGroup, removeGroupMember } from './groups.ts';
import type { StsDomainAuthentication } from './sts-types.ts';
import { getUserRow, revokeUserSignIns } from './users.ts';

/** Calls about people's sign-in: authenticator apps, revocation, consents, groups and roles. */
export const signInOperations: Operations = [
  [
    'POST',
    '/tenants/:tenant/users/:user/authenticator',
    async ({ context, tenantId, parameters, note }) => {
      const authenticator = await createAuthenticator(context, tenantId, parameters['user'] ?? '');
      await note('user.authenticator.create', parameters['user'] ?? '');
      return authenticator;
    },
  ],
  [
    'DELETE',
    '/tenants/:tenant/users/:user/authenticator',
    async ({ context, tenantId, parameters, note }) => {
      await removeAuthenticator(context, tenantId, parameters['user'] ?? '');
      await note('user.authenticator.remove', parameters['user'] ?? '');
    },
  ],
  [
    'POST',
    '/tenants/:tenant/users/:user/revoke',
    async ({ context, tenantId, parameters, note }) => {
      const user = await revokeUserSignIns(context, tenantId, parameters['user'] ?? '');
      await note('user.signIns.revoke', user.userPrincipalName);
      return user;
    },
  ],
  ['GET', '/tenants/:tenant/consents', ({ context, tenantId }) => listTenantConsents(context, tenantId)],
  ['GET', '/tenants/:tenant/users/:user/consents', async ({ context, tenantId, parameters }) => listConsents(context, await getUserRow(context, tenantId, parameters['user'] ?? ''))],
  [
    'DELETE',
    '/tenants/:tenant/users/:user/consents/:client',
    async ({ context, tenantId, parameters, note }) => {
      const user = await getUserRow(context, tenantId, parameters['user'] ?? '');
      await removeConsents(context, user, parameters['client'] ?? '');
      await note('consent.remove', user.userPrincipalName, { client: parameters['client'] });
    },
  ],
  [
    'DELETE',
    '/tenants/:tenant/users/:user/consents/:client/:resource',
    async ({ context, tenantId, parameters, note }) => {
      const user = await getUserRow(context, tenantId, parameters['user'] ?? '');
      await removeConsents(context, user, parameters['client'] ?? '', parameters['resource'] ?? '');
      await note('consent.remove', user.userPrincipalName, { client: parameters['client'], resource: parameters['resource'] });
    },
  ],
  ['GET', '/tenants/:tenant/domains', ({ context, tenantId }) => listDomains(context, tenantId)],
  [
    'PUT',
    '/tenants/:tenant/domains/:domain/authentication',
    async ({ context, tenantId, parameters, body, note }) => {
      const domain = await setDomainAuthentication(context, tenantId, parameters['domain'] ?? '', input.readInput(input.domainAuthentication, body) as StsDomainAuthentication);
      await note('domain.authentication', domain.name, { ...domain });
      return domain;
    },
  ],
  ['GET', '/tenants/:tenant/groups', ({ context, tenantId }) => listGroups(context, tenantId)],
  [
    'POST',
    '/tenants/:tenant/groups',
    async ({ context, tenantId, body, note }) => {
      const group = await createGroup(context, tenantId, input.readInput(input.newGroup, body).displayName);
      await note('group.create', group.objectId, { displayName: group.displayName });
      return group;
    },
  ],
  [
    'DELETE',
    '/tenants/:tenant/groups/:group',
    async ({ context, tenantId, parameters, note }) => {
      await removeGroup(context, tenantId, parameters['group'] ?? '');
      await note('group.remove', parameters['group'] ?? '');
    },
  ],
  [
    'POST',
    '/tenants/:tenant/groups/:group/members',
    async ({ context, tenantId, parameters, body, note }) => {
      const { user } = input.readInput(input.groupMember, body);
      await addGroupMember(context, tenantId, parameters['group'] ?? '', user);
      await note('group.member.add', parameters['group'] ?? '', { user });
    },
  ],
  [
    'DELETE',
    '/tenants/:tenant/groups/:group/members/:user',
    async ({ context, tenantId, parameters, note }) => {
      await removeGroupMember(context, tenantId, parameters['group'] ?? '', parameters['user'] ?? '');
      await note('group.member.remove', parameters['group'] ?? '', { user: parameters['user'] });
    },
  ],
  ['GET', '/tenants/:tenant/service-principals/:principal/role-assignments', ({ context, tenantId, parameters }) => listAppRoleAssignments(context, tenantId, parameters['principal'] ?? '')],
  [
    'POST',
    '/tenants/:tenant/service-principals/:principal/role-assignments',
    async ({ context, tenantId, parameters, body, note }) => {
      const assignment = await assignAppRole(context, tenantId, parameters['principal'] ?? '', input.readInput(input.roleAssignment, body));
      await note('servicePrincipal.role.assign', parameters['principal'] ?? '', { ...assignment });
      return assignment;
    },
  ],
  [
    'DELETE',
    '/tenants/:tenant/service-principals/:principal/role-assignments/:role/:assigned',
    async ({ context, tenantId, parameters, note }) => {
      const assignment = { role: parameters['role'] ?? '', principalId: parameters['assigned'] ?? '' };
      await removeAppRoleAssignment(context, tenantId, parameters['principal'] ?? '', assignment);
      await note('servicePrincipal.role.remove', parameters['principal'] ?? '', assignment);
    },
  ],
];
