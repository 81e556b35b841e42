import { ManagementError } from '../../management-error.ts';
import { assignAppRole, assignmentRows } from './app-role-assignments.ts';
import { defineGraphWriter, requireProperties } from './define-graph-writer.ts';

export const newMgServicePrincipalAppRoleAssignment = defineGraphWriter({
  name: 'New-MgServicePrincipalAppRoleAssignment',
  synopsis: 'Gives an application a role in another one; its tokens carry it from then on.',
  parameters: {
    ServicePrincipalId: { type: 'guid', mandatory: true, description: 'The application that has the roles: id or application id.' },
    PrincipalId: { type: 'guid', description: 'Id of the person, group or application that gets the role.' },
    ResourceId: { type: 'guid', description: 'Id of the application whose role it is.' },
    AppRoleId: { type: 'guid', description: 'Id of the role, from the AppRoles of that application.' },
  },
  outputs: ['AppRoleId', 'Id', 'PrincipalDisplayName', 'PrincipalId', 'PrincipalType', 'ResourceDisplayName', 'ResourceId'],
  example: 'New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $client.Id -PrincipalId $client.Id -ResourceId $resource.Id -AppRoleId $resource.AppRoles[0].Id',
  async run(context, { ServicePrincipalId, ...given }) {
    requireProperties('AppRoleAssignment', given, ['PrincipalId', 'ResourceId', 'AppRoleId']);
    const { objectId } = await context.directory.getServicePrincipal(context.tenantId, ServicePrincipalId);
    if (given.PrincipalId !== objectId) throw new ManagementError('MANAGEMENT_INVALID_VALUE', '[Request_BadRequest] : The PrincipalId does not match the service principal.', { remedy: 'Give -PrincipalId as the id of -ServicePrincipalId.' });
    const made = await assignAppRole(context, given);
    return made === undefined ? [] : assignmentRows(context, [made]);
  },
});
