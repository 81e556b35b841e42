import type { Migration } from '../../store/index.ts';
import { IdentityError } from '../identity-error.ts';
import { findFederation, insertFederation } from './domain-federation.ts';
import { notFound } from './not-found.ts';
import type { StsContext } from './sts-context.ts';
import type { StsSchema } from './sts-schema.ts';
import type { StsDomain, StsDomainAuthentication } from './sts-types.ts';

/** How the people of a domain prove themselves; a domain without a row is `Managed`. */
export interface DomainAuthenticationSchema {
  domainAuthentication: { name: string; tenantId: string; authentication: 'PassThrough' | 'Federated'; endpoint: string };
}

export const addDomainAuthentication: Migration<StsSchema> = async (db) => {
  await db.schema
    .createTable('domainAuthentication')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('tenantId', 'text', (c) => c.notNull().references('tenant.id').onDelete('cascade'))
    .addColumn('authentication', 'text', (c) => c.notNull())
    .addColumn('endpoint', 'text', (c) => c.notNull())
    .execute();
};

export async function listDomains({ db }: Pick<StsContext, 'db'>, tenantId: string): Promise<StsDomain[]> {
  const rows = await db
    .selectFrom('domain')
    .leftJoin('domainAuthentication', (join) => join.onRef('domainAuthentication.name', '=', 'domain.name').onRef('domainAuthentication.tenantId', '=', 'domain.tenantId'))
    .select(['domain.name', 'domainAuthentication.authentication', 'domainAuthentication.endpoint'])
    .where('domain.tenantId', '=', tenantId)
    .orderBy('domain.position')
    .execute();
  return Promise.all(rows.map(async ({ name, ...row }) => ({ name, ...(await describe(db, name, row)) })));
}

/** How the domain of a user name signs in. */
export async function domainAuthenticationOf({ db }: Pick<StsContext, 'db'>, tenantId: string, userName: string): Promise<StsDomainAuthentication> {
  const name = domainOf(userName);
  const row = await db.selectFrom('domainAuthentication').select(['authentication', 'endpoint']).where('name', '=', name).where('tenantId', '=', tenantId).executeTakeFirst();
  return describe(db, name, row ?? { authentication: null, endpoint: null });
}

async function describe(db: StsContext['db'], name: string, { authentication, endpoint }: { authentication: 'PassThrough' | 'Federated' | null; endpoint: string | null }): Promise<StsDomainAuthentication> {
  if (authentication === null || endpoint === null) return { authentication: 'Managed' };
  if (authentication === 'PassThrough') return { authentication, endpoint };
  const federation = await findFederation(db, name);
  if (federation === undefined) throw notFound('federation of the domain', name);
  return { authentication, ...federation };
}

/** Whether a tenant, or where none is named yet any, has people who sign in elsewhere. */
export async function hasFederatedDomain({ db }: Pick<StsContext, 'db'>, tenantId: string | undefined): Promise<boolean> {
  const query = db.selectFrom('domainAuthentication').select('name').where('authentication', '=', 'Federated').limit(1);
  return (await (tenantId === undefined ? query : query.where('tenantId', '=', tenantId)).executeTakeFirst()) !== undefined;
}

/**
 * Changes how a domain signs in. What was known of its people's passwords is forgotten as soon as they are not ours to
 * know; back at `Managed`, everybody needs a new one.
 *
 * @throws IdentityError `IDENTITY_STS_NOT_FOUND`, `IDENTITY_CERTIFICATE_UNREADABLE`
 */
export async function setDomainAuthentication({ db }: Pick<StsContext, 'db'>, tenantId: string, domain: string, to: StsDomainAuthentication): Promise<StsDomain> {
  const name = domain.toLowerCase();
  return db.transaction().execute(async (tx) => {
    const known = await tx.selectFrom('domain').select('name').where('name', '=', name).where('tenantId', '=', tenantId).executeTakeFirst();
    if (known === undefined) throw notFound('domain', domain);
    await tx.deleteFrom('domainFederation').where('name', '=', name).execute();
    await tx.deleteFrom('domainAuthentication').where('name', '=', name).execute();
    if (to.authentication === 'Managed') return { name, ...to };
    const { authentication } = to;
    const endpoint = authentication === 'PassThrough' ? to.endpoint : to.passiveSignInUri;
    await tx.insertInto('domainAuthentication').values({ name, tenantId, authentication, endpoint }).execute();
    await tx.updateTable('user').set({ passwordHash: null }).where('tenantId', '=', tenantId).where('userPrincipalNameKey', 'like', `%@${name}`).execute();
    return authentication === 'PassThrough' ? { name, authentication, endpoint } : { name, authentication, ...(await insertFederation(tx, name, to)) };
  });
}

/** @throws IdentityError `IDENTITY_STS_INPUT` where the passwords of a user's domain are kept elsewhere */
export async function checkPasswordIsOurs(context: Pick<StsContext, 'db'>, tenantId: string, userPrincipalName: string): Promise<void> {
  const { authentication } = await domainAuthenticationOf(context, tenantId, userPrincipalName);
  if (authentication === 'Managed') return;
  throw new IdentityError('IDENTITY_STS_INPUT', `Passwords of ${domainOf(userPrincipalName)} are not kept here: the domain's authentication is ${authentication}.`, {
    facts: { status: 400 },
    remedy: 'Change the password on premises, or make the domain Managed first.',
  });
}

export function domainOf(userName: string): string {
  return userName.slice(userName.lastIndexOf('@') + 1).toLowerCase();
}
