import type { RoleAssignment } from '../../access/role-assignments.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { objectTail } from '../object-output.ts';

/** A role assignment as Get-ManagementRoleAssignment shows it. `effectiveUser`: one of those who have it through a role group. */
export function roleAssignmentOutput(assignment: RoleAssignment, effectiveUser?: string): OutputObject {
  const { name, guid, role, assignee, assigneeName, assigneeType, enabled, writeScope, customScope, whenCreated, whenChanged } = assignment;
  const dates = whenCreated === undefined || whenChanged === undefined ? {} : objectTail({ name, identity: name, guid, whenCreated, whenChanged });
  return {
    AssignmentMethod: effectiveUser === undefined ? 'Direct' : 'RoleGroup',
    Identity: name,
    EffectiveUserName: effectiveUser ?? (assigneeType === 'User' ? assigneeName : 'All Group Members'),
    RoleAssigneeType: assigneeType,
    RoleAssignee: assignee,
    Role: role,
    RoleAssignmentDelegationType: 'Regular',
    CustomRecipientWriteScope: customScope ?? null,
    CustomConfigWriteScope: null,
    RecipientReadScope: 'Organization',
    ConfigReadScope: 'OrganizationConfig',
    RecipientWriteScope: writeScope,
    ConfigWriteScope: 'OrganizationConfig',
    Enabled: enabled,
    RoleAssigneeName: assigneeName,
    IsValid: true,
    Name: name,
    Guid: guid,
    ...dates,
    Id: name,
    ObjectState: 'Unchanged',
  };
}
