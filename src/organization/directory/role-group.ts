/** The role groups that every organisation has, by their published names. */
export const builtInRoleGroups = ['Organization Management', 'Recipient Management', 'View-Only Organization Management', 'Server Management', 'Help Desk'] as const;
