import type { Selectable } from 'kysely';
import { writeAudit } from './audit.ts';
import { createOpaqueToken, hashOpaqueToken } from './opaque-token.ts';
import { accessColumns } from './requested-access.ts';
import type { RequestedAccess } from './requested-access.ts';
import { codeForOtherTenant, grantExpired, grantMalformed, grantRevoked } from './sign-in-errors.ts';
import type { StsContext } from './sts-context.ts';
import type { SignInSchema } from './sign-in-schema.ts';
import type { StsTenant } from './sts-types.ts';

export type RefreshFamily = Selectable<SignInSchema['refreshFamily']>;

export interface FoundRefreshToken {
  token: Selectable<SignInSchema['refreshToken']>;
  family: RefreshFamily;
}

/** Makes the next refresh token of a sign-in. */
export async function createRefreshToken({ db, clock }: StsContext, tenant: StsTenant, familyId: string, access: RequestedAccess): Promise<string> {
  const token = createOpaqueToken();
  const now = clock.now();
  await db
    .insertInto('refreshToken')
    .values({ tokenHash: hashOpaqueToken(token), familyId, ...accessColumns(access), issuedAt: now, expiresAt: now + tenant.refreshTokenSeconds * 1000, usedAt: null })
    .execute();
  return token;
}

/** The stored token and its sign-in. */
export async function findRefreshToken({ db }: Pick<StsContext, 'db'>, text: string): Promise<FoundRefreshToken | undefined> {
  const token = await db.selectFrom('refreshToken').selectAll().where('tokenHash', '=', hashOpaqueToken(text)).executeTakeFirst();
  const family = token === undefined ? undefined : await db.selectFrom('refreshFamily').selectAll().where('id', '=', token.familyId).executeTakeFirst();
  return token === undefined || family === undefined ? undefined : { token, family };
}

/**
 * Checks a refresh token without spending it. One that was used before revokes the whole sign-in: it was stolen from the
 * one or the other (RFC 9700 §4.14.2).
 *
 * @throws AadstsError 70000, 700005, 70008
 */
export async function checkRefreshToken(context: StsContext, found: FoundRefreshToken | undefined, expected: { tenant: StsTenant; clientId: string; requestId: string }): Promise<FoundRefreshToken> {
  const { tenant, clientId } = expected;
  if (found === undefined) throw grantMalformed('no such refresh token');
  if (found.family.clientId !== clientId) throw grantMalformed('the refresh token belongs to another client');
  if (found.family.tenantId !== tenant.id) throw codeForOtherTenant();
  if (found.family.revokedAt !== null) throw grantRevoked('revoked');
  if (found.token.usedAt !== null && !mayUseAgain(context, tenant, found.token.usedAt)) return revokeForReuse(context, found, expected.requestId);
  if (found.token.expiresAt <= context.clock.now()) throw grantExpired();
  return found;
}

/** Spends a checked token. Of two requests with one token, the second is its reuse. @throws AadstsError 70008 */
export async function spendRefreshToken(context: StsContext, found: FoundRefreshToken, tenant: StsTenant, requestId: string): Promise<void> {
  const { db, clock } = context;
  const { tokenHash } = found.token;
  const { numUpdatedRows } = await db.updateTable('refreshToken').set({ usedAt: clock.now() }).where('tokenHash', '=', tokenHash).where('usedAt', 'is', null).executeTakeFirst();
  if (numUpdatedRows > 0n) return;
  const row = await db.selectFrom('refreshToken').select('usedAt').where('tokenHash', '=', tokenHash).executeTakeFirst();
  if (row?.usedAt == null || !mayUseAgain(context, tenant, row.usedAt)) await revokeForReuse(context, found, requestId);
}

function mayUseAgain({ clock }: StsContext, tenant: StsTenant, usedAt: number): boolean {
  return clock.now() < usedAt + tenant.refreshTokenReuseSeconds * 1000;
}

async function revokeForReuse(context: StsContext, { family }: FoundRefreshToken, requestId: string): Promise<never> {
  await revokeRefreshFamily(context, family.id);
  await writeAudit(context.db, {
    at: context.clock.now(),
    tenantId: family.tenantId,
    actor: 'client',
    action: 'refreshToken.reuse',
    target: family.userId,
    requestId,
    details: { clientId: family.clientId, signedInAt: new Date(family.signedInAt).toISOString() },
  });
  throw grantRevoked('a refresh token was used twice');
}

/** Voids every refresh token that came of a sign-in. */
export async function revokeRefreshFamily({ db, clock }: StsContext, familyId: string): Promise<void> {
  await db.updateTable('refreshFamily').set({ revokedAt: clock.now() }).where('id', '=', familyId).where('revokedAt', 'is', null).execute();
}
