import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { assignmentsOf, removeAssignment } from './app-role-assignments.ts';

export const removeMgServicePrincipalAppRoleAssignment = defineTenantCmdlet({
  name: 'Remove-MgServicePrincipalAppRoleAssignment',
  synopsis: 'Takes from an application a role in another one.',
  parameters: {
    ServicePrincipalId: { type: 'guid', mandatory: true, description: 'The application that has the roles: id or application id.' },
    AppRoleAssignmentId: { type: 'string', pipeline: true, aliases: ['Id'], mandatory: true, description: 'Id of the assignment.' },
    PassThru: { type: 'switch', description: 'Says True when it is done.' },
  },
  example: 'Remove-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal.Id -AppRoleAssignmentId $assignment.Id',
  async run(context, { ServicePrincipalId, AppRoleAssignmentId, PassThru }) {
    const principal = await context.directory.getServicePrincipal(context.tenantId, ServicePrincipalId);
    const done = await removeAssignment(context, await assignmentsOf(context, principal), AppRoleAssignmentId);
    return done === true && PassThru === true ? [{ Value: true }] : [];
  },
});
