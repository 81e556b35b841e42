import type { Kysely } from 'kysely';

/** What the federation gateway keeps, in the token service's own store. Times are epoch milliseconds. */
export interface GatewaySchema {
  federatedApplication: {
    applicationId: string;
    /** 1 for the service's own organisations, whose people are users of this directory. */
    ofService: number;
    createdAt: number;
  };
  federatedCertificate: {
    applicationId: string;
    x5t: string;
    /** base64 DER. */
    certificate: string;
    createdAt: number;
  };
  federatedUri: { uriKey: string; uri: string; applicationId: string };
  federatedDomain: { name: string; applicationId: string };
  /** People whose sign-in state the gateway finds wanting. */
  delegationState: { userId: string; state: string };
}

/** Runs inside the token service's migrations. */
export async function addGateway<Schema>(db: Kysely<Schema>): Promise<void> {
  await db.schema
    .createTable('federatedApplication')
    .addColumn('applicationId', 'text', (c) => c.primaryKey())
    .addColumn('ofService', 'integer', (c) => c.notNull())
    .addColumn('createdAt', 'integer', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('federatedCertificate')
    .addColumn('applicationId', 'text', (c) => c.notNull().references('federatedApplication.applicationId').onDelete('cascade'))
    .addColumn('x5t', 'text', (c) => c.notNull())
    .addColumn('certificate', 'text', (c) => c.notNull())
    .addColumn('createdAt', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('federatedCertificateKey', ['applicationId', 'x5t'])
    .execute();
  await db.schema
    .createTable('federatedUri')
    .addColumn('uriKey', 'text', (c) => c.primaryKey())
    .addColumn('uri', 'text', (c) => c.notNull())
    .addColumn('applicationId', 'text', (c) => c.notNull().references('federatedApplication.applicationId').onDelete('cascade'))
    .execute();
  await db.schema
    .createTable('federatedDomain')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('applicationId', 'text', (c) => c.notNull().references('federatedApplication.applicationId').onDelete('cascade'))
    .execute();
  await db.schema
    .createTable('delegationState')
    .addColumn('userId', 'text', (c) => c.primaryKey().references('user.objectId').onDelete('cascade'))
    .addColumn('state', 'text', (c) => c.notNull())
    .execute();
}
