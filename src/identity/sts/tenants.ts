import { randomUUID } from 'node:crypto';
import type { Selectable, Transaction } from 'kysely';
import { isDuplicateKey } from '../../store/index.ts';
import { conflict, notFound } from './not-found.ts';
import { registerOutlook } from './outlook-registration.ts';
import type { StsContext } from './sts-context.ts';
import type { StsSchema } from './sts-schema.ts';
import type { NewStsTenant, StsTenant } from './sts-types.ts';

export async function createTenant({ db, clock }: StsContext, tenant: NewStsTenant): Promise<StsTenant> {
  const id = (tenant.id ?? randomUUID()).toLowerCase();
  try {
    await db.transaction().execute(async (tx) => {
      await tx
        .insertInto('tenant')
        .values({
          id,
          displayName: tenant.displayName,
          passwordGrantEnabled: Number(tenant.passwordGrantEnabled ?? false),
          accessTokenSeconds: tenant.accessTokenSeconds ?? 3600,
          actorTokenSeconds: tenant.actorTokenSeconds ?? 86_400,
          refreshTokenSeconds: tenant.refreshTokenSeconds ?? 7_776_000,
          refreshTokenReuseSeconds: tenant.refreshTokenReuseSeconds ?? 0,
          sessionSeconds: tenant.sessionSeconds ?? 86_400,
          userConsentAllowed: Number(tenant.userConsentAllowed ?? true),
          onPremisesSyncEnabled: tenant.onPremisesSyncEnabled === undefined ? null : Number(tenant.onPremisesSyncEnabled),
          onPremisesLastSync: tenant.onPremisesLastSync ?? null,
          createdAt: clock.now(),
        })
        .execute();
      await registerOutlook(tx, id, clock.now());
      await insertDomains(tx, id, tenant.domains);
    });
  } catch (error) {
    if (isDuplicateKey(error)) throw conflict('tenant or domain', id);
    throw error;
  }
  return getTenant({ db }, id);
}

/** A tenant by id or by any of its domains. */
export async function findTenant({ db }: Pick<StsContext, 'db'>, idOrDomain: string): Promise<StsTenant | undefined> {
  const key = idOrDomain.toLowerCase();
  const row = await db
    .selectFrom('tenant')
    .selectAll('tenant')
    .where((where) => where.or([where('tenant.id', '=', key), where('tenant.id', 'in', where.selectFrom('domain').select('tenantId').where('name', '=', key))]))
    .executeTakeFirst();
  return row === undefined ? undefined : withDomains(db, row);
}

/** @throws IdentityError `IDENTITY_STS_NOT_FOUND` */
export async function getTenant(context: Pick<StsContext, 'db'>, idOrDomain: string): Promise<StsTenant> {
  const tenant = await findTenant(context, idOrDomain);
  if (tenant === undefined) throw notFound('tenant', idOrDomain);
  return tenant;
}

export async function listTenants({ db }: Pick<StsContext, 'db'>): Promise<StsTenant[]> {
  const rows = await db.selectFrom('tenant').selectAll().orderBy('createdAt').orderBy('id').execute();
  return Promise.all(rows.map((row) => withDomains(db, row)));
}

export async function updateTenant({ db }: Pick<StsContext, 'db'>, idOrDomain: string, changes: Partial<Omit<NewStsTenant, 'id'>>): Promise<StsTenant> {
  const { id } = await getTenant({ db }, idOrDomain);
  const { domains, passwordGrantEnabled, userConsentAllowed, onPremisesSyncEnabled, ...plain } = changes;
  const columns = {
    ...plain,
    ...(passwordGrantEnabled === undefined ? {} : { passwordGrantEnabled: Number(passwordGrantEnabled) }),
    ...(userConsentAllowed === undefined ? {} : { userConsentAllowed: Number(userConsentAllowed) }),
    ...(onPremisesSyncEnabled === undefined ? {} : { onPremisesSyncEnabled: Number(onPremisesSyncEnabled) }),
  };
  try {
    await db.transaction().execute(async (tx) => {
      if (Object.keys(columns).length > 0) await tx.updateTable('tenant').set(columns).where('id', '=', id).execute();
      if (domains === undefined) return;
      await tx.deleteFrom('domain').where('tenantId', '=', id).execute();
      await insertDomains(tx, id, domains);
      await tx.deleteFrom('domainAuthentication').where('tenantId', '=', id).where('name', 'not in', domains.map((name) => name.toLowerCase())).execute();
    });
  } catch (error) {
    if (isDuplicateKey(error)) throw conflict('domain', id);
    throw error;
  }
  return getTenant({ db }, id);
}

/** Removes a tenant with everything in it. */
export async function removeTenant({ db }: Pick<StsContext, 'db'>, idOrDomain: string): Promise<void> {
  const { id } = await getTenant({ db }, idOrDomain);
  await db.deleteFrom('tenant').where('id', '=', id).execute();
}

async function insertDomains(tx: Transaction<StsSchema>, tenantId: string, domains: readonly string[]): Promise<void> {
  const names = new Set(domains.map((name) => name.toLowerCase()));
  for (const [position, name] of [...names].entries()) await tx.insertInto('domain').values({ name, tenantId, position }).execute();
}

async function withDomains(db: StsContext['db'], row: Selectable<StsSchema['tenant']>): Promise<StsTenant> {
  const domains = await db.selectFrom('domain').select('name').where('tenantId', '=', row.id).orderBy('position').execute();
  return {
    id: row.id,
    displayName: row.displayName,
    domains: domains.map(({ name }) => name),
    passwordGrantEnabled: row.passwordGrantEnabled === 1,
    accessTokenSeconds: row.accessTokenSeconds,
    actorTokenSeconds: row.actorTokenSeconds,
    refreshTokenSeconds: row.refreshTokenSeconds,
    refreshTokenReuseSeconds: row.refreshTokenReuseSeconds,
    sessionSeconds: row.sessionSeconds,
    userConsentAllowed: row.userConsentAllowed === 1,
    onPremisesSyncEnabled: row.onPremisesSyncEnabled === null ? null : row.onPremisesSyncEnabled === 1,
    onPremisesLastSync: row.onPremisesLastSync,
  };
}
