import { ManagementError } from '../../management-error.ts';
import { assignAppRole, assignmentRows } from './app-role-assignments.ts';
import { defineGraphWriter, requireProperties } from './define-graph-writer.ts';

export const newMgServicePrincipalAppRoleAssignedTo = defineGraphWriter({
  name: 'New-MgServicePrincipalAppRoleAssignedTo',
  synopsis: 'Gives a person, a group or an application a role in an application; tokens for it carry it from then on.',
  parameters: {
    ServicePrincipalId: { type: 'guid', mandatory: true, description: 'The application whose roles they are: id or application id.' },
    PrincipalId: { type: 'guid', description: 'Id of the person, group or application that gets the role.' },
    ResourceId: { type: 'guid', description: 'Id of the application whose role it is.' },
    AppRoleId: { type: 'guid', description: 'Id of the role, from the AppRoles of that application.' },
  },
  outputs: ['AppRoleId', 'Id', 'PrincipalDisplayName', 'PrincipalId', 'PrincipalType', 'ResourceDisplayName', 'ResourceId'],
  example: 'New-MgServicePrincipalAppRoleAssignedTo -ServicePrincipalId $client.Id -PrincipalId $client.Id -ResourceId $resource.Id -AppRoleId $resource.AppRoles[0].Id',
  async run(context, { ServicePrincipalId, ...given }) {
    requireProperties('AppRoleAssignment', given, ['PrincipalId', 'ResourceId', 'AppRoleId']);
    const { objectId } = await context.directory.getServicePrincipal(context.tenantId, ServicePrincipalId);
    if (given.ResourceId !== objectId) throw new ManagementError('MANAGEMENT_INVALID_VALUE', '[Request_BadRequest] : The ResourceId does not match the service principal.', { remedy: 'Give -ResourceId as the id of -ServicePrincipalId.' });
    const made = await assignAppRole(context, given);
    return made === undefined ? [] : assignmentRows(context, [made]);
  },
});
