import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { assignmentRows, assignmentsIn, namedAssignment } from './app-role-assignments.ts';
import { graphListParameters, listOf } from './graph-list.ts';

export const getMgServicePrincipalAppRoleAssignedTo = defineTenantCmdlet({
  name: 'Get-MgServicePrincipalAppRoleAssignedTo',
  synopsis: 'Shows who has which role in an application: people, groups, applications.',
  parameters: {
    ServicePrincipalId: { type: 'guid', pipeline: true, aliases: ['Id'], mandatory: true, description: 'The application whose roles they are: id or application id.' },
    AppRoleAssignmentId: { type: 'string', description: 'One assignment.' },
    ...graphListParameters,
  },
  outputs: ['AppRoleId', 'Id', 'PrincipalDisplayName', 'PrincipalId', 'PrincipalType', 'ResourceDisplayName', 'ResourceId'],
  example: 'Get-MgServicePrincipalAppRoleAssignedTo -ServicePrincipalId 00000002-0000-0ff1-ce00-000000000000 -All',
  async run(context, { ServicePrincipalId, AppRoleAssignmentId, ...list }) {
    const principal = await context.directory.getServicePrincipal(context.tenantId, ServicePrincipalId);
    const assignments = await assignmentsIn(context, principal);
    return listOf(context, await assignmentRows(context, AppRoleAssignmentId === undefined ? assignments : [namedAssignment(assignments, AppRoleAssignmentId)]), list);
  },
});
