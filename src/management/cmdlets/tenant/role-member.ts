import { ManagementError } from '../../management-error.ts';
import { checkRole } from './global-administrator.ts';

/** How MSOnline's cmdlets name a role and a person. */
export const roleMemberParameters = {
  RoleObjectId: { type: 'guid', description: 'The role, from Get-MsolRole.' },
  RoleName: { type: 'string', description: 'The role, by its name.' },
  RoleMemberObjectId: { type: 'guid', pipeline: true, aliases: ['ObjectId'], description: 'The person.' },
  RoleMemberEmailAddress: { type: 'string', pipeline: true, description: 'The person’s sign-in name.' },
  RoleMemberType: { type: ['User'], ignored: true, description: 'Only User: applications get roles of applications.' },
} as const;

/** The person who is meant, by object id or sign-in name. @throws ManagementError `MANAGEMENT_PARAMETER_MISSING`, `MANAGEMENT_OBJECT_NOT_FOUND` for a role that there is not */
export function roleMember(given: { RoleObjectId?: string | undefined; RoleName?: string | undefined; RoleMemberObjectId?: string | undefined; RoleMemberEmailAddress?: string | undefined }): string {
  const role = given.RoleObjectId ?? given.RoleName;
  const member = given.RoleMemberObjectId ?? given.RoleMemberEmailAddress;
  if (role === undefined || member === undefined) throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', `Cannot process command because of one or more missing mandatory parameters: ${role === undefined ? 'RoleName' : 'RoleMemberEmailAddress'}.`);
  checkRole(role);
  return member;
}
