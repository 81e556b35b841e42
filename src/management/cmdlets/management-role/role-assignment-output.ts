import type { Stored } from '../../../organization/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { objectTail } from '../object-output.ts';

/** A role assignment as Get-ManagementRoleAssignment shows it; scopes and delegation are those of every direct assignment. */
export function roleAssignmentOutput(stored: Stored<'ManagementRoleAssignment'>): OutputObject {
  const { Role, RoleAssignee, RoleAssigneeName, RoleAssigneeType, Enabled } = stored.properties;
  return {
    RoleAssignee,
    Role,
    RoleAssigneeType,
    RoleAssigneeName,
    AssignmentMethod: 'Direct',
    EffectiveUserName: RoleAssigneeType === 'User' ? RoleAssigneeName : 'All Group Members',
    RoleAssignmentDelegationType: 'Regular',
    RecipientReadScope: 'Organization',
    ConfigReadScope: 'OrganizationConfig',
    RecipientWriteScope: 'Organization',
    ConfigWriteScope: 'OrganizationConfig',
    Enabled,
    ...objectTail({ ...stored, identity: stored.name }),
  };
}
