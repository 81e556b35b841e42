import type { Migration } from '../../store/index.ts';
import type { StsSchema } from './sts-schema.ts';

/** What people agreed to by themselves. Administrators' consent for everybody is on the application. */
export interface ConsentSchema {
  /** Application ids; `clientId` may use `resourceId` as the person. */
  userConsent: { tenantId: string; clientId: string; resourceId: string; userId: string; grantedAt: number };
}

/** Columns that consent adds to `tenant`. */
export interface TenantConsentColumns {
  userConsentAllowed: number;
}

/** Columns that it adds to `user`. */
export interface UserConsentColumns {
  administrator: number;
}

export const addConsent: Migration<StsSchema> = async (db) => {
  await db.schema.alterTable('tenant').addColumn('userConsentAllowed', 'integer', (c) => c.notNull().defaultTo(1)).execute();
  await db.schema.alterTable('user').addColumn('administrator', 'integer', (c) => c.notNull().defaultTo(0)).execute();
  await db.schema
    .createTable('userConsent')
    .addColumn('tenantId', 'text', (c) => c.notNull().references('tenant.id').onDelete('cascade'))
    .addColumn('clientId', 'text', (c) => c.notNull())
    .addColumn('resourceId', 'text', (c) => c.notNull())
    .addColumn('userId', 'text', (c) => c.notNull().references('user.objectId').onDelete('cascade'))
    .addColumn('grantedAt', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('userConsentKey', ['userId', 'clientId', 'resourceId'])
    .execute();
};
