import { createHash } from 'node:crypto';
import type { ManagementRoleAssignment, Stored } from '../../organization/index.ts';
import { builtInRoles } from './management-roles.ts';

export interface RoleAssignment {
  name: string;
  guid: string;
  role: string;
  assigneeType: ManagementRoleAssignment['RoleAssigneeType'];
  /** As it was named. */
  assignee: string;
  assigneeName: string;
  assigneeGuid: string | undefined;
  enabled: boolean;
  writeScope: 'Organization' | 'Self' | 'None' | 'CustomRecipientScope';
  customScope: string | undefined;
  /** Epoch milliseconds; undefined for a built-in one. */
  whenCreated: number | undefined;
  whenChanged: number | undefined;
}

/** What the built-in role groups have by default. It is not kept and cannot be changed. */
export const builtInAssignments: readonly RoleAssignment[] = builtInRoles.flatMap(({ name: role, groups }) =>
  groups.map((group) => ({
    name: `${role}-${group}`,
    guid: guidOf(`${role}-${group}`),
    role,
    assigneeType: 'RoleGroup' as const,
    assignee: group,
    assigneeName: group,
    assigneeGuid: undefined,
    enabled: true,
    writeScope: 'Organization' as const,
    customScope: undefined,
    whenCreated: undefined,
    whenChanged: undefined,
  })),
);

export function keptAssignment({ name, guid, whenCreated, whenChanged, properties }: Stored<'ManagementRoleAssignment'>): RoleAssignment {
  return {
    name,
    guid,
    role: properties.Role,
    assigneeType: properties.RoleAssigneeType,
    assignee: properties.RoleAssignee,
    assigneeName: properties.RoleAssigneeName,
    assigneeGuid: properties.RoleAssigneeGuid,
    enabled: properties.Enabled,
    writeScope: properties.RecipientWriteScope ?? 'Organization',
    customScope: properties.CustomRecipientWriteScope ?? undefined,
    whenCreated,
    whenChanged,
  };
}

/** The same GUID for the same name everywhere: RFC 9562 version 8, of the name's hash. */
function guidOf(name: string): string {
  const digits = createHash('sha256').update(name).digest('hex');
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}
