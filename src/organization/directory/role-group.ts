/** The role groups that decide which cmdlets a person may run, by their published names. */
export const roleGroupNames = ['Organization Management', 'Recipient Management', 'View-Only Organization Management', 'Server Management', 'Help Desk'] as const;

export type RoleGroup = (typeof roleGroupNames)[number];
