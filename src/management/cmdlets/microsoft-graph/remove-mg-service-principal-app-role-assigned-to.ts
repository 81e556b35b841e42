import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { assignmentsIn, removeAssignment } from './app-role-assignments.ts';

export const removeMgServicePrincipalAppRoleAssignedTo = defineTenantCmdlet({
  name: 'Remove-MgServicePrincipalAppRoleAssignedTo',
  synopsis: 'Takes a role in an application from a person, a group or an application.',
  parameters: {
    ServicePrincipalId: { type: 'guid', mandatory: true, description: 'The application whose roles they are: id or application id.' },
    AppRoleAssignmentId: { type: 'string', pipeline: true, aliases: ['Id'], mandatory: true, description: 'Id of the assignment.' },
    PassThru: { type: 'switch', description: 'Says True when it is done.' },
  },
  example: 'Remove-MgServicePrincipalAppRoleAssignedTo -ServicePrincipalId $principal.Id -AppRoleAssignmentId $assignment.Id',
  async run(context, { ServicePrincipalId, AppRoleAssignmentId, PassThru }) {
    const principal = await context.directory.getServicePrincipal(context.tenantId, ServicePrincipalId);
    const done = await removeAssignment(context, await assignmentsIn(context, principal), AppRoleAssignmentId);
    return done === true && PassThru === true ? [{ Value: true }] : [];
  },
});
