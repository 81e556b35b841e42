import type { Migration } from '../../store/index.ts';
import type { StsSchema } from './sts-schema.ts';

/** Epoch milliseconds; null before the first time. */
export interface SynchronizedUserColumns {
  onPremisesLastSync: number | null;
}

export interface SynchronizedTenantColumns extends SynchronizedUserColumns {
  /** 0 or 1; null where it was never on. */
  onPremisesSyncEnabled: number | null;
}

export const addDirectorySynchronization: Migration<StsSchema> = async (db) => {
  await db.schema.alterTable('tenant').addColumn('onPremisesSyncEnabled', 'integer').execute();
  await db.schema.alterTable('tenant').addColumn('onPremisesLastSync', 'integer').execute();
  await db.schema.alterTable('user').addColumn('onPremisesLastSync', 'integer').execute();
};
