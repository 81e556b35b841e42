import { randomUUID } from 'node:crypto';
import { checkConsent } from './consents.ts';
import { checkNetworks, checkSecondFactor, resolveAccess } from './access-policy.ts';
import { findDeviceCode, pollingSeconds } from './device-codes.ts';
import type { DeviceCodeRow } from './device-codes.ts';
import type { Grant } from './grant-token.ts';
import { userOfGrant } from './grant-user.ts';
import { identifyClient } from './identify-client.ts';
import { issueUserTokens } from './issue-user-tokens.ts';
import { createRefreshToken } from './refresh-tokens.ts';
import { storedAccess } from './requested-access.ts';
import { authorizationPending, codeForOtherTenant, codeRedeemed, deviceCodeExpired, deviceSignInDeclined, grantMalformed, pollingTooFast } from './sign-in-errors.ts';
import type { StsContext } from './sts-context.ts';
import { requiredParameter } from './token-request.ts';
import type { TokenRequest } from './token-request.ts';

/** Two polls may come this much closer than the interval says: networks bunch them. */
const pollingToleranceMs = 1000;

/** The device's half of the device flow (RFC 8628 §3.4): it asks until the person has decided. */
export const grantDeviceCode: Grant = async (service, tenant, request) => {
  const { context } = service;
  const endpoint = request.endpoint === 'v1' ? 'v1' : 'v2';
  const row = await findDeviceCode(context, deviceCodeOf(request));
  const identified = await identifyClient(service, tenant, request);
  if (row === undefined) throw grantMalformed('no such device code');
  if (row.tenantId !== null && row.tenantId !== tenant.id) throw codeForOtherTenant();
  await checkDecision(context, row, identified.client.appId);
  const user = await userOfGrant(context, tenant, { userId: row.userId ?? '', signedInAt: row.signedInAt, issuedAt: row.signedInAt });
  const access = storedAccess(row);
  const granted = await resolveAccess(context, tenant, identified.client, access);
  await checkConsent(context, { client: identified.client, application: granted.application }, user.objectId);
  checkNetworks(request.clientAddress, identified.client, granted.application, 'token');
  await checkSecondFactor(context, user.objectId, row.methods, identified.client, granted.application);
  const familyId = await redeem(context, row, { tenantId: tenant.id, clientId: identified.client.appId, userId: user.objectId });
  const refreshToken = access.scopes.includes('offline_access') ? await createRefreshToken(context, tenant, familyId, access) : undefined;
  return issueUserTokens(service, {
    ...identified,
    tenant,
    user,
    endpoint,
    access,
    granted,
    methods: row.methods,
    signedInAt: row.signedInAt,
    clientInfo: request.parameters.has('client_info'),
    ...(refreshToken === undefined ? {} : { refreshToken }),
  });
};

/**
 * The tenant of a device code that was asked for at `/common`: that of the person who decided about it. Before that
 * there is none, and the answer is that the decision is awaited.
 *
 * @throws AadstsError 70016 and the other answers of an undecided code
 */
export async function tenantOfDeviceCode(context: StsContext, request: TokenRequest): Promise<string | undefined> {
  const row = await findDeviceCode(context, deviceCodeOf(request));
  if (row?.tenantId === null) await checkDecision(context, row, requiredParameter(request, 'client_id'));
  return row?.tenantId ?? undefined;
}

/** `device_code` at version 2, `code` at version 1. @throws AadstsError 900144 */
function deviceCodeOf(request: TokenRequest): string {
  return request.endpoint === 'v1' && !request.parameters.has('device_code') ? requiredParameter(request, 'code') : requiredParameter(request, 'device_code');
}

/** @throws AadstsError 70000, 70019, 65004, 54005, 70016 */
async function checkDecision(context: StsContext, row: DeviceCodeRow, clientId: string): Promise<void> {
  const now = context.clock.now();
  if (row.clientId !== clientId.toLowerCase()) throw grantMalformed('the device code belongs to another client');
  if (row.state === 'redeemed') throw codeRedeemed();
  if (row.state === 'declined') throw deviceSignInDeclined();
  if (row.expiresAt <= now) throw deviceCodeExpired();
  if (row.state === 'approved') return;
  await context.db.updateTable('deviceCode').set({ polledAt: now }).where('codeHash', '=', row.codeHash).execute();
  throw Math.abs(now - row.polledAt) < pollingSeconds * 1000 - pollingToleranceMs ? pollingTooFast() : authorizationPending();
}

async function redeem({ db }: StsContext, row: DeviceCodeRow, owner: { tenantId: string; clientId: string; userId: string }): Promise<string> {
  const id = randomUUID();
  const won = await db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx.updateTable('deviceCode').set({ state: 'redeemed' }).where('codeHash', '=', row.codeHash).where('state', '=', 'approved').executeTakeFirst();
    if (numUpdatedRows > 0n) await tx.insertInto('refreshFamily').values({ id, ...owner, methods: row.methods, signedInAt: row.signedInAt, revokedAt: null }).execute();
    return numUpdatedRows > 0n;
  });
  if (!won) throw codeRedeemed();
  return id;
}
