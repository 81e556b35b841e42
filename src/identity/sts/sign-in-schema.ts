import type { CreateTableBuilder } from 'kysely';
import type { Migration } from '../../store/index.ts';
import type { PendingSignInColumns } from './domain-federation.ts';
import { registerOutlook } from './outlook-registration.ts';
import type { StsSchema } from './sts-schema.ts';

/** What people's sign-in adds to the store. Codes, tokens and cookies are kept as SHA-256, base64url: who reads the file cannot use them. */
export interface SignInSchema {
  authorizationCode: {
    codeHash: string;
    tenantId: string;
    clientId: string;
    userId: string;
    redirectUri: string;
    codeChallenge: string | null;
    resource: string | null;
    scope: string;
    nonce: string | null;
    /** `pwd` or `fed`, and `mfa` where there was a second factor. */
    methods: string;
    signedInAt: number;
    expiresAt: number;
    redeemedAt: number | null;
    /** Refresh tokens that came of it share this. */
    familyId: string;
  };
  /** All refresh tokens that one sign-in led to. */
  refreshFamily: {
    id: string;
    tenantId: string;
    clientId: string;
    userId: string;
    methods: string;
    signedInAt: number;
    revokedAt: number | null;
  };
  refreshToken: {
    tokenHash: string;
    familyId: string;
    resource: string | null;
    scope: string;
    issuedAt: number;
    expiresAt: number;
    usedAt: number | null;
  };
  deviceCode: {
    codeHash: string;
    /** Without the dash. */
    userCode: string;
    /** Null while the tenant is open (`common`). */
    tenantId: string | null;
    clientId: string;
    resource: string | null;
    scope: string;
    expiresAt: number;
    polledAt: number;
    state: 'pending' | 'approved' | 'declined' | 'redeemed';
    userId: string | null;
    methods: string;
    signedInAt: number;
  };
  session: { idHash: string; tenantId: string; userId: string; methods: string; signedInAt: number; expiresAt: number };
  /** The first factor was right, the second is awaited. */
  pendingSignIn: PendingSignInColumns & { idHash: string; browserHash: string; userId: string; expiresAt: number };
  authenticator: { userId: string; secret: string; lastStep: number; createdAt: number };
  securityGroup: { objectId: string; tenantId: string; displayName: string; createdAt: number };
  groupMember: { groupId: string; userId: string };
  /** `principalId` is a user, a group or a service principal. */
  appRoleAssignment: { servicePrincipalId: string; role: string; principalId: string };
}

/** Columns that people's sign-in adds to `servicePrincipal`. Lists are JSON. */
export interface ApplicationColumns {
  publicClient: number;
  redirectUris: string;
  /** Application ids of the resources that the administrator let it use for people; `*` for all. */
  consentedResources: string;
  requiresMultiFactor: number;
  allowedNetworks: string;
  emitsGroups: number;
  appRoles: string;
}

/** Columns that it adds to `tenant`. */
export interface TenantLifetimeColumns {
  refreshTokenSeconds: number;
  refreshTokenReuseSeconds: number;
  sessionSeconds: number;
}

/** People's sign-in: codes, refresh tokens, sessions, second factors, groups, roles; what applications may. Outlook is registered in every tenant that is there. */
export const addSignIn: Migration<StsSchema> = async (db) => {
  for (const [column, value] of Object.entries({ refreshTokenSeconds: 7_776_000, refreshTokenReuseSeconds: 0, sessionSeconds: 86_400 })) {
    await db.schema.alterTable('tenant').addColumn(column, 'integer', (c) => c.notNull().defaultTo(value)).execute();
  }
  for (const column of ['publicClient', 'requiresMultiFactor', 'emitsGroups']) {
    await db.schema.alterTable('servicePrincipal').addColumn(column, 'integer', (c) => c.notNull().defaultTo(0)).execute();
  }
  for (const column of ['redirectUris', 'consentedResources', 'allowedNetworks', 'appRoles']) {
    await db.schema.alterTable('servicePrincipal').addColumn(column, 'text', (c) => c.notNull().defaultTo('[]')).execute();
  }
  const tenantOwned = (table: string): CreateTableBuilder<string, 'tenantId'> =>
    db.schema.createTable(table).addColumn('tenantId', 'text', (c) => c.notNull().references('tenant.id').onDelete('cascade'));
  await tenantOwned('authorizationCode')
    .addColumn('codeHash', 'text', (c) => c.primaryKey())
    .addColumn('clientId', 'text', (c) => c.notNull())
    .addColumn('userId', 'text', (c) => c.notNull())
    .addColumn('redirectUri', 'text', (c) => c.notNull())
    .addColumn('codeChallenge', 'text')
    .addColumn('resource', 'text')
    .addColumn('scope', 'text', (c) => c.notNull())
    .addColumn('nonce', 'text')
    .addColumn('methods', 'text', (c) => c.notNull())
    .addColumn('signedInAt', 'integer', (c) => c.notNull())
    .addColumn('expiresAt', 'integer', (c) => c.notNull())
    .addColumn('redeemedAt', 'integer')
    .addColumn('familyId', 'text', (c) => c.notNull())
    .execute();
  await tenantOwned('refreshFamily')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('clientId', 'text', (c) => c.notNull())
    .addColumn('userId', 'text', (c) => c.notNull())
    .addColumn('methods', 'text', (c) => c.notNull())
    .addColumn('signedInAt', 'integer', (c) => c.notNull())
    .addColumn('revokedAt', 'integer')
    .execute();
  await db.schema
    .createTable('refreshToken')
    .addColumn('tokenHash', 'text', (c) => c.primaryKey())
    .addColumn('familyId', 'text', (c) => c.notNull().references('refreshFamily.id').onDelete('cascade'))
    .addColumn('resource', 'text')
    .addColumn('scope', 'text', (c) => c.notNull())
    .addColumn('issuedAt', 'integer', (c) => c.notNull())
    .addColumn('expiresAt', 'integer', (c) => c.notNull())
    .addColumn('usedAt', 'integer')
    .execute();
  await db.schema.createIndex('refreshTokenOfFamily').on('refreshToken').column('familyId').execute();
  await db.schema.createIndex('refreshFamilyOfUser').on('refreshFamily').column('userId').execute();
  await db.schema
    .createTable('deviceCode')
    .addColumn('codeHash', 'text', (c) => c.primaryKey())
    .addColumn('userCode', 'text', (c) => c.notNull().unique())
    .addColumn('tenantId', 'text', (c) => c.references('tenant.id').onDelete('cascade'))
    .addColumn('clientId', 'text', (c) => c.notNull())
    .addColumn('resource', 'text')
    .addColumn('scope', 'text', (c) => c.notNull())
    .addColumn('expiresAt', 'integer', (c) => c.notNull())
    .addColumn('polledAt', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('userId', 'text', (c) => c.references('user.objectId').onDelete('cascade'))
    .addColumn('methods', 'text', (c) => c.notNull())
    .addColumn('signedInAt', 'integer', (c) => c.notNull())
    .execute();
  await tenantOwned('session')
    .addColumn('idHash', 'text', (c) => c.primaryKey())
    .addColumn('userId', 'text', (c) => c.notNull().references('user.objectId').onDelete('cascade'))
    .addColumn('methods', 'text', (c) => c.notNull())
    .addColumn('signedInAt', 'integer', (c) => c.notNull())
    .addColumn('expiresAt', 'integer', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('pendingSignIn')
    .addColumn('idHash', 'text', (c) => c.primaryKey())
    .addColumn('browserHash', 'text', (c) => c.notNull())
    .addColumn('userId', 'text', (c) => c.notNull().references('user.objectId').onDelete('cascade'))
    .addColumn('expiresAt', 'integer', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('authenticator')
    .addColumn('userId', 'text', (c) => c.primaryKey().references('user.objectId').onDelete('cascade'))
    .addColumn('secret', 'text', (c) => c.notNull())
    .addColumn('lastStep', 'integer', (c) => c.notNull())
    .addColumn('createdAt', 'integer', (c) => c.notNull())
    .execute();
  await tenantOwned('securityGroup')
    .addColumn('objectId', 'text', (c) => c.primaryKey())
    .addColumn('displayName', 'text', (c) => c.notNull())
    .addColumn('createdAt', 'integer', (c) => c.notNull())
    .addUniqueConstraint('groupNameOfTenant', ['tenantId', 'displayName'])
    .execute();
  await db.schema
    .createTable('groupMember')
    .addColumn('groupId', 'text', (c) => c.notNull().references('securityGroup.objectId').onDelete('cascade'))
    .addColumn('userId', 'text', (c) => c.notNull().references('user.objectId').onDelete('cascade'))
    .addPrimaryKeyConstraint('groupMemberKey', ['groupId', 'userId'])
    .execute();
  await db.schema.createIndex('groupsOfUser').on('groupMember').column('userId').execute();
  await db.schema
    .createTable('appRoleAssignment')
    .addColumn('servicePrincipalId', 'text', (c) => c.notNull().references('servicePrincipal.objectId').onDelete('cascade'))
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('principalId', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('appRoleAssignmentKey', ['servicePrincipalId', 'role', 'principalId'])
    .execute();
  for (const table of ['authorizationCode', 'refreshToken', 'deviceCode', 'session', 'pendingSignIn']) {
    await db.schema.createIndex(`${table}End`).on(table).column('expiresAt').execute();
  }
  const tenants = await db.selectFrom('tenant').select(['id', 'createdAt']).execute();
  for (const { id, createdAt } of tenants) await registerOutlook(db, id, createdAt);
};
