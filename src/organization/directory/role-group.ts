/** The role groups that decide which cmdlets a person may run. */
export const roleGroups = ['Organization Management', 'Recipient Management', 'View-Only Organization Management'] as const;

export type RoleGroup = (typeof roleGroups)[number];

export function isRoleGroup(name: string): name is RoleGroup {
  return (roleGroups as readonly string[]).includes(name);
}
