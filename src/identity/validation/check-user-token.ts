import { textClaim } from '../tokens/decode-token.ts';
import type { Claims } from '../tokens/decode-token.ts';
import { checkUserAudience } from './check-audience.ts';
import type { RequestTarget } from './check-audience.ts';
import { checkLifetime } from './check-lifetime.ts';
import type { ValidationContext, VerifiedToken } from './create-token-validator.ts';
import { malformed, missingScope, unknownTenant } from './rejections.ts';
import type { CheckedToken, UserContext } from './trust-settings.ts';

/** The scope that lets a client act as the user in all of Exchange's protocols. */
const requiredScope = 'user_impersonation';

/** Checks a token that a person's client got for itself: the token of Hybrid Modern Authentication. */
export function checkUserToken(token: VerifiedToken, target: RequestTarget, context: ValidationContext): CheckedToken {
  const { claims } = token;
  const { server } = token.issuer;
  const tenantId = textClaim(claims, 'tid');
  const applicationId = textClaim(claims, 'appid');
  if (tenantId === undefined) throw malformed('tid');
  if (applicationId === undefined) throw malformed('appid');
  if (server.realm !== undefined && server.realm !== '' && server.realm !== tenantId) throw unknownTenant(tenantId);
  const expiresAt = checkLifetime(claims, context.now(), context.skewMs);
  checkUserAudience(claims['aud'], target);
  const scopes = (textClaim(claims, 'scp') ?? '').split(' ').filter((scope) => scope !== '');
  if (!scopes.includes(requiredScope)) throw missingScope(scopes.join(' '));
  return { profile: 'User', context: userContext(claims), scopes, roles: rolesOf(claims), applicationId, tenantId, authServer: server.name, expiresAt };
}

/** The roles that the person has in the application that the token is for; what is no list of texts is none. */
function rolesOf(claims: Claims): string[] {
  const roles = Object.hasOwn(claims, 'roles') ? claims['roles'] : undefined;
  return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
}

function userContext(claims: Claims): UserContext {
  const upn = textClaim(claims, 'upn');
  const smtp = textClaim(claims, 'smtp');
  const objectId = textClaim(claims, 'oid');
  const onPremisesSecurityIdentifier = textClaim(claims, 'onprem_sid');
  return {
    ...(upn === undefined ? {} : { upn }),
    ...(smtp === undefined ? {} : { smtp }),
    ...(objectId === undefined ? {} : { objectId }),
    ...(onPremisesSecurityIdentifier === undefined ? {} : { onPremisesSecurityIdentifier }),
  };
}
