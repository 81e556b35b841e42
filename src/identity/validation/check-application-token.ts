import { decodeToken, textClaim, yesClaim } from '../tokens/decode-token.ts';
import type { Claims, DecodedToken } from '../tokens/decode-token.ts';
import { checkServiceAudience } from './check-audience.ts';
import type { RequestTarget } from './check-audience.ts';
import { checkLifetime } from './check-lifetime.ts';
import type { ValidationContext } from './create-token-validator.ts';
import { actorMismatch, malformed, notTrustedForDelegation, partnerNotLinked, refusedAlgorithm, unknownIssuer, unknownPartner, unknownTenant } from './rejections.ts';
import type { CheckedToken, TrustedPartnerApplication, UserContext } from './trust-settings.ts';
import type { VerifiedToken } from './verified-tokens.ts';

/** An application by itself brings its actor token; on a user's behalf, an unsigned token around it. */
export type ApplicationTokenInput = { target: RequestTarget; context: ValidationContext } & ({ outer: DecodedToken } | { actor: VerifiedToken });

/**
 * Checks a server-to-server token ([MS-XOAUTH] §3.2.5.6).
 *
 * The outer token of an application on a user's behalf is unsigned by design: the protocol lets whoever holds an actor
 * token that is trusted for delegation name any user. So the outer token proves nothing; it only narrows what the
 * verified actor token already grants, and a changed user context inside it cannot be noticed. That is why the actor
 * must be a known partner application, for this very host, and why an actor token must be kept like a password.
 */
export function checkApplicationToken(input: ApplicationTokenInput): CheckedToken {
  const { target, context } = input;
  const actor = 'actor' in input ? input.actor : verifyActor(input.outer, context);
  const { server } = actor.issuer;
  const realm = server.realm ?? '';
  const expiresAt = checkLifetime(actor.claims, context.now(), context.skewMs);
  const applicationId = callerOf(actor.claims, realm);
  checkServiceAudience(actor.claims['aud'], { applicationId: context.applicationId, realm }, target);
  if ('actor' in input) {
    const partner = partnerOf(context.partnerApplications, applicationId, realm);
    return { profile: 'S2SAppOnly', applicationId, tenantId: realm, authServer: server.name, expiresAt, partnerApplication: partner.name };
  }
  if (!yesClaim(actor.claims, 'trustedfordelegation')) throw notTrustedForDelegation(applicationId);
  const outerEnds = checkOuter(input.outer, actor.claims, context);
  const partner = partnerOf(context.partnerApplications, applicationId, realm);
  return {
    profile: 'S2SAppActAs',
    context: userContext(input.outer.claims),
    applicationId,
    tenantId: realm,
    authServer: server.name,
    expiresAt: Math.min(expiresAt, outerEnds),
    partnerApplication: partner.name,
  };
}

function verifyActor(outer: DecodedToken, context: ValidationContext): VerifiedToken {
  if (outer.header['alg'] !== 'none' || outer.signatureBytes.length > 0) throw refusedAlgorithm(outer.header['alg']);
  if (Object.hasOwn(outer.header, 'crit')) throw malformed('crit');
  const text = textClaim(outer.claims, 'actortoken');
  const verified = text === undefined ? undefined : (context.recall(text) ?? verifyInner(text, context));
  if (verified === undefined) throw malformed('actortoken');
  // An actor token comes from an ACS server: a person's own token cannot be turned into one by wrapping it.
  if (verified.issuer.server.type !== 'MicrosoftACS') throw unknownIssuer(verified.claims['iss']);
  return verified;
}

function verifyInner(text: string, context: ValidationContext): VerifiedToken | undefined {
  const actor = decodeToken(text);
  return actor === undefined || Object.hasOwn(actor.claims, 'actortoken') ? undefined : context.verify(actor);
}

/** The application that holds the actor token: `nameid` is `{application id}@{realm}`, and of the issuer's own realm. */
function callerOf(claims: Claims, realm: string): string {
  const [, applicationId, callerRealm] = /^([^@]+)@([^@]+)$/.exec(textClaim(claims, 'nameid') ?? '') ?? [];
  if (applicationId === undefined || callerRealm === undefined) throw malformed('nameid');
  if (callerRealm !== realm) throw unknownTenant(callerRealm);
  return applicationId;
}

function checkOuter(outer: DecodedToken, actor: Claims, context: ValidationContext): number {
  if (outer.claims['iss'] !== actor['nameid']) throw actorMismatch('iss of the token is not nameid of the actor token');
  if (outer.claims['aud'] !== actor['aud']) throw actorMismatch('aud differs');
  return checkLifetime(outer.claims, context.now(), context.skewMs);
}

function partnerOf(partners: readonly TrustedPartnerApplication[], applicationId: string, realm: string): TrustedPartnerApplication {
  const named = partners.filter((partner) => partner.applicationIdentifier === applicationId && (partner.realm === undefined || partner.realm === '' || partner.realm === realm));
  const enabled = named.find((partner) => partner.enabled && partner.useAuthServer);
  if (enabled === undefined) throw unknownPartner(applicationId, { configured: named.length, enabled: false });
  if (enabled.linkedAccount === null || enabled.linkedAccount === '') throw partnerNotLinked(applicationId);
  return enabled;
}

/** [MS-XOAUTH] §4.3: `smtp`, `upn` and `sip` name the user. */
function userContext(claims: Claims): UserContext {
  const smtp = textClaim(claims, 'smtp');
  const upn = textClaim(claims, 'upn');
  const sip = textClaim(claims, 'sip');
  return { ...(smtp === undefined ? {} : { smtp }), ...(upn === undefined ? {} : { upn }), ...(sip === undefined ? {} : { sip }) };
}
