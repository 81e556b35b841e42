import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { shortText } from '../property-schemas.ts';

/** Get-ManagementRoleAssignment: a role that an account has. Of all that exist, those count here that a partner application's account has. */
export interface ManagementRoleAssignment {
  Role: string;
  RoleAssignee: string;
  RoleAssigneeName: string;
  RoleAssigneeType: 'User' | 'SecurityGroup' | 'RoleAssignmentPolicy' | 'RoleGroup' | 'ServicePrincipal';
  Enabled: boolean;
}

export const managementRoleAssignment: ConfigurationKind<ManagementRoleAssignment> = {
  kind: 'ManagementRoleAssignment',
  // The published list of a hybrid organisation has a name of 66 characters.
  nameSchema: z.string().trim().min(1, 'Name may not be empty').max(128, 'Name may have at most 128 characters'),
  schema: z.strictObject({
    Role: shortText.min(1, 'may not be empty'),
    RoleAssignee: shortText.min(1, 'may not be empty'),
    RoleAssigneeName: shortText.min(1, 'may not be empty'),
    RoleAssigneeType: z.enum(['User', 'SecurityGroup', 'RoleAssignmentPolicy', 'RoleGroup', 'ServicePrincipal']).default('User'),
    Enabled: z.boolean().default(true),
  }),
};
