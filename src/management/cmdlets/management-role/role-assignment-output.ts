import type { RoleAssignment } from '../../access/role-assignments.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { objectTail } from '../object-output.ts';

/** A role assignment as Get-ManagementRoleAssignment shows it. `effectiveUser`: one of those who have it through a role group. */
export function roleAssignmentOutput(assignment: RoleAssignment, effectiveUser?: string): OutputObject {
  const { name, guid, role, assignee, assigneeName, assigneeType, enabled, writeScope, customScope, whenCreated, whenChanged } = assignment;
  return {
    RoleAssignee: assignee,
    Role: role,
    RoleAssigneeType: assigneeType,
    RoleAssigneeName: assigneeName,
    AssignmentMethod: effectiveUser === undefined ? 'Direct' : 'RoleGroup',
    EffectiveUserName: effectiveUser ?? (assigneeType === 'User' ? assigneeName : 'All Group Members'),
    RoleAssignmentDelegationType: 'Regular',
    CustomRecipientWriteScope: customScope ?? null,
    CustomConfigWriteScope: null,
    RecipientReadScope: 'Organization',
    ConfigReadScope: 'OrganizationConfig',
    RecipientWriteScope: writeScope,
    ConfigWriteScope: 'OrganizationConfig',
    Enabled: enabled,
    ...(whenCreated === undefined || whenChanged === undefined
      ? { Name: name, Identity: name, Guid: guid, Id: name, IsValid: true, ObjectState: 'Unchanged' }
      : objectTail({ name, identity: name, guid, whenCreated, whenChanged })),
  };
}
