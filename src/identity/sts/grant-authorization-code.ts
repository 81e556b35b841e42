import type { Selectable } from 'kysely';
import { resolveAccess } from './access-policy.ts';
import { checkCodeVerifier } from './code-challenge.ts';
import { checkConsent } from './consents.ts';
import type { Grant } from './grant-token.ts';
import { userOfGrant } from './grant-user.ts';
import { identifyClient } from './identify-client.ts';
import { issueUserTokens } from './issue-user-tokens.ts';
import { hashOpaqueToken } from './opaque-token.ts';
import { createRefreshToken, revokeRefreshFamily } from './refresh-tokens.ts';
import { readRequestedAccess, storedAccess } from './requested-access.ts';
import { codeForOtherTenant, codeRedeemed, grantExpired, grantMalformed, replyAddressChanged } from './sign-in-errors.ts';
import type { SignInSchema } from './sign-in-schema.ts';
import type { StsContext } from './sts-context.ts';
import { requiredParameter } from './token-request.ts';

type CodeRow = Selectable<SignInSchema['authorizationCode']>;

/**
 * Exchanges an authorization code (RFC 6749 §4.1.3, RFC 7636 §4.5). The code belongs to a tenant, a client, an address
 * and a challenge, and works once: a second use also revokes what the first one got.
 */
export const grantAuthorizationCode: Grant = async (service, tenant, request) => {
  const { context } = service;
  const endpoint = request.endpoint === 'v1' ? 'v1' : 'v2';
  const identified = await identifyClient(service, tenant, request);
  const code = requiredParameter(request, 'code');
  const redirectUri = requiredParameter(request, 'redirect_uri');
  const row = await findAuthorizationCode(context, code);
  if (row === undefined) throw grantMalformed('no such code');
  if (row.clientId !== identified.client.appId) throw grantMalformed('the code belongs to another client');
  if (row.tenantId !== tenant.id) throw codeForOtherTenant();
  if (row.redeemedAt !== null) return refuseReplay(context, row);
  if (row.expiresAt <= context.clock.now()) throw grantExpired();
  if (row.redirectUri !== redirectUri) throw replyAddressChanged();
  checkCodeVerifier(row.codeChallenge, request.parameters.get('code_verifier'));
  const user = await userOfGrant(context, tenant, { userId: row.userId, signedInAt: row.signedInAt, issuedAt: row.signedInAt });
  const access = endpoint === 'v1' && row.resource === null ? readRequestedAccess('v1', request.parameters) : storedAccess(row);
  const granted = await resolveAccess(context, tenant, identified.client, access);
  await checkConsent(context, { client: identified.client, application: granted.application }, user.objectId);
  await redeem(context, row);
  const refreshToken = access.scopes.includes('offline_access') ? await createRefreshToken(context, tenant, row.familyId, access) : undefined;
  return issueUserTokens(service, {
    ...identified,
    tenant,
    user,
    endpoint,
    access,
    granted,
    methods: row.methods,
    signedInAt: row.signedInAt,
    nonce: row.nonce,
    clientInfo: request.parameters.has('client_info'),
    ...(refreshToken === undefined ? {} : { refreshToken }),
  });
};

export async function findAuthorizationCode({ db }: Pick<StsContext, 'db'>, code: string): Promise<CodeRow | undefined> {
  return db.selectFrom('authorizationCode').selectAll().where('codeHash', '=', hashOpaqueToken(code)).executeTakeFirst();
}

/** The sign-in's family of refresh tokens begins with the code's redemption, in one transaction: a replay always finds it. */
async function redeem(context: StsContext, row: CodeRow): Promise<void> {
  const { db, clock } = context;
  const won = await db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx.updateTable('authorizationCode').set({ redeemedAt: clock.now() }).where('codeHash', '=', row.codeHash).where('redeemedAt', 'is', null).executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    const { familyId: id, tenantId, clientId, userId, methods, signedInAt } = row;
    await tx.insertInto('refreshFamily').values({ id, tenantId, clientId, userId, methods, signedInAt, revokedAt: null }).execute();
    return true;
  });
  if (!won) await refuseReplay(context, row);
}

async function refuseReplay(context: StsContext, row: CodeRow): Promise<never> {
  await revokeRefreshFamily(context, row.familyId);
  throw codeRedeemed();
}
