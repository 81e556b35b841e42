import { writeAudit } from './audit.ts';
import { readList } from './service-principals.ts';
import type { ServicePrincipalRow } from './service-principals.ts';
import { consentMissing } from './sign-in-errors.ts';
import type { StsContext } from './sts-context.ts';
import type { StsConsent, StsTenant } from './sts-types.ts';
import type { UserRow } from './users.ts';

/** What somebody is asked to agree to: that an application uses a resource in their name. */
export interface ConsentQuestion {
  client: ServicePrincipalRow;
  /** The resource. */
  application: ServicePrincipalRow;
}

/** True when an administrator agreed for everybody, or the person did. An application needs no consent for itself. */
export async function hasConsent({ db }: Pick<StsContext, 'db'>, { client, application }: ConsentQuestion, userId: string): Promise<boolean> {
  const forEverybody = readList(client.consentedResources);
  if (client.objectId === application.objectId || forEverybody.includes('*') || forEverybody.includes(application.appId)) return true;
  const row = await db
    .selectFrom('userConsent')
    .select('grantedAt')
    .where('userId', '=', userId)
    .where('clientId', '=', client.appId)
    .where('resourceId', '=', application.appId)
    .executeTakeFirst();
  return row !== undefined;
}

/** @throws AadstsError 65001 */
export async function checkConsent(context: Pick<StsContext, 'db'>, question: ConsentQuestion, userId: string): Promise<void> {
  if (!(await hasConsent(context, question, userId))) throw consentMissing(question.client.appId, question.client.displayName);
}

/** Whether the person may agree at all: the tenant leaves it to people, or this one administers it. */
export function mayConsent(tenant: StsTenant, user: UserRow): boolean {
  return tenant.userConsentAllowed || user.administrator === 1;
}

/** Remembers that somebody agreed, for themselves or, an administrator, for everybody. The caller has checked `mayConsent`. */
export async function grantConsent(context: StsContext, question: ConsentQuestion, given: { user: UserRow; forEverybody: boolean; requestId: string }): Promise<void> {
  const { db, clock } = context;
  const { client, application } = question;
  const { user, requestId } = given;
  const forEverybody = given.forEverybody && user.administrator === 1;
  if (forEverybody) {
    await db.transaction().execute(async (tx) => {
      const row = await tx.selectFrom('servicePrincipal').select('consentedResources').where('objectId', '=', client.objectId).executeTakeFirstOrThrow();
      const consentedResources = JSON.stringify([...new Set([...readList(row.consentedResources), application.appId])]);
      await tx.updateTable('servicePrincipal').set({ consentedResources }).where('objectId', '=', client.objectId).execute();
    });
  } else {
    const values = { tenantId: user.tenantId, clientId: client.appId, resourceId: application.appId, userId: user.objectId, grantedAt: clock.now() };
    await db.insertInto('userConsent').values(values).onConflict((conflict) => conflict.doNothing()).execute();
  }
  const details = { client: client.appId, resource: application.appId, forEverybody };
  await writeAudit(db, { at: clock.now(), tenantId: user.tenantId, actor: 'client', action: 'consent.grant', target: user.userPrincipalName, requestId, details });
}

/** What a person agreed to, the newest first. */
export async function listConsents({ db }: Pick<StsContext, 'db'>, user: UserRow): Promise<StsConsent[]> {
  return db.selectFrom('userConsent').select(['userId', 'clientId', 'resourceId', 'grantedAt']).where('userId', '=', user.objectId).orderBy('grantedAt', 'desc').orderBy('clientId').execute();
}

/** What all people of a tenant agreed to by themselves, the newest first. */
export async function listTenantConsents({ db }: Pick<StsContext, 'db'>, tenantId: string): Promise<StsConsent[]> {
  return db.selectFrom('userConsent').select(['userId', 'clientId', 'resourceId', 'grantedAt']).where('tenantId', '=', tenantId).orderBy('grantedAt', 'desc').orderBy('clientId').orderBy('userId').execute();
}

/** Takes back what a person agreed to with an application, of one resource or of all. Refresh tokens of it answer AADSTS65001 from then on. */
export async function removeConsents({ db }: Pick<StsContext, 'db'>, user: UserRow, clientId: string, resourceId?: string): Promise<void> {
  const ofClient = db.deleteFrom('userConsent').where('userId', '=', user.objectId).where('clientId', '=', clientId.toLowerCase());
  await (resourceId === undefined ? ofClient : ofClient.where('resourceId', '=', resourceId.toLowerCase())).execute();
}
