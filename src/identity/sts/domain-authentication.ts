import type { Migration } from '../../store/index.ts';
import { IdentityError } from '../identity-error.ts';
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
  return rows.map(({ name, authentication, endpoint }) => (authentication === null || endpoint === null ? { name, authentication: 'Managed' } : { name, authentication, endpoint }));
}

/** How the domain of a user name signs in. */
export async function domainAuthenticationOf({ db }: Pick<StsContext, 'db'>, tenantId: string, userName: string): Promise<StsDomainAuthentication> {
  const name = domainOf(userName);
  const row = await db.selectFrom('domainAuthentication').select(['authentication', 'endpoint']).where('name', '=', name).where('tenantId', '=', tenantId).executeTakeFirst();
  return row ?? { authentication: 'Managed' };
}

/**
 * Changes how a domain signs in. What was known of its people's passwords is forgotten as soon as they are not ours to
 * know; back at `Managed`, everybody needs a new one.
 *
 * @throws IdentityError `IDENTITY_STS_NOT_FOUND`
 */
export async function setDomainAuthentication({ db }: Pick<StsContext, 'db'>, tenantId: string, domain: string, to: StsDomainAuthentication): Promise<StsDomain> {
  const name = domain.toLowerCase();
  await db.transaction().execute(async (tx) => {
    const known = await tx.selectFrom('domain').select('name').where('name', '=', name).where('tenantId', '=', tenantId).executeTakeFirst();
    if (known === undefined) throw notFound('domain', domain);
    await tx.deleteFrom('domainAuthentication').where('name', '=', name).execute();
    if (to.authentication === 'Managed') return;
    await tx.insertInto('domainAuthentication').values({ name, tenantId, ...to }).execute();
    await tx.updateTable('user').set({ passwordHash: null }).where('tenantId', '=', tenantId).where('userPrincipalNameKey', 'like', `%@${name}`).execute();
  });
  return { name, ...to };
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
