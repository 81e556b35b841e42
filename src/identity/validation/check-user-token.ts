import { textOf } from '../tokens/decode-token.ts';
import type { Claims } from '../tokens/decode-token.ts';
import { checkUserAudience } from './check-audience.ts';
import type { RequestTarget } from './check-audience.ts';
import { checkLifetime } from './check-lifetime.ts';
import type { ValidationContext } from './create-token-validator.ts';
import { malformed, missingScope, unknownTenant } from './rejections.ts';
import type { CheckedToken, UserContext } from './trust-settings.ts';
import type { VerifiedToken } from './verified-tokens.ts';

/** The scope that lets a client act as the user in all of Exchange's protocols. */
const requiredScope = 'user_impersonation';

/** Checks a token that a person's client got for itself: the token of Hybrid Modern Authentication. */
export function checkUserToken(token: VerifiedToken, target: RequestTarget, context: ValidationContext): CheckedToken {
  const { claims } = token;
  const { server } = token.issuer;
  const tenantId = textOf(claims['tid']);
  const applicationId = textOf(claims['appid']);
  if (tenantId === undefined) throw malformed('tid');
  if (applicationId === undefined) throw malformed('appid');
  if (server.realm !== undefined && server.realm !== '' && server.realm !== tenantId) throw unknownTenant(tenantId);
  const expiresAt = checkLifetime(claims, context.now(), context.skewMs);
  checkUserAudience(claims['aud'], target);
  const scopes = scopesOf(claims);
  if (!scopes.includes(requiredScope)) throw missingScope(scopes.join(' '));
  return { profile: 'User', context: userContext(claims), scopes, roles: rolesOf(claims), applicationId, tenantId, authServer: server.name, expiresAt };
}

function scopesOf(claims: Claims): string[] {
  const scopes = textOf(claims['scp']) ?? '';
  // What nearly every token says, told without taking it apart.
  return scopes === requiredScope ? [requiredScope] : scopes.split(' ').filter((scope) => scope !== '');
}

/** The roles that the person has in the application that the token is for; what is no list of texts is none. */
function rolesOf(claims: Claims): string[] {
  const roles = claims['roles'];
  return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
}

function userContext(claims: Claims): UserContext {
  const context: UserContext = {};
  const upn = textOf(claims['upn']);
  const smtp = textOf(claims['smtp']);
  const objectId = textOf(claims['oid']);
  const onPremisesSecurityIdentifier = textOf(claims['onprem_sid']);
  if (upn !== undefined) context.upn = upn;
  if (smtp !== undefined) context.smtp = smtp;
  if (objectId !== undefined) context.objectId = objectId;
  if (onPremisesSecurityIdentifier !== undefined) context.onPremisesSecurityIdentifier = onPremisesSecurityIdentifier;
  return context;
}
