import { randomUUID } from 'node:crypto';
import type { Selectable, Transaction } from 'kysely';
import { isDuplicateKey } from '../../store/index.ts';
import { conflict, notFound } from './not-found.ts';
import type { StsContext } from './sts-context.ts';
import type { StsSchema } from './sts-schema.ts';
import type { NewStsServicePrincipal, StsServicePrincipal } from './sts-types.ts';

export type ServicePrincipalRow = Selectable<StsSchema['servicePrincipal']>;

export async function createServicePrincipal(context: StsContext, tenantId: string, principal: NewStsServicePrincipal): Promise<StsServicePrincipal> {
  const appId = principal.appId.toLowerCase();
  const row: ServicePrincipalRow = {
    objectId: randomUUID(),
    tenantId,
    appId,
    displayName: principal.displayName,
    enabled: Number(principal.enabled ?? true),
    trustedForDelegation: Number(principal.trustedForDelegation ?? true),
    createdAt: context.clock.now(),
    publicClient: Number(principal.publicClient ?? false),
    requiresMultiFactor: Number(principal.requiresMultiFactor ?? false),
    emitsGroups: Number(principal.emitsGroups ?? false),
    redirectUris: JSON.stringify(principal.redirectUris ?? []),
    consentedResources: JSON.stringify(principal.consentedResources ?? []),
    allowedNetworks: JSON.stringify(principal.allowedNetworks ?? []),
    appRoles: JSON.stringify(principal.appRoles ?? []),
  };
  try {
    await context.db.transaction().execute(async (tx) => {
      await tx.insertInto('servicePrincipal').values(row).execute();
      await setNames(tx, row, principal.servicePrincipalNames ?? []);
    });
  } catch (error) {
    if (isDuplicateKey(error)) throw conflict('service principal or service principal name', appId);
    throw error;
  }
  return getServicePrincipal(context, tenantId, appId);
}

/** The stored principal with this application id or object id. */
export async function findServicePrincipalRow({ db }: Pick<StsContext, 'db'>, tenantId: string, identity: string): Promise<ServicePrincipalRow | undefined> {
  const key = identity.toLowerCase();
  return db
    .selectFrom('servicePrincipal')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where((where) => where.or([where('appId', '=', key), where('objectId', '=', key)]))
    .executeTakeFirst();
}

/** @throws IdentityError `IDENTITY_STS_NOT_FOUND` */
export async function getServicePrincipalRow(context: Pick<StsContext, 'db'>, tenantId: string, identity: string): Promise<ServicePrincipalRow> {
  const row = await findServicePrincipalRow(context, tenantId, identity);
  if (row === undefined) throw notFound('service principal', identity);
  return row;
}

/** @throws IdentityError `IDENTITY_STS_NOT_FOUND` */
export async function getServicePrincipal(context: StsContext, tenantId: string, identity: string): Promise<StsServicePrincipal> {
  return complete(context, await getServicePrincipalRow(context, tenantId, identity));
}

export async function listServicePrincipals(context: StsContext, tenantId: string): Promise<StsServicePrincipal[]> {
  const rows = await context.db.selectFrom('servicePrincipal').selectAll().where('tenantId', '=', tenantId).orderBy('createdAt').orderBy('appId').execute();
  return Promise.all(rows.map((row) => complete(context, row)));
}

/** Names given replace the whole list, as `Set-MsolServicePrincipal -ServicePrincipalNames` does. */
export async function updateServicePrincipal(
  context: StsContext,
  tenantId: string,
  identity: string,
  changes: Partial<Omit<NewStsServicePrincipal, 'appId'>>,
): Promise<StsServicePrincipal> {
  const row = await getServicePrincipalRow(context, tenantId, identity);
  const { servicePrincipalNames, ...plain } = changes;
  const columns = Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, asColumn(value)]));
  try {
    await context.db.transaction().execute(async (tx) => {
      if (Object.keys(columns).length > 0) await tx.updateTable('servicePrincipal').set(columns).where('objectId', '=', row.objectId).execute();
      if (servicePrincipalNames !== undefined) await setNames(tx, row, servicePrincipalNames);
    });
  } catch (error) {
    if (isDuplicateKey(error)) throw conflict('service principal name', identity);
    throw error;
  }
  return getServicePrincipal(context, tenantId, row.objectId);
}

export async function removeServicePrincipal(context: StsContext, tenantId: string, identity: string): Promise<void> {
  const { objectId } = await getServicePrincipalRow(context, tenantId, identity);
  await context.db.deleteFrom('servicePrincipal').where('objectId', '=', objectId).execute();
}

async function setNames(tx: Transaction<StsSchema>, row: ServicePrincipalRow, names: readonly string[]): Promise<void> {
  await tx.deleteFrom('servicePrincipalName').where('servicePrincipalId', '=', row.objectId).execute();
  const byKey = new Map([row.appId, ...names].map((name) => [servicePrincipalNameKey(name), name]));
  for (const [nameKey, name] of byKey) {
    await tx.insertInto('servicePrincipalName').values({ tenantId: row.tenantId, nameKey, name, servicePrincipalId: row.objectId }).execute();
  }
}

/** Flags are stored as 0 or 1, lists as JSON. */
function asColumn(value: string | boolean | readonly string[]): string | number {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A stored list. */
export function readList(json: string): string[] {
  return JSON.parse(json) as string[];
}

/** Names are compared without regard to case and to a final slash. */
export function servicePrincipalNameKey(name: string): string {
  return name.toLowerCase().replace(/\/$/, '');
}

async function complete({ db }: StsContext, row: ServicePrincipalRow): Promise<StsServicePrincipal> {
  const of = row.objectId;
  const names = await db.selectFrom('servicePrincipalName').select('name').where('servicePrincipalId', '=', of).orderBy('nameKey').execute();
  const keys = await db.selectFrom('keyCredential').selectAll().where('servicePrincipalId', '=', of).orderBy('startDate').orderBy('keyId').execute();
  const secrets = await db.selectFrom('passwordCredential').selectAll().where('servicePrincipalId', '=', of).orderBy('startDate').orderBy('keyId').execute();
  return {
    objectId: row.objectId,
    tenantId: row.tenantId,
    appId: row.appId,
    displayName: row.displayName,
    enabled: row.enabled === 1,
    trustedForDelegation: row.trustedForDelegation === 1,
    publicClient: row.publicClient === 1,
    redirectUris: readList(row.redirectUris),
    consentedResources: readList(row.consentedResources),
    requiresMultiFactor: row.requiresMultiFactor === 1,
    allowedNetworks: readList(row.allowedNetworks),
    emitsGroups: row.emitsGroups === 1,
    appRoles: readList(row.appRoles),
    servicePrincipalNames: names.map(({ name }) => name),
    keyCredentials: keys.map(({ keyId, value, x5t, startDate, endDate }) => ({
      keyId,
      type: 'AsymmetricX509Cert',
      usage: 'Verify',
      value,
      thumbprint: Buffer.from(x5t, 'base64url').toString('hex').toUpperCase(),
      startDate,
      endDate,
    })),
    passwordCredentials: secrets.map(({ keyId, displayName, startDate, endDate }) => ({ keyId, displayName, startDate, endDate })),
  };
}
