import type { Insertable, Kysely } from 'kysely';
import type { Migration } from '../../store/index.ts';
import { certificateBase64 } from '../certificates/read-certificate.ts';
import type { StsSchema } from './sts-schema.ts';
import type { StsDomainFederation } from './sts-types.ts';

/** The identity provider of each federated domain, and who is there at the moment. */
export interface DomainFederationSchema {
  domainFederation: {
    name: string;
    issuerUri: string;
    passiveSignInUri: string;
    signOutUri: string | null;
    /** base64 DER; empty where it was never given. */
    signingCertificate: string;
    nextSigningCertificate: string | null;
    preferredAuthenticationProtocol: 'wsFed' | 'saml';
    federatedIdpMfaBehavior: 'acceptIfMfaDoneByFederatedIdp' | 'rejectMfaByFederatedIdp';
  };
  pendingFederatedSignIn: {
    /** Of `wctx` or `RelayState`. */
    stateHash: string;
    browserHash: string;
    tenantId: string;
    domain: string;
    /** As `purposePath` writes it. */
    purpose: string;
    /** Of the SAML 2.0 request, which the answer must name. */
    requestId: string;
    /** The person must have proved themselves since; null where any sign-in there will do. */
    freshFrom: number | null;
    expiresAt: number;
    /** Of what the browser that brought the answer goes on with; null until then. */
    resumeHash: string | null;
    userId: string | null;
    methods: string | null;
  };
}

/** Columns that it adds to `pendingSignIn`. */
export interface PendingSignInColumns {
  /** How the first factor was shown: `pwd`, or `fed`. */
  methods: string;
}

export const addDomainFederation: Migration<StsSchema> = async (db) => {
  await db.schema
    .createTable('domainFederation')
    .addColumn('name', 'text', (c) => c.primaryKey().references('domainAuthentication.name').onDelete('cascade'))
    .addColumn('issuerUri', 'text', (c) => c.notNull())
    .addColumn('passiveSignInUri', 'text', (c) => c.notNull())
    .addColumn('signOutUri', 'text')
    .addColumn('signingCertificate', 'text', (c) => c.notNull())
    .addColumn('nextSigningCertificate', 'text')
    .addColumn('preferredAuthenticationProtocol', 'text', (c) => c.notNull())
    .addColumn('federatedIdpMfaBehavior', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('pendingFederatedSignIn')
    .addColumn('stateHash', 'text', (c) => c.primaryKey())
    .addColumn('browserHash', 'text', (c) => c.notNull())
    .addColumn('tenantId', 'text', (c) => c.notNull().references('tenant.id').onDelete('cascade'))
    .addColumn('domain', 'text', (c) => c.notNull())
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('requestId', 'text', (c) => c.notNull())
    .addColumn('freshFrom', 'integer')
    .addColumn('expiresAt', 'integer', (c) => c.notNull())
    .addColumn('resumeHash', 'text')
    .addColumn('userId', 'text', (c) => c.references('user.objectId').onDelete('cascade'))
    .addColumn('methods', 'text')
    .execute();
  await db.schema.createIndex('pendingFederatedSignInEnd').on('pendingFederatedSignIn').column('expiresAt').execute();
  await db.schema.createIndex('userOfImmutableId').on('user').columns(['tenantId', 'immutableId']).execute();
  await db.schema.alterTable('pendingSignIn').addColumn('methods', 'text', (c) => c.notNull().defaultTo('pwd')).execute();
  const former = await db.selectFrom('domainAuthentication').select(['name', 'endpoint']).where('authentication', '=', 'Federated').execute();
  for (const { name, endpoint } of former) await insertFederation(db, name, { issuerUri: '', passiveSignInUri: endpoint, signingCertificate: '' });
};

const columns = ['issuerUri', 'passiveSignInUri', 'signOutUri', 'signingCertificate', 'nextSigningCertificate', 'preferredAuthenticationProtocol', 'federatedIdpMfaBehavior'] as const;

export async function insertFederation(db: Kysely<StsSchema>, name: string, settings: StsDomainFederation): Promise<StsDomainFederation> {
  const row: Insertable<DomainFederationSchema['domainFederation']> = {
    name,
    issuerUri: settings.issuerUri,
    passiveSignInUri: settings.passiveSignInUri,
    signOutUri: settings.signOutUri ?? null,
    signingCertificate: settings.signingCertificate === '' ? '' : certificateBase64(settings.signingCertificate),
    nextSigningCertificate: settings.nextSigningCertificate == null ? null : certificateBase64(settings.nextSigningCertificate),
    preferredAuthenticationProtocol: settings.preferredAuthenticationProtocol ?? 'wsFed',
    federatedIdpMfaBehavior: settings.federatedIdpMfaBehavior ?? 'rejectMfaByFederatedIdp',
  };
  return db.insertInto('domainFederation').values(row).returning(columns).executeTakeFirstOrThrow();
}

export async function findFederation(db: Kysely<StsSchema>, name: string): Promise<StsDomainFederation | undefined> {
  return db.selectFrom('domainFederation').select(columns).where('name', '=', name).executeTakeFirst();
}
