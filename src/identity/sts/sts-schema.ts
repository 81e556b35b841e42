import type { Migration } from '../../store/index.ts';
import { addGateway } from '../federation/gateway/gateway-schema.ts';
import type { GatewaySchema } from '../federation/gateway/gateway-schema.ts';
import { addConsent } from './consent-schema.ts';
import type { ConsentSchema, TenantConsentColumns, UserConsentColumns } from './consent-schema.ts';
import { addDomainAuthentication } from './domain-authentication.ts';
import { addDeletedUsers } from './deleted-users.ts';
import type { DeletedUserSchema } from './deleted-users.ts';
import { addDirectorySynchronization } from './directory-synchronization.ts';
import type { SynchronizedTenantColumns, SynchronizedUserColumns } from './directory-synchronization.ts';
import type { DomainAuthenticationSchema } from './domain-authentication.ts';
import { addDomainFederation } from './domain-federation.ts';
import type { DomainFederationSchema } from './domain-federation.ts';
import { addSignIn } from './sign-in-schema.ts';
import type { ApplicationColumns, SignInSchema, TenantLifetimeColumns } from './sign-in-schema.ts';

/** Times are epoch milliseconds, flags 0 or 1, lists JSON. Keys that are compared without regard to case are stored in lower case beside the text as given. */
export interface StsSchema extends SignInSchema, GatewaySchema, ConsentSchema, DomainAuthenticationSchema, DomainFederationSchema, DeletedUserSchema {
  tenant: TenantLifetimeColumns & TenantConsentColumns & SynchronizedTenantColumns & {
    id: string;
    displayName: string;
    passwordGrantEnabled: number;
    accessTokenSeconds: number;
    actorTokenSeconds: number;
    createdAt: number;
  };
  domain: { name: string; tenantId: string; position: number };
  user: UserConsentColumns & SynchronizedUserColumns & {
    objectId: string;
    tenantId: string;
    userPrincipalName: string;
    userPrincipalNameKey: string;
    displayName: string;
    mail: string | null;
    proxyAddresses: string;
    immutableId: string | null;
    onPremisesSecurityIdentifier: string | null;
    passwordHash: string | null;
    /** Tokens granted before this are void. */
    tokensValidFrom: number;
    passwordChangedAt: number | null;
    enabled: number;
    failedSignIns: number;
    lockedUntil: number;
    createdAt: number;
  };
  servicePrincipal: ApplicationColumns & {
    objectId: string;
    tenantId: string;
    appId: string;
    displayName: string;
    enabled: number;
    trustedForDelegation: number;
    createdAt: number;
  };
  servicePrincipalName: { tenantId: string; nameKey: string; name: string; servicePrincipalId: string };
  keyCredential: {
    keyId: string;
    servicePrincipalId: string;
    /** base64 DER. */
    value: string;
    x5t: string;
    x5tS256: string;
    startDate: number;
    endDate: number;
  };
  passwordCredential: { keyId: string; servicePrincipalId: string; displayName: string; secretHash: string; startDate: number; endDate: number };
  signingKey: {
    x5t: string;
    certificate: string;
    privateKey: string;
    createdAt: number;
    /** Signs from here on, unless a newer key does. */
    activeFrom: number;
    /** Published until here. */
    publishedUntil: number;
  };
  assertion: { tokenId: string; expiresAt: number };
  audit: { id: string; at: number; tenantId: string | null; actor: string; action: string; target: string; requestId: string | null; details: string };
}

export const stsMigrations: readonly Migration<StsSchema>[] = [
  async (db) => {
    await db.schema
      .createTable('tenant')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('displayName', 'text', (c) => c.notNull())
      .addColumn('passwordGrantEnabled', 'integer', (c) => c.notNull())
      .addColumn('accessTokenSeconds', 'integer', (c) => c.notNull())
      .addColumn('actorTokenSeconds', 'integer', (c) => c.notNull())
      .addColumn('createdAt', 'integer', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('domain')
      .addColumn('name', 'text', (c) => c.primaryKey())
      .addColumn('tenantId', 'text', (c) => c.notNull().references('tenant.id').onDelete('cascade'))
      .addColumn('position', 'integer', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('user')
      .addColumn('objectId', 'text', (c) => c.primaryKey())
      .addColumn('tenantId', 'text', (c) => c.notNull().references('tenant.id').onDelete('cascade'))
      .addColumn('userPrincipalName', 'text', (c) => c.notNull())
      .addColumn('userPrincipalNameKey', 'text', (c) => c.notNull().unique())
      .addColumn('displayName', 'text', (c) => c.notNull())
      .addColumn('mail', 'text')
      .addColumn('proxyAddresses', 'text', (c) => c.notNull())
      .addColumn('immutableId', 'text')
      .addColumn('onPremisesSecurityIdentifier', 'text')
      .addColumn('passwordHash', 'text')
      .addColumn('tokensValidFrom', 'integer', (c) => c.notNull())
      .addColumn('enabled', 'integer', (c) => c.notNull())
      .addColumn('failedSignIns', 'integer', (c) => c.notNull())
      .addColumn('lockedUntil', 'integer', (c) => c.notNull())
      .addColumn('createdAt', 'integer', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('userOfTenant').on('user').columns(['tenantId', 'userPrincipalNameKey']).execute();
    await db.schema
      .createTable('servicePrincipal')
      .addColumn('objectId', 'text', (c) => c.primaryKey())
      .addColumn('tenantId', 'text', (c) => c.notNull().references('tenant.id').onDelete('cascade'))
      .addColumn('appId', 'text', (c) => c.notNull())
      .addColumn('displayName', 'text', (c) => c.notNull())
      .addColumn('enabled', 'integer', (c) => c.notNull())
      .addColumn('trustedForDelegation', 'integer', (c) => c.notNull())
      .addColumn('createdAt', 'integer', (c) => c.notNull())
      .addUniqueConstraint('servicePrincipalOfTenant', ['tenantId', 'appId'])
      .execute();
    await db.schema
      .createTable('servicePrincipalName')
      .addColumn('tenantId', 'text', (c) => c.notNull())
      .addColumn('nameKey', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('servicePrincipalId', 'text', (c) => c.notNull().references('servicePrincipal.objectId').onDelete('cascade'))
      .addPrimaryKeyConstraint('servicePrincipalNameKey', ['tenantId', 'nameKey'])
      .execute();
    await db.schema
      .createTable('keyCredential')
      .addColumn('keyId', 'text', (c) => c.primaryKey())
      .addColumn('servicePrincipalId', 'text', (c) => c.notNull().references('servicePrincipal.objectId').onDelete('cascade'))
      .addColumn('value', 'text', (c) => c.notNull())
      .addColumn('x5t', 'text', (c) => c.notNull())
      .addColumn('x5tS256', 'text', (c) => c.notNull())
      .addColumn('startDate', 'integer', (c) => c.notNull())
      .addColumn('endDate', 'integer', (c) => c.notNull())
      .addUniqueConstraint('keyOfServicePrincipal', ['servicePrincipalId', 'x5t'])
      .execute();
    await db.schema
      .createTable('passwordCredential')
      .addColumn('keyId', 'text', (c) => c.primaryKey())
      .addColumn('servicePrincipalId', 'text', (c) => c.notNull().references('servicePrincipal.objectId').onDelete('cascade'))
      .addColumn('displayName', 'text', (c) => c.notNull())
      .addColumn('secretHash', 'text', (c) => c.notNull())
      .addColumn('startDate', 'integer', (c) => c.notNull())
      .addColumn('endDate', 'integer', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('signingKey')
      .addColumn('x5t', 'text', (c) => c.primaryKey())
      .addColumn('certificate', 'text', (c) => c.notNull())
      .addColumn('privateKey', 'text', (c) => c.notNull())
      .addColumn('createdAt', 'integer', (c) => c.notNull())
      .addColumn('activeFrom', 'integer', (c) => c.notNull())
      .addColumn('publishedUntil', 'integer', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('assertion')
      .addColumn('tokenId', 'text', (c) => c.primaryKey())
      .addColumn('expiresAt', 'integer', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('assertionEnd').on('assertion').column('expiresAt').execute();
    await db.schema
      .createTable('audit')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('at', 'integer', (c) => c.notNull())
      .addColumn('tenantId', 'text')
      .addColumn('actor', 'text', (c) => c.notNull())
      .addColumn('action', 'text', (c) => c.notNull())
      .addColumn('target', 'text', (c) => c.notNull())
      .addColumn('requestId', 'text')
      .addColumn('details', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('auditTime').on('audit').column('at').execute();
  },
  addSignIn,
  addGateway,
  addConsent,
  addDomainAuthentication,
  addDomainFederation,
  async (db) => {
    await db.schema.alterTable('user').addColumn('passwordChangedAt', 'integer').execute();
  },
  addDeletedUsers,
  addDirectorySynchronization,
];
