import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { shortText } from '../property-schemas.ts';

/** Get-ManagementRoleAssignment: a role that an account or a role group has. Those of the built-in role groups are not kept. */
export interface ManagementRoleAssignment {
  Role: string;
  RoleAssignee: string;
  RoleAssigneeName: string;
  RoleAssigneeType: 'User' | 'SecurityGroup' | 'RoleAssignmentPolicy' | 'RoleGroup' | 'ServicePrincipal';
  Enabled: boolean;
  /** The person, where the assignee is one of the directory; absent for a role group or an application's account. */
  RoleAssigneeGuid?: string | undefined;
  /** Absent: the whole organisation. */
  RecipientWriteScope?: 'Organization' | 'Self' | 'None' | 'CustomRecipientScope' | undefined;
  /** Name of the management scope; null where one was taken away again. */
  CustomRecipientWriteScope?: string | null | undefined;
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
    RoleAssigneeGuid: z.guid().optional(),
    RecipientWriteScope: z.enum(['Organization', 'Self', 'None', 'CustomRecipientScope']).optional(),
    CustomRecipientWriteScope: shortText.nullish(),
  }),
};
