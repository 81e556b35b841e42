import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { assignmentRows, assignmentsOf } from './app-role-assignments.ts';
import { graphListParameters, listOf } from './graph-list.ts';

export const getMgServicePrincipalAppRoleAssignment = defineTenantCmdlet({
  name: 'Get-MgServicePrincipalAppRoleAssignment',
  synopsis: 'Shows the roles that an application has in others.',
  parameters: {
    ServicePrincipalId: { type: 'guid', pipeline: true, aliases: ['Id'], mandatory: true, description: 'The application that has the roles: id or application id.' },
    ...graphListParameters,
  },
  outputs: ['AppRoleId', 'Id', 'PrincipalDisplayName', 'PrincipalId', 'PrincipalType', 'ResourceDisplayName', 'ResourceId'],
  example: 'Get-MgServicePrincipalAppRoleAssignment -ServicePrincipalId 00000002-0000-0ff1-ce00-000000000000 -All',
  async run(context, { ServicePrincipalId, ...list }) {
    const principal = await context.directory.getServicePrincipal(context.tenantId, ServicePrincipalId);
    return listOf(await assignmentRows(context, await assignmentsOf(context, principal)), list);
  },
});
