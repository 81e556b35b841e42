/** The role groups that decide which cmdlets a person may run. */
export type RoleGroup = 'Organization Management' | 'Recipient Management' | 'View-Only Organization Management';
