/** What New- and Set-MigrationEndpoint both take. */
export const concurrencyParameters = {
  MaxConcurrentMigrations: { type: 'resultSize', description: 'At most 300, or Unlimited; default 20.' },
  MaxConcurrentIncrementalSyncs: { type: 'resultSize', description: 'At most 300, or Unlimited; default 10.' },
} as const;

/** The limits as they are kept: null for Unlimited. */
export function newConfigurationProperties(limits: { MaxConcurrentMigrations?: number; MaxConcurrentIncrementalSyncs?: number }): { MaxConcurrentMigrations?: number | null; MaxConcurrentIncrementalSyncs?: number | null } {
  return Object.fromEntries(Object.entries(limits).map(([name, value]) => [name, value === Infinity ? null : value]));
}
