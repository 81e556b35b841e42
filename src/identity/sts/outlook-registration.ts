import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { outlookClientId } from '../well-known.ts';
import type { StsSchema } from './sts-schema.ts';

/**
 * Where Outlook has its answers sent: what its sign-in window watches for, and the address of the Windows token broker,
 * whose last part is the security identifier of the broker's package (*unverified*).
 */
const redirectUris = ['urn:ietf:wg:oauth:2.0:oob', `ms-appx-web://Microsoft.AAD.BrokerPlugin/${outlookClientId}`];

/**
 * Registers Outlook in a tenant, as every tenant of Azure AD has it: a public client that may use every resource for
 * people. Where it is registered already, only these settings are written.
 */
export async function registerOutlook(db: Kysely<StsSchema>, tenantId: string, now: number): Promise<void> {
  const settings = { publicClient: 1, redirectUris: JSON.stringify(redirectUris), consentedResources: '["*"]' };
  const known = await db.selectFrom('servicePrincipal').select('objectId').where('tenantId', '=', tenantId).where('appId', '=', outlookClientId).executeTakeFirst();
  if (known !== undefined) {
    await db.updateTable('servicePrincipal').set(settings).where('objectId', '=', known.objectId).execute();
    return;
  }
  const objectId = randomUUID();
  await db
    .insertInto('servicePrincipal')
    .values({
      objectId,
      tenantId,
      appId: outlookClientId,
      displayName: 'Microsoft Office',
      enabled: 1,
      trustedForDelegation: 0,
      createdAt: now,
      requiresMultiFactor: 0,
      allowedNetworks: '[]',
      emitsGroups: 0,
      appRoles: '[]',
      ...settings,
    })
    .execute();
  await db.insertInto('servicePrincipalName').values({ tenantId, nameKey: outlookClientId, name: outlookClientId, servicePrincipalId: objectId }).execute();
}
