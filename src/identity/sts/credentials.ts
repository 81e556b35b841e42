import { randomUUID } from 'node:crypto';
import { isDuplicateKey } from '../../store/index.ts';
import { readCertificate } from '../certificates/read-certificate.ts';
import { conflict, notFound } from './not-found.ts';
import { createClientSecret, hashSecret } from './secret-hash.ts';
import { getServicePrincipal, getServicePrincipalRow } from './service-principals.ts';
import type { StsContext } from './sts-context.ts';
import type { NewStsKeyCredential, StsKeyCredential, StsPasswordCredential } from './sts-types.ts';

const yearMs = 365 * 86_400_000;

/**
 * Registers a certificate on a service principal.
 *
 * @throws IdentityError `IDENTITY_CERTIFICATE_UNREADABLE`, `IDENTITY_STS_CONFLICT` when it is registered already
 */
export async function addKeyCredential(context: StsContext, tenantId: string, principal: string, credential: NewStsKeyCredential): Promise<StsKeyCredential> {
  const { objectId } = await getServicePrincipalRow(context, tenantId, principal);
  const { der, x5t, x5tS256, thumbprint, notBefore, notAfter } = readCertificate(credential.value);
  const row = {
    keyId: randomUUID(),
    servicePrincipalId: objectId,
    value: der.toString('base64'),
    x5t,
    x5tS256,
    startDate: credential.startDate ?? notBefore,
    endDate: credential.endDate ?? notAfter,
  };
  try {
    await context.db.insertInto('keyCredential').values(row).execute();
  } catch (error) {
    if (isDuplicateKey(error)) throw conflict('key credential', thumbprint);
    throw error;
  }
  const { keyId, value, startDate, endDate } = row;
  return { keyId, type: 'AsymmetricX509Cert', usage: 'Verify', value, thumbprint, startDate, endDate };
}

/** Removes a certificate or a client secret from a service principal. */
export async function removeCredential(context: StsContext, tenantId: string, principal: string, keyId: string): Promise<void> {
  const { objectId } = await getServicePrincipalRow(context, tenantId, principal);
  for (const table of ['keyCredential', 'passwordCredential'] as const) {
    const { numDeletedRows } = await context.db.deleteFrom(table).where('servicePrincipalId', '=', objectId).where('keyId', '=', keyId).executeTakeFirst();
    if (numDeletedRows > 0n) return;
  }
  throw notFound('credential', keyId);
}

/** Makes a client secret; the answer is the only place where it can be read. */
export async function addPasswordCredential(
  context: StsContext,
  tenantId: string,
  principal: string,
  options: { displayName?: string; endDate?: number },
): Promise<StsPasswordCredential & { secretText: string }> {
  const { objectId } = await getServicePrincipal(context, tenantId, principal);
  const now = context.clock.now();
  const secretText = createClientSecret();
  const row = { keyId: randomUUID(), displayName: options.displayName ?? '', startDate: now, endDate: options.endDate ?? now + yearMs };
  await context.db.insertInto('passwordCredential').values({ ...row, servicePrincipalId: objectId, secretHash: await hashSecret(secretText, context.hashCost) }).execute();
  return { ...row, secretText };
}
