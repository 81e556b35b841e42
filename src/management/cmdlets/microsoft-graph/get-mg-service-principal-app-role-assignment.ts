import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { assignmentRows, assignmentsOf, namedAssignment } from './app-role-assignments.ts';
import { graphListParameters, graphSearchParameters, listOf } from './graph-list.ts';

export const getMgServicePrincipalAppRoleAssignment = defineTenantCmdlet({
  name: 'Get-MgServicePrincipalAppRoleAssignment',
  synopsis: 'Shows the roles that an application has in others.',
  parameters: {
    ServicePrincipalId: { type: 'guid', pipeline: true, aliases: ['Id'], mandatory: true, description: 'The application that has the roles: id or application id.' },
    AppRoleAssignmentId: { type: 'string', description: 'One assignment.' },
    ...graphListParameters,
    ConsistencyLevel: graphSearchParameters.ConsistencyLevel,
  },
  outputs: ['AppRoleId', 'Id', 'PrincipalDisplayName', 'PrincipalId', 'PrincipalType', 'ResourceDisplayName', 'ResourceId'],
  example: 'Get-MgServicePrincipalAppRoleAssignment -ServicePrincipalId 00000002-0000-0ff1-ce00-000000000000 -All',
  async run(context, { ServicePrincipalId, AppRoleAssignmentId, ...list }) {
    const principal = await context.directory.getServicePrincipal(context.tenantId, ServicePrincipalId);
    const assignments = await assignmentsOf(context, principal);
    return listOf(context, await assignmentRows(context, AppRoleAssignmentId === undefined ? assignments : [namedAssignment(assignments, AppRoleAssignmentId)]), list);
  },
});
